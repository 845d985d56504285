using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Server.Cli.Report;

/// <summary>A line as shown: <c>Marks</c> (blanks, then carets) stand exactly under what they mean; empty where there is nothing to mark.</summary>
internal readonly record struct SnippetLine(string Number, string Text, string Marks);

/// <summary>
/// The lines of a finding. Tabs become blanks up to the next stop, signs that steer a terminal become visible ones, wide
/// characters count two columns; of a long line only the part around the finding is shown.
/// </summary>
internal sealed class Snippet
{
    private const int TabSize = 4;

    /// <summary>Columns shown of a line.</summary>
    private const int MaxWidth = 140;

    /// <summary>Marked lines shown of a finding that spans more.</summary>
    private const int MaxLines = 4;

    private Snippet(List<SnippetLine> lines, int numberWidth)
    {
        Lines = lines;
        NumberWidth = numberWidth;
    }

    public IReadOnlyList<SnippetLine> Lines { get; }

    public int NumberWidth { get; }

    /// <param name="lines">Lines of the document.</param>
    /// <param name="startLine">The document's first line in its file; only the numbers shown depend on it.</param>
    /// <param name="range">In positions of the document.</param>
    public static Snippet Of(LineIndex lines, int startLine, LineRange range)
    {
        int first = Math.Min(range.Start.Line, lines.LineCount - 1);
        int last = LastMarked(range, first, lines);
        int shownLast = last - first >= MaxLines ? first + MaxLines - 2 : last;
        var shown = new List<SnippetLine>();
        int above = first - 1;
        if (above >= 0 && IsContext(lines.Line(above)))
        {
            shown.Add(Line(lines, above, startLine, 0, 0, MaxWidth));
        }
        for (int line = first; line <= shownLast; line++)
        {
            Add(line);
        }
        if (shownLast < last)
        {
            shown.Add(new SnippetLine("...", "", ""));
            Add(last);
        }
        return new Snippet(shown, shown.Max(l => l.Number.Length));

        void Add(int line)
        {
            ReadOnlySpan<char> text = lines.Line(line);
            int from = line == range.Start.Line ? range.Start.Character : text.Length - text.TrimStart().Length;
            int to = line == range.End.Line ? range.End.Character : text.TrimEnd().Length;
            shown.Add(Line(lines, line, startLine, Math.Min(from, text.Length), Math.Max(from + 1, to), MaxWidth));
        }
    }

    /// <summary>A range that ends at a line's start does not mean that line.</summary>
    private static int LastMarked(LineRange range, int first, LineIndex lines) =>
        Math.Clamp(range.End.Character == 0 ? range.End.Line - 1 : range.End.Line, first, lines.LineCount - 1);

    /// <summary>The line above helps to find the place, unless it says nothing.</summary>
    private static bool IsContext(ReadOnlySpan<char> line) => !line.IsWhiteSpace() && !line.StartsWith("---");

    private static SnippetLine Line(LineIndex lines, int line, int startLine, int from, int to, int maxWidth)
    {
        string number = (line + startLine + 1).ToString(CultureInfo.InvariantCulture);
        (string text, int[] columns) = Expand(lines.Line(line), Math.Max(0, from - maxWidth), to + maxWidth);
        int skipped = Math.Max(0, from - maxWidth);
        int markFrom = columns[Math.Min(from - skipped, columns.Length - 1)];
        int markTo = to - skipped < columns.Length ? columns[to - skipped] : columns[^1];
        bool marked = to > 0;
        markTo = Math.Max(markFrom + 1, markTo);
        return Crop(number, text, marked ? markFrom : 0, marked ? markTo : 0, maxWidth, skipped > 0, lines.Line(line).Length > to + maxWidth);
    }

    /// <summary>The line as shown, and for each of its UTF-16 offsets the column where it stands.</summary>
    private static (string Text, int[] Columns) Expand(ReadOnlySpan<char> line, int from, int to)
    {
        line = line[Math.Min(from, line.Length)..Math.Min(to, line.Length)];
        var text = new StringBuilder(line.Length);
        int[] columns = new int[line.Length + 1];
        int column = 0;
        int at = 0;
        while (at < line.Length)
        {
            Rune.DecodeFromUtf16(line[at..], out Rune rune, out int length);
            columns.AsSpan(at, length).Fill(column);
            if (line[at] == '\t')
            {
                int width = TabSize - (column % TabSize);
                text.Append(' ', width);
                column += width;
            }
            else if (Printable.IsHarmful(line[at]))
            {
                text.Append(Printable.Visible(line[at]));
                column++;
            }
            else
            {
                text.Append(rune.ToString());
                column += Printable.Width(rune);
            }
            at += length;
        }
        columns[^1] = column;
        return (text.ToString().TrimEnd(), columns);
    }

    private static SnippetLine Crop(string number, string text, int from, int to, int maxWidth, bool cutBefore, bool cutBehind)
    {
        int start = to <= maxWidth && !cutBefore ? 0 : Math.Max(0, from - (maxWidth / 4));
        (int begin, int startColumn) = OffsetAt(text, start);
        (int end, _) = OffsetAt(text, startColumn + maxWidth);
        bool before = cutBefore || begin > 0;
        bool behind = cutBehind || end < text.Length;
        string shown = (before ? "…" : "") + text[begin..end] + (behind ? "…" : "");
        int shift = startColumn - (before ? 1 : 0);
        int marksEnd = Math.Min(to, startColumn + maxWidth);
        return new SnippetLine(number, shown, to == 0 ? "" : new string(' ', from - shift) + new string('^', Math.Max(1, marksEnd - from)));
    }

    /// <summary>The offset whose character is the first at or behind a column, and that character's column.</summary>
    private static (int Offset, int Column) OffsetAt(string text, int column)
    {
        int at = 0;
        int reached = 0;
        while (at < text.Length && reached < column)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length);
            reached += Printable.Width(rune);
            at += length;
        }
        return (at, reached);
    }
}
