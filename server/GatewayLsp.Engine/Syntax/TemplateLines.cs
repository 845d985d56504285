using System.Text.RegularExpressions;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// What the lines of a template leave for YAML: a line of expressions alone is blank, unless it is the text of a block
/// scalar; an expression behind <c>key:</c> that only steers the lines below it is no value and is blank as well.
/// </summary>
internal sealed partial class TemplateLines
{
    private readonly string _text;
    private readonly char[] _masked;
    private readonly List<TextSpan> _regions;
    private readonly List<Line> _lines = [];

    public TemplateLines(string text, char[] masked, List<TextSpan> regions)
    {
        _text = text;
        _masked = masked;
        _regions = regions;
        int region = 0;
        for (int start = 0; start <= text.Length;)
        {
            int next = text.AsSpan(start).IndexOfAny('\n', '\r');
            int end = next < 0 ? text.Length : start + next;
            while (region < regions.Count && regions[region].End <= start)
            {
                region++;
            }
            _lines.Add(Read(start, end, region));
            start = end + 1;
        }
    }

    private enum Content : byte { Blank, Expressions, Text }

    [GeneratedRegex(@"(?:^|:|-)\s+[|>](?<mark>[-+]?(?<depth>[1-9])?[-+]?)\s*(?:#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BlockHeader { get; }

    [GeneratedRegex(@"^\{\{-?\s*(?:(?:if|range|with|end|else|define|block)\b|/\*|\$\w+\s*:?=|[^{]*\bnindent\b)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex GoControl { get; }

    public void Cover()
    {
        var below = new int[_lines.Count];
        int text = -1;
        for (int i = _lines.Count - 1; i >= 0; i--)
        {
            below[i] = text;
            text = _lines[i].Content == Content.Text ? i : text;
        }
        for (int i = 0; i < _lines.Count; i++)
        {
            Line line = _lines[i];
            if (line.Content == Content.Expressions)
            {
                Fill(line.Start, line.End, ' ');
            }
            else if (line.Content == Content.Text)
            {
                BlankSteering(line, below[i]);
                i = CoverBlockScalar(i);
            }
        }
    }

    /// <summary>A line and its first region; whether text of the user's is on it besides expressions and a comment behind them.</summary>
    private Line Read(int start, int end, int region)
    {
        int indent = start;
        while (indent < end && _text[indent] == ' ')
        {
            indent++;
        }
        int at = start;
        int i = region;
        for (; i < _regions.Count && _regions[i].Start < end; i++)
        {
            if (_regions[i].Start > at && !_text.AsSpan(at, _regions[i].Start - at).IsWhiteSpace())
            {
                return new Line(start, end, indent - start, Content.Text, region);
            }
            at = Math.Min(end, Math.Max(at, _regions[i].End));
        }
        ReadOnlySpan<char> tail = _text.AsSpan(at, end - at).Trim();
        Content content = !tail.IsEmpty && tail[0] != '#' ? Content.Text : i > region ? Content.Expressions : Content.Blank;
        return new Line(start, end, indent - start, content, region);
    }

    private void BlankSteering(Line line, int below)
    {
        int first = line.Region;
        if (below < 0 || first >= _regions.Count || _regions[first].Start >= line.End || _regions[first].Start < line.Start)
        {
            return;
        }
        // Only the expressions at the end of the line can steer what is below: go back from the end while they touch.
        int last = first;
        while (last + 1 < _regions.Count && _regions[last + 1].Start < line.End)
        {
            last++;
        }
        ReadOnlySpan<char> tail = _text.AsSpan(_regions[last].End, Math.Max(0, line.End - _regions[last].End)).Trim();
        if (!tail.IsEmpty && tail[0] != '#')
        {
            return;
        }
        first = last;
        while (first > line.Region && _text.AsSpan(_regions[first - 1].End, _regions[first].Start - _regions[first - 1].End).IsWhiteSpace())
        {
            first--;
        }
        ReadOnlySpan<char> head = _text.AsSpan(line.Start, _regions[first].Start - line.Start).TrimEnd();
        if (head.IsEmpty || !Steers(first, last))
        {
            return;
        }
        bool isItem = head[^1] == '-' && head.TrimStart(" -").IsEmpty;
        int column = isItem ? head.Length - 1 : KeyColumn(line);
        Line next = _lines[below];
        bool isListBelow = !isItem && next.Indent == column && _text[next.Start + next.Indent] == '-';
        if ((isItem || head[^1] == ':') && (next.Indent > column || isListBelow))
        {
            Fill(_regions[first].Start, _regions[last].End, ' ');
        }
    }

    private bool Steers(int first, int last)
    {
        for (int i = first; i <= last; i++)
        {
            string expression = _text.Substring(_regions[i].Start, _regions[i].Length);
            bool steers = expression[0] == '#' || expression.StartsWith("{%", StringComparison.Ordinal) || expression.StartsWith("{#", StringComparison.Ordinal)
                || (expression.StartsWith("<%", StringComparison.Ordinal) && !expression.StartsWith("<%=", StringComparison.Ordinal))
                || GoControl.IsMatch(expression);
            if (!steers)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Covers the body below a block scalar's header by words at the depth of its text; gives the last line of the body.</summary>
    private int CoverBlockScalar(int header)
    {
        Line line = _lines[header];
        if (_text.AsSpan(line.Start, line.End - line.Start).IndexOfAny('|', '>') < 0)
        {
            return header;
        }
        Match match = BlockHeader.Match(new string(_masked, line.Start, line.End - line.Start));
        if (!match.Success)
        {
            return header;
        }
        int parent = new string(_masked, line.Start, match.Index + 1).TrimStart(' ', '-').Length == 0 ? match.Index : KeyColumn(line);
        int last = header;
        int lastText = header;
        int indent = int.MaxValue;
        for (int i = header + 1; i < _lines.Count && (_lines[i].Content != Content.Text || _lines[i].Indent > parent); i++)
        {
            last = i;
            if (_lines[i].Content == Content.Text || (_lines[i].Content == Content.Expressions && _lines[i].Indent > parent))
            {
                lastText = i;
            }
            indent = _lines[i].Content == Content.Text ? Math.Min(indent, _lines[i].Indent) : indent;
        }
        // Without any text, an expression that writes text is the body wherever it stands.
        lastText = lastText == header && last > header && !Steers(last) ? last : lastText;
        for (int i = header + 1; i <= lastText && indent == int.MaxValue; i++)
        {
            indent = _lines[i].Content == Content.Expressions ? Math.Max(parent + 1, _lines[i].Indent) : indent;
        }
        indent = match.Groups["depth"] is { Success: true } depth ? parent + (depth.ValueSpan[0] - '0') : indent;
        for (int i = header + 1; i <= lastText; i++)
        {
            CoverBodyLine(_lines[i], indent);
        }
        return lastText;
    }

    private void CoverBodyLine(Line line, int indent)
    {
        if (line.Content == Content.Expressions)
        {
            Fill(line.Start, Math.Min(line.End, line.Start + indent), ' ');
            Fill(Math.Min(line.End, line.Start + indent), line.End, 'x');
        }
    }

    private bool Steers(int line) =>
        _lines[line].Content == Content.Expressions && Steers(_lines[line].Region, _lines[line].Region);

    private int KeyColumn(Line line)
    {
        int at = line.Start + line.Indent;
        while (at + 1 < line.End && _text[at] == '-' && _text[at + 1] == ' ')
        {
            at += 2;
            while (at < line.End && _text[at] == ' ')
            {
                at++;
            }
        }
        return at - line.Start;
    }

    private void Fill(int start, int end, char cover)
    {
        for (int i = start; i < end; i++)
        {
            if (_masked[i] is not ('\n' or '\r'))
            {
                _masked[i] = cover;
            }
        }
    }

    private readonly record struct Line(int Start, int End, int Indent, Content Content, int Region);
}
