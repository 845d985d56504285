using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Covers template expressions so that the rest of the file is YAML: an expression inside a line becomes a word of
/// the same length, a line of nothing but expressions becomes blank (<see cref="TemplateLines"/>). Offsets stay as they are.
/// </summary>
internal sealed class TemplateMask
{
    private const int MaxRegions = 20_000;

    private TemplateMask(string masked, List<TextSpan> regions)
    {
        Masked = masked;
        Regions = regions;
    }

    public string Masked { get; }

    public List<TextSpan> Regions { get; }

    public static bool MayApply(string text) =>
        text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) || text.Contains("{#", StringComparison.Ordinal)
        || text.Contains("<%", StringComparison.Ordinal) || text.Contains("#@", StringComparison.Ordinal);

    public static TemplateMask Of(string text)
    {
        List<TextSpan> regions = Find(text);
        if (regions.Count == 0)
        {
            return new TemplateMask(text, regions);
        }
        char[] masked = text.ToCharArray();
        foreach (TextSpan region in regions)
        {
            char cover = 'x';
            for (int i = region.Start; i < region.End; i++)
            {
                if (masked[i] is '\n' or '\r')
                {
                    // One word is enough; words on the lines below would look like keys without a colon.
                    cover = ' ';
                }
                else
                {
                    masked[i] = cover;
                }
            }
        }
        new TemplateLines(text, masked, regions).Cover();
        return new TemplateMask(new string(masked), regions);
    }

    /// <summary>True when every expression stands inside a quoted or block scalar or a comment of the tree read without the mask.</summary>
    public bool LiesInScalars(YamlNode? root, string text)
    {
        if (root is null)
        {
            return Regions.TrueForAll(r => InComment(text, r.Start));
        }
        List<TextSpan> holders = [];
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is YamlScalar { IsQuoted: true })
            {
                holders.Add(node.Span);
            }
        }
        int at = 0;
        foreach (TextSpan region in Regions)
        {
            while (at < holders.Count && holders[at].End < region.End)
            {
                at++;
            }
            if (!(at < holders.Count && holders[at].Contains(region)) && !InComment(text, region.Start))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>
    /// True when an error may come from the cover and not from what the user wrote: an expression stands on its own lines, or the
    /// line next to it is nothing but expressions, which may bring in or leave out what is missing; or it is indented below
    /// a line that ends in an expression, which may be the key that it belongs to. The parser may also have been stopped further down
    /// by a line whose beginning is an expression: then nobody knows whether the line above is to blame.
    /// </summary>
    public bool Touches(SyntaxError error, string text)
    {
        int start = LineStart(text, error.Span.Start);
        int end = LineEnd(text, error.Span.End);
        if (HasRegion(start, end))
        {
            return true;
        }
        if (error.Code is "unclosed-quote" or "invalid-escape" or "reserved-character" or "tab-indentation" or "control-character")
        {
            return false;
        }
        (int aboveStart, int aboveEnd) = Neighbour(text, start, -1);
        (int belowStart, int belowEnd) = Neighbour(text, end, 1);
        return (error.FailedAt is { } failed && IsUnreadable(text, failed)) || IsExpressions(text, aboveStart, aboveEnd) || IsExpressions(text, belowStart, belowEnd)
            || (HasRegion(aboveStart, aboveEnd) && Indent(text, start) > Indent(text, aboveStart));
    }

    /// <summary>True for a line that holds an expression elsewhere than in the value of a key or in an item of a list.</summary>
    private bool IsUnreadable(string text, int at)
    {
        int start = LineStart(text, at);
        int end = LineEnd(text, at);
        int first = Regions.FindIndex(r => r.Start < end && r.End > start);
        if (first < 0)
        {
            return false;
        }
        ReadOnlySpan<char> before = text.AsSpan(start, Math.Max(0, Regions[first].Start - start)).TrimStart();
        return !before.StartsWith("- ") && !before.Contains(": ", StringComparison.Ordinal);
    }

    private bool HasRegion(int start, int end) => Regions.Exists(r => r.Start <= end && r.End >= start && start < end);

    /// <summary>The nearest line above (-1) or below (1) that is not blank; empty at the text's ends.</summary>
    private static (int Start, int End) Neighbour(string text, int edge, int direction)
    {
        while (direction < 0 ? edge > 0 : edge < text.Length)
        {
            int at = edge + direction;
            int start = LineStart(text, direction < 0 ? at : Math.Min(at, text.Length));
            int end = LineEnd(text, start);
            if (!text.AsSpan(start, end - start).IsWhiteSpace())
            {
                return (start, end);
            }
            edge = direction < 0 ? start : Math.Max(end, at);
        }
        return (0, 0);
    }

    /// <summary>True for a line that holds an expression and, beside expressions, neither key nor value.</summary>
    private bool IsExpressions(string text, int start, int end)
    {
        int at = start;
        bool any = false;
        foreach (TextSpan region in Regions)
        {
            if (region.End <= start || region.Start >= end)
            {
                continue;
            }
            if (region.Start > at && !text.AsSpan(at, region.Start - at).IsWhiteSpace())
            {
                return false;
            }
            at = Math.Min(end, Math.Max(at, region.End));
            any = true;
        }
        ReadOnlySpan<char> rest = text.AsSpan(at, end - at).Trim();
        return any && (rest.IsEmpty || rest[0] == '#');
    }

    private static int Indent(string text, int line)
    {
        int at = line;
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }
        return at - line;
    }

    private static int LineStart(string text, int at)
    {
        at = Math.Clamp(at, 0, text.Length);
        while (at > 0 && text[at - 1] is not ('\n' or '\r'))
        {
            at--;
        }
        return at;
    }

    private static int LineEnd(string text, int at)
    {
        int next = text.AsSpan(at).IndexOfAny('\n', '\r');
        return next < 0 ? text.Length : at + next;
    }

    private static List<TextSpan> Find(string text)
    {
        var regions = new List<TextSpan>();
        int at = 0;
        while (regions.Count < MaxRegions)
        {
            int open = text.AsSpan(at).IndexOfAny('{', '<', '#');
            open = open < 0 ? open : at + open;
            if (open < 0 || open + 1 >= text.Length)
            {
                break;
            }
            if (IsYtt(text, open))
            {
                at = text.AsSpan(open).IndexOfAny('\n', '\r') is >= 0 and int rest ? open + rest : text.Length;
                regions.Add(TextSpan.FromBounds(open, open + text.AsSpan(open, at - open).TrimEnd().Length));
                continue;
            }
            string? close = (text[open], text[open + 1]) switch { ('{', '{') => "}}", ('{', '%') => "%}", ('{', '#') => "#}", ('<', '%') => "%>", _ => null };
            if (close is null)
            {
                at = open + 1;
                continue;
            }
            // While an expression is being typed its end is missing: then it reaches to the end of the line.
            bool comment = text.AsSpan(open).StartsWith("{{/*") || text.AsSpan(open).StartsWith("{{- /*") || close == "#}";
            // A comment may hold expressions that somebody switched off.
            int inside = comment && close == "}}" && text.IndexOf("*/", open + 2, StringComparison.Ordinal) is >= 0 and int stop ? stop : open + 2;
            int end = text.IndexOf(close, inside, StringComparison.Ordinal);
            int lineEnd = text.AsSpan(open).IndexOfAny('\n', '\r');
            lineEnd = lineEnd < 0 ? text.Length : open + lineEnd;
            lineEnd = open + text.AsSpan(open, lineEnd - open).TrimEnd().Length;
            end = end < 0 || (!comment && end > lineEnd && text.IndexOf("{{", open + 2, end - open - 2, StringComparison.Ordinal) >= 0) ? lineEnd : end + 2;
            regions.Add(TextSpan.FromBounds(open, end));
            at = end;
        }
        return regions;
    }

    /// <summary>A comment that the tool ytt reads as code: <c>#@ expression</c> or one of its annotations.</summary>
    private static bool IsYtt(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        return rest.StartsWith("#@") && (at == 0 || YamlCharacters.IsBlankOrBreak(text[at - 1]))
            && (rest.StartsWith("#@ ") || rest.StartsWith("#@overlay/") || rest.StartsWith("#@data/") || rest.StartsWith("#@schema/") || rest.StartsWith("#@yaml/"));
    }

    private static bool InComment(string text, int offset)
    {
        for (int i = offset - 1; i >= 0 && text[i] is not ('\n' or '\r'); i--)
        {
            if (text[i] == '#' && (i == 0 || YamlCharacters.IsBlankOrBreak(text[i - 1])))
            {
                return true;
            }
        }
        return false;
    }
}
