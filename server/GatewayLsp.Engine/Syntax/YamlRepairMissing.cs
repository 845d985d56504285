using System.Globalization;
using System.Text.RegularExpressions;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Repairs of a forgotten sign: the space behind a dash, the colon between a key and its value.</summary>
internal sealed partial class YamlRepair
{
    [GeneratedRegex(@"^ *(?:- +)?(?<key>[A-Za-z_][\w.\-/]*) +(?<value>[^\s#:].*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyAndValue { get; }

    /// <summary>An item without a space behind its dash, on a line that the parser may have taken for more of another text.</summary>
    private bool GluedDash(YamlFailure failure, int line, int above) =>
        failure.OpenFlows.Length == 0 && !failure.Says("quoted")
        && (GluedDash(line) || GluedDash(above) || GluedDash(text.LineStart(failure.LastScalar.Start)) || GluedDash(ItemAbove(line)));

    private bool GluedDash(int line)
    {
        if (line < 0 || !IsGlued(line) || !IsInList(line) || !Once(line, nameof(GluedDash)))
        {
            return false;
        }
        int dash = line + Indent(line);
        Note("missing-space", dash, FirstWordEnd(dash, TrimmedEnd(dash)), "A space is missing after the `-`; without it this is no item of a list.",
            new SyntaxFix("Add a space", Span(dash + 1, dash + 1), " "));
        text.Insert(dash + 1, " ");
        return true;
    }

    /// <summary>True for <c>-text</c>, unless it is a number.</summary>
    private bool IsGlued(int line)
    {
        int dash = line + Indent(line);
        int end = TrimmedEnd(dash);
        return dash + 1 < end && text.Text[dash] == '-' && text.Text[dash + 1] is not ('-' or ' ' or '\t')
            && !double.TryParse(text.Text.AsSpan(dash, end - dash), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }

    /// <summary>True where an item is expected: under a key that has no value, or beside other items.</summary>
    private bool IsInList(int line)
    {
        int column = Indent(line);
        int above = PreviousContent(line);
        if (above >= 0 && ContentColumn(above) <= column && text.Text[TrimmedEnd(above + ContentColumn(above)) - 1] == ':')
        {
            return true;
        }
        int beside = ItemAbove(line);
        if (beside >= 0 && (IsItem(beside) || IsGlued(beside)))
        {
            return true;
        }
        int next = LineBelow(line);
        for (int seen = 0; next < text.Text.Length && seen < MaxItemLines && (IsBlankLine(next) || Indent(next) > column); seen++)
        {
            next = LineBelow(next);
        }
        return next < text.Text.Length && Indent(next) == column && IsItem(next);
    }

    /// <summary>The nearest line above at the same column, deeper ones passed over; -1 when there is none.</summary>
    private int ItemAbove(int line)
    {
        if (line < 0)
        {
            return -1;
        }
        int column = Indent(line);
        int above = PreviousContent(line);
        for (int seen = 0; above >= 0 && Indent(above) > column && seen < MaxItemLines; seen++)
        {
            above = PreviousContent(above);
        }
        return above >= 0 && Indent(above) == column ? above : -1;
    }

    /// <summary><c>kind HTTPRoute</c>: two words, the first of which is a key of the object that the line stands in.</summary>
    private bool MissingColon(int line, bool isSure)
    {
        if (line < 0)
        {
            return false;
        }
        int end = TrimmedEnd(line);
        string content = text.Text[line..end];
        if (content.Length > 400 || content.Contains(": ", StringComparison.Ordinal) || content.EndsWith(':'))
        {
            return false;
        }
        Match match = KeyAndValue.Match(content);
        if (!match.Success)
        {
            return false;
        }
        string key = match.Groups["key"].Value;
        bool? has = Indent(line) == 0 && key is "apiVersion" or "kind" ? true : ObjectAt(line) is { } path ? Has(path, key) : null;
        // Where nothing is known of the kind, words of a longer text are not taken for a key.
        bool isKey = has ?? (!isSure && !match.Groups["value"].Value.Contains(' ') && ItemAbove(line) is >= 0 and int beside && KeyStart.IsMatch(text.Text[(beside + ContentColumn(beside))..text.LineEnd(beside)]));
        if (!isKey || !Once(line, nameof(MissingColon)))
        {
            return false;
        }
        int start = line + match.Groups["key"].Index;
        int colon = start + key.Length;
        Note("unfinished-key", start, colon, $"`{key}` has no `:` behind it.", new SyntaxFix("Add `:`", Span(colon, colon), ":", IsCertain: has == true));
        text.Insert(colon, ":");
        return true;
    }

    /// <summary>Keys from the root to the object that a line's key stands in; null where that can't be told.</summary>
    private List<string?>? ObjectAt(int line)
    {
        List<Level> levels = LevelsAbove(line);
        int column = Indent(line);
        bool hasDash = ContentColumn(line) > column;
        List<string?>? path = null;
        int at = levels.FindIndex(level => level.Column == column && level.IsList == hasDash);
        if (at >= 0)
        {
            path = PathTo(levels, at);
        }
        else if (levels.Count > 0 && !levels[0].IsList && (levels[0].Column < column || (hasDash && levels[0].Column == column)))
        {
            path = PathTo(levels, 0);
            path.Add(levels[0].Key);
        }
        if (hasDash)
        {
            path?.Add(null);
        }
        return path;
    }
}
