using GatewayLsp.Engine.Text;

namespace GatewayLsp.Server.Protocol;

/// <summary>Positions, ranges and edits, both ways. Both sides count UTF-16 code units, so nothing is computed.</summary>
internal static class Convert
{
    public static LinePosition ToEngine(Position position) => new(position.Line, position.Character);

    public static LineRange ToEngine(LspRange range) => new(ToEngine(range.Start), ToEngine(range.End));

    public static Position ToLsp(LinePosition position) => new(position.Line, position.Character);

    public static LspRange ToLsp(LineRange range) => new(ToLsp(range.Start), ToLsp(range.End));

    public static LspTextEdit ToLsp(TextEdit edit) => new(ToLsp(edit.Range), edit.NewText);

    public static IReadOnlyList<LspTextEdit> ToLsp(IReadOnlyList<TextEdit> edits)
    {
        var converted = new LspTextEdit[edits.Count];
        for (var i = 0; i < converted.Length; i++)
        {
            converted[i] = ToLsp(edits[i]);
        }

        return converted;
    }
}
