using System.Text;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// The part of a very large document that a place depends on, as a small document: the lines around it, the lines that
/// lead to it from the top, and what stands beside those. Other items of the lists on the way, which make documents large,
/// are left out. Parsing it costs the same however large the document is.
/// </summary>
internal static class DocumentWindow
{
    /// <summary>Documents up to this many characters are read whole: that takes a few milliseconds.</summary>
    public const int MaxWhole = 128 * 1024;

    private const int NearLines = 200;
    private const int MaxNearLines = 2000;
    private const int MaxNearLength = 128 * 1024;

    /// <summary>
    /// A place for the small document in the file such that positions around the cursor are the same in both; null where
    /// the document is not large, or can't be cut (braces over many lines, lines without end).
    /// </summary>
    /// <param name="offset">The cursor, in the large document.</param>
    public static DocumentSlot? Around(DocumentSlot slot, int offset)
    {
        ManifestDocument document = slot.Document;
        if (document.Text.Length <= MaxWhole)
        {
            return null;
        }
        LineIndex lines = document.Lines;
        int line = lines.LineOf(offset);
        (int first, int last) = Near(lines, line);
        if (lines.LineEnd(last) - lines.LineStart(first) > MaxNearLength || PathLines.Of(lines, first, last) is not { } path)
        {
            return null;
        }
        var text = new StringBuilder();
        foreach (int above in path.Above)
        {
            Append(text, document, above, above + 1);
        }
        int shift = lines.LineStart(first) - text.Length;
        int shiftLines = first - path.Above.Count;
        Append(text, document, first, last + 1);
        foreach (int below in path.Below)
        {
            Append(text, document, below, below + 1);
        }
        string cut = text.ToString();
        return LosesAnchor(cut, document.Text) ? null : new DocumentSlot(new ManifestDocument(cut), slot.Start + shift, slot.StartLine + shiftLines);
    }

    /// <summary>A few hundred lines around one, from one that is as little indented as any of them to one before such a line.</summary>
    private static (int First, int Last) Near(LineIndex lines, int line)
    {
        int least = int.MaxValue;
        int first = line;
        for (; first > 0 && line - first < MaxNearLines; first--)
        {
            BlockLine here = BlockLine.Read(lines.Line(first));
            least = here.IsBlank ? least : Math.Min(least, here.Indent);
            if (line - first >= NearLines && !here.IsBlank && here.Indent == least)
            {
                break;
            }
        }
        int last = line;
        for (; last + 1 < lines.LineCount && last - line < MaxNearLines; last++)
        {
            BlockLine next = BlockLine.Read(lines.Line(last + 1));
            if (last - line >= NearLines && !next.IsBlank && next.Indent <= least)
            {
                break;
            }
            least = next.IsBlank ? least : Math.Min(least, next.Indent);
        }
        return (first, last);
    }

    private static void Append(StringBuilder text, ManifestDocument document, int first, int end) =>
        text.Append(document.Text.AsSpan(document.Lines.LineStart(first)..(end >= document.Lines.LineCount ? document.Text.Length : document.Lines.LineStart(end))));

    /// <summary>True when the small text uses an anchor that only the large one defines.</summary>
    private static bool LosesAnchor(string cut, string whole)
    {
        for (int at = cut.IndexOf('*', StringComparison.Ordinal); at >= 0; at = cut.IndexOf('*', at + 1))
        {
            int end = at + 1;
            while (end < cut.Length && (char.IsAsciiLetterOrDigit(cut[end]) || cut[end] is '_' or '-'))
            {
                end++;
            }
            if (end == at + 1 || (at > 0 && cut[at - 1] is not (' ' or '[' or '{' or ',')))
            {
                continue;
            }
            string anchor = string.Concat("&", cut.AsSpan((at + 1)..end));
            if (!cut.Contains(anchor, StringComparison.Ordinal) && whole.Contains(anchor, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }
}
