using GatewayLsp.Engine.Text;

namespace GatewayLsp.Fuzz.Inputs;

/// <summary>Edits as an editor sends them, and what they do to a text: written apart from the engine, so that each checks the other.</summary>
internal static class Edits
{
    private static readonly string[] Typed =
    [
        "a", "n", ":", " ", "-", "\n", "\n  ", "  ", "\"", "---\n", "\n---\n", "--", "-\n", "...\n", "\r\n", "\r", "#", "x: 1\n", "- y\n", "", "", "{", "]", "\U0001F600", "\n\n",
    ];

    public static TextChange Next(string text, Random random)
    {
        if (random.Next(60) == 0)
        {
            return new TextChange(null, text.Length > 0 ? text[..random.Next(text.Length)] : "x: 1\n");
        }
        int from = random.Next(text.Length + 1);
        int length = random.Next(3) switch { 0 => 0, 1 => random.Next(4), _ => random.Next(80) };
        int to = Math.Min(text.Length, from + length);
        string typed = Typed[random.Next(Typed.Length)];
        return new TextChange(new LineRange(PositionOf(text, from), PositionOf(text, to)), typed);
    }

    public static string Apply(string text, TextChange change)
    {
        if (change.Range is not { } range)
        {
            return change.NewText;
        }
        int from = OffsetOf(text, range.Start);
        int to = Math.Max(from, OffsetOf(text, range.End));
        return string.Concat(text.AsSpan(0, from), change.NewText, text.AsSpan(to));
    }

    /// <summary>The text after edits that all refer to the text before them; null when two overlap.</summary>
    public static string? ApplyAll(string text, IEnumerable<TextEdit> edits)
    {
        (int From, int To, string New)[] sorted =
            [.. edits.Select(e => (OffsetOf(text, e.Range.Start), OffsetOf(text, e.Range.End), e.NewText)).OrderBy(e => e.Item1).ThenBy(e => e.Item2)];
        int end = 0;
        foreach ((int from, int to, _) in sorted)
        {
            if (from < end || to < from)
            {
                return null;
            }
            end = to;
        }
        for (int i = sorted.Length - 1; i >= 0; i--)
        {
            text = string.Concat(text.AsSpan(0, sorted[i].From), sorted[i].New, text.AsSpan(sorted[i].To));
        }
        return text;
    }

    /// <summary>Line breaks are LF, CRLF and CR; an offset between CR and LF counts as the end of the line.</summary>
    public static LinePosition PositionOf(string text, int offset)
    {
        if (offset > 0 && offset < text.Length && text[offset - 1] == '\r' && text[offset] == '\n')
        {
            offset--;
        }
        int line = 0;
        int start = 0;
        for (int i = 0; i < offset; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && !(i + 1 < text.Length && text[i + 1] == '\n')))
            {
                line++;
                start = i + 1;
            }
        }
        return new LinePosition(line, offset - start);
    }

    public static int OffsetOf(string text, LinePosition position)
    {
        int line = 0;
        int at = 0;
        while (line < position.Line && at < text.Length)
        {
            if (text[at] == '\n' || (text[at] == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n')))
            {
                line++;
            }
            at++;
        }
        int character = 0;
        while (at < text.Length && character < position.Character && text[at] is not ('\n' or '\r'))
        {
            at++;
            character++;
        }
        return at;
    }
}
