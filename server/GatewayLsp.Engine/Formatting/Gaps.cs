namespace GatewayLsp.Engine.Formatting;

/// <summary>How many blanks stand between two tokens of a line.</summary>
internal static class Gaps
{
    /// <param name="now">Blanks between them at present.</param>
    /// <param name="padding">Blanks inside the brackets of the innermost flow collection.</param>
    public static int Between(TokenKind left, TokenKind right, int now, int padding)
    {
        // What may be aligned stays aligned; where a missing blank might join two tokens, nothing is taken out.
        if (right == TokenKind.Comment)
        {
            return Math.Max(1, now);
        }
        if (left is TokenKind.Alias or TokenKind.Property && right is TokenKind.Colon or TokenKind.Comma or TokenKind.Close)
        {
            return Math.Min(1, now);
        }
        return (left, right) switch
        {
            (TokenKind.Open, TokenKind.Close) => 0,
            (TokenKind.Colon, TokenKind.Close) => Math.Max(padding, Math.Min(1, now)),
            (TokenKind.Open, _) or (_, TokenKind.Close) => padding,
            (TokenKind.Colon, TokenKind.Comma) => Math.Min(1, now),
            (_, TokenKind.Comma) => 0,
            (TokenKind.Comma, TokenKind.Colon) => now,
            (_, TokenKind.Colon) => 0,
            (TokenKind.Marker or TokenKind.Dash or TokenKind.Property or TokenKind.Colon or TokenKind.Comma, _) => 1,
            _ => now,
        };
    }
}
