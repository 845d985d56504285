using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

/// <summary>The way from a document's lines to their new form: one small edit a changed line.</summary>
internal static class LineEdits
{
    /// <summary>Edits of the lines <c>from</c> to <c>to</c>, both included, in the document's positions.</summary>
    public static List<TextEdit> Between(ManifestDocument document, string?[] result, int from, int to, bool addsBreak)
    {
        var edits = new List<TextEdit>();
        for (int line = from; line <= to; line++)
        {
            if (result[line] is not { } now)
            {
                edits.Add(new TextEdit(new LineRange(new LinePosition(line, 0), new LinePosition(line + 1, 0)), ""));
                continue;
            }
            ReadOnlySpan<char> before = document.Lines.Line(line);
            if (before.SequenceEqual(now))
            {
                continue;
            }
            int head = before.CommonPrefixLength(now);
            int tail = 0;
            while (tail < Math.Min(before.Length, now.Length) - head && before[^(tail + 1)] == now[^(tail + 1)])
            {
                tail++;
            }
            edits.Add(new TextEdit(new LineRange(new LinePosition(line, head), new LinePosition(line, before.Length - tail)), now[head..(now.Length - tail)]));
        }
        if (addsBreak)
        {
            int end = document.Lines.LineCount - 1;
            var at = new LinePosition(end, document.Lines.Line(end).Length);
            edits.Add(new TextEdit(LineRange.At(at), BreakOf(document)));
        }
        return edits;
    }

    /// <summary>The text that comes out of the same edits.</summary>
    public static string Apply(ManifestDocument document, string?[] result, int from, int to, bool addsBreak)
    {
        LineIndex lines = document.Lines;
        var text = new StringBuilder(document.Text.Length + 64);
        for (int line = 0; line < lines.LineCount; line++)
        {
            bool inside = line >= from && line <= to;
            if (inside && result[line] is null)
            {
                continue;
            }
            text.Append(inside ? result[line] : lines.Line(line));
            int end = lines.LineEnd(line);
            text.Append(document.Text, end, lines.LineStart(line + 1) - end);
        }
        return addsBreak ? text.Append(BreakOf(document)).ToString() : text.ToString();
    }

    /// <summary>The document's own line break: its first.</summary>
    private static string BreakOf(ManifestDocument document)
    {
        LineIndex lines = document.Lines;
        return lines.LineCount == 1 ? "\n" : document.Text[lines.LineEnd(0)..lines.LineStart(1)];
    }
}
