using System.Text;
using System.Text.RegularExpressions;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Repairs of keys and indentation.</summary>
internal sealed partial class YamlRepair
{
    /// <summary>Up to so many lines each tab becomes two blanks, one edit a line; beyond, in our copy, each becomes one, all at once.</summary>
    private const int MaxTabLines = 200;

    private readonly HashSet<int> _untabbed = [];

    [GeneratedRegex(@"^\s*(?:- +)*(?<word>[A-Za-z_$~][\w.\-/$]*)\s*(?:#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BareWord { get; }

    [GeneratedRegex(@"^\s*(?:- +)*(?<key>[A-Za-z_][\w.\-/]*):(?<value>[^\s:/][^:]*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex GluedColon { get; }

    [GeneratedRegex(@"^(?<head>\s*(?:- +)*(?:""[^""]*""|'[^']*'|[^\s:#'""\[{&*][^:#]*):\s+)(?<value>[^\s'""|>\[{&*!].*:(?:\s.*|))$", RegexOptions.CultureInvariant)]
    private static partial Regex SecondColon { get; }

    private bool Tabs(YamlFailure failure, int line, int above)
    {
        if (!text.Text.Contains('\t') || !(failure.Says("tab") || failure.Says("cannot start any token") || StandsBehindTab(failure, line)))
        {
            return false;
        }
        for (int next = PreviousContent(above); IsTabbed(above) && IsTabbed(next); next = PreviousContent(above))
        {
            above = next;
        }
        bool isBulk = text.TabbedLines() > MaxTabLines;
        int first = -1;
        int last = -1;
        var widths = new List<(int Line, int Indent, int Width)>();
        for (line = text.LineStart(Math.Max(0, above)); line < text.Text.Length; line = NextLine(line))
        {
            int indent = line;
            while (indent < text.Text.Length && text.Text[indent] is ' ' or '\t')
            {
                indent++;
            }
            int tabs = text.Text.AsSpan(line, indent - line).Count('\t');
            bool isEmpty = indent >= text.Text.Length || text.Text[indent] is '\n' or '\r';
            if (tabs > 0)
            {
                first = first < 0 ? line : first;
                last = isEmpty && last >= 0 ? last : indent;
                widths.Add((line, indent - line, indent - line + tabs));
            }
            else if (first >= 0 && !isEmpty)
            {
                break;
            }
        }
        if (first < 0)
        {
            return false;
        }
        int lines = widths.Count(w => w.Line < last);
        Note("tab-indentation", first, first + widths[0].Indent, "Tabs can't indent YAML; use spaces.",
            new SyntaxFix(lines == 1 ? "Indent with spaces" : $"Indent {lines} lines with spaces", Span(first, last), Spaced(first, last, widths)));
        if (isBulk)
        {
            text.BlankTabs(first);
        }
        for (int i = widths.Count - 1; i >= 0 && !isBulk; i--)
        {
            (int tabbed, int indent, int width) = widths[i];
            text.Remove(tabbed, indent);
            text.Insert(tabbed, new string(' ', width));
            _untabbed.Add(text.ToOriginal(tabbed));
        }
        return _tried.Add((-1, nameof(Tabs) + errors.Count));
    }

    /// <summary>Behind blanks the parser takes a tab for one more of them, and stops at what follows from that.</summary>
    private bool StandsBehindTab(YamlFailure failure, int line) => failure.OpenFlows.Length == 0 && !failure.Says("scalar") && IsTabbed(line);

    private bool IsTabbed(int line)
    {
        int at = line < 0 ? text.Text.Length : line + Indent(line);
        return at < text.Text.Length && text.Text[at] == '\t' && !IsBlankLine(line);
    }

    /// <summary>The lines from the first to the content of the last, each tab of an indentation as two blanks.</summary>
    private string Spaced(int first, int last, List<(int Line, int Indent, int Width)> widths)
    {
        var spaced = new StringBuilder();
        int done = first;
        foreach ((int line, int indent, int width) in widths)
        {
            if (line < last)
            {
                spaced.Append(text.OriginalText(done, line)).Append(' ', width);
                done = line + indent;
            }
        }
        return spaced.Append(text.OriginalText(done, last)).ToString();
    }

    /// <summary>
    /// Blanks on the lines between <c>|</c> and the text. They are allowed up to the column of the text, but our parser stops at two of
    /// them; beyond it Kubernetes' clients stop as well.
    /// </summary>
    private bool BlanksAboveText(YamlFailure failure)
    {
        if (!failure.Says("scanning a literal block scalar"))
        {
            return false;
        }
        int line = text.LineStart(Math.Min(failure.Start, text.Text.Length));
        while (line > 0 && IsBlankLine(line - 1))
        {
            line = text.LineStart(line - 1);
        }
        int header = line > 0 ? Indent(text.LineStart(line - 1)) : 0;
        var blanks = new List<int>();
        for (; line < text.Text.Length && IsBlankLine(line); line = NextLine(line))
        {
            if (Indent(line) > 0)
            {
                blanks.Add(line);
            }
        }
        int column = line < text.Text.Length ? Indent(line) : int.MaxValue;
        for (int i = blanks.Count - 1; i >= 0; i--)
        {
            int width = Indent(blanks[i]);
            // Without any text there is nothing to be deeper than.
            if (width > column && column > header)
            {
                Note("bad-indentation", blanks[i], blanks[i] + width, "A blank line above the text can't have more spaces than the text.",
                    new SyntaxFix("Remove the spaces", Span(blanks[i], blanks[i] + width), ""));
            }
            text.Remove(blanks[i], width);
        }
        return blanks.Count > 0;
    }

    private bool IsBlankLine(int at) => text.Text.AsSpan(text.LineStart(at), text.LineEnd(at) - text.LineStart(at)).IsWhiteSpace();

    private bool UnfinishedKey(YamlFailure failure, int line, int above)
    {
        if (failure.Says("tab") || failure.Says("quoted"))
        {
            return false;
        }
        return MissingColon(line, isSure: false) || MissingColon(above, isSure: true) || Colon(line) || (!failure.Says("'-' indicator") && Colon(above));
    }

    /// <summary>A whole manifest without a space behind any colon is one long text to the parser, and no error.</summary>
    public bool GluedRoot(YamlNode? root)
    {
        if (root is not YamlScalar { Style: ScalarStyle.Plain, IsOpaque: false } scalar
            || !(scalar.Value.StartsWith("apiVersion:", StringComparison.Ordinal) || scalar.Value.StartsWith("kind:", StringComparison.Ordinal)))
        {
            return false;
        }
        bool any = false;
        for (int line = 0; line < text.Text.Length; line = NextLine(line))
        {
            any |= Colon(line);
        }
        return any;
    }

    private bool Colon(int line)
    {
        if (line < 0)
        {
            return false;
        }
        string content = text.Text[line..text.LineEnd(line)];
        if (content.Length > 400)
        {
            return false;
        }
        Match word = BareWord.Match(content);
        if (word.Success && Once(line, nameof(UnfinishedKey)))
        {
            Group key = word.Groups["word"];
            int start = line + key.Index;
            Note("unfinished-key", start, start + key.Length, $"`{key.Value}` has no `:` behind it.",
                new SyntaxFix("Add `:`", Span(start + key.Length, start + key.Length), ":"));
            text.Insert(start + key.Length, ":");
            return true;
        }
        Match glued = GluedColon.Match(content);
        if (glued.Success && Once(line, nameof(GluedColon)))
        {
            int colon = line + glued.Groups["value"].Index;
            // With another colon on the line the space alone may not make it right.
            bool isWhole = IsWhole(glued.Groups["value"].Value) && !content[glued.Groups["value"].Index..].Contains(':') && !content[..glued.Groups["key"].Index].Contains(": ", StringComparison.Ordinal);
            Note("missing-space", line + glued.Groups["key"].Index, colon, "A space is missing after the `:`; without it this is one text, not a key and a value.",
                isWhole ? new SyntaxFix("Add a space", Span(colon, colon), " ") : null);
            text.Insert(colon, " ");
            return true;
        }
        return false;
    }

    /// <summary>True for a value that stands by itself: a plain one, or a quoted one with its end.</summary>
    private static bool IsWhole(string value)
    {
        string trimmed = value.TrimEnd();
        return trimmed[0] is '"' or '\''
            ? trimmed.Length > 1 && trimmed[^1] == trimmed[0] && trimmed.AsSpan(1, trimmed.Length - 2).IndexOfAny('\\', trimmed[0]) < 0
            : char.IsLetterOrDigit(trimmed[0]) || trimmed[0] is '_' or '$' or '.' or '~' or '+';
    }

    private bool AmbiguousColon(YamlFailure failure, int line)
    {
        if (!failure.Says("mapping") || line < 0)
        {
            return false;
        }
        int end = TrimmedEnd(line);
        string content = text.Text[line..end];
        Match match = content.Length > 2000 ? Match.Empty : SecondColon.Match(content);
        if (!match.Success || !Once(line, nameof(AmbiguousColon)))
        {
            return false;
        }
        int start = line + match.Groups["value"].Index;
        Note("ambiguous-colon", start, end, "A second `: ` on one line; put the value in quotes, or the inner key on a line of its own.", Quoting(start, end));
        Quote(start, end);
        return true;
    }

    private bool InlineList(YamlFailure failure, int at)
    {
        if (!failure.Says("sequence entries are not allowed") || at >= text.Text.Length || text.Text[at] != '-')
        {
            return false;
        }
        Note("invalid-yaml", at, at + 1, "A list can't start on its key's line; put `- ` on the next line, or write `[a, b]`.");
        text.Blank(at, at + 1);
        return true;
    }

    /// <summary>A key or item whose column fits no open level: move it to the one that has such a field, else to the nearest.</summary>
    private bool Indentation(YamlFailure failure, int line, int above)
    {
        if (line < 0 || above < 0 || failure.OpenFlows.Length > 0)
        {
            return false;
        }
        int column = Indent(line);
        int end = text.LineEnd(line);
        if (line + column >= end || !Once(line, nameof(Indentation)))
        {
            return false;
        }
        bool item = text.Text[line + column] == '-';
        if (!item && !text.Text.AsSpan(line, end - line).Contains(':'))
        {
            return false;
        }
        (int target, string? owner, bool isKnown) = LevelOf(line, column, item) ?? (Nearest(failure, column, ContentColumn(above)), null, false);
        if (target < 0 || target == column)
        {
            return false;
        }
        int last = target > column && !HoldsItsBlock(line, column, target) ? LastLineOfItem(line, column, withItems: !item) : line;
        // Of a line that was indented by tabs the depth is our guess, so a wrong one is no second fault of the user.
        if (!_untabbed.Contains(text.ToOriginal(line)))
        {
            string title = target == 0 ? "Remove the indentation" : $"Indent by {target} {(target == 1 ? "space" : "spaces")}";
            string newText = target > column ? Indented(line, last, target - column) : new string(' ', target);
            Note("bad-indentation", line + column, FirstWordEnd(line + column, end),
                isKnown ? $"This indentation fits no level above; {Advice(target, owner, item)}"
                : column > target && column > Indent(above) ? "Indented deeper than the line above, which already has a value."
                : $"This indentation fits no level above; {target} spaces would.",
                new SyntaxFix(title, Span(line, last + Indent(last)), newText, IsCertain: false), isGuess: !isKnown);
        }
        if (target > column)
        {
            Move(line, last, target - column);
        }
        else
        {
            text.Remove(line, column - target);
        }
        return true;
    }

    private static string Advice(int target, string? owner, bool isItem) =>
        owner is null ? "without indentation it is a field at the top of the object."
        : isItem ? $"indented by {target} spaces, it is an item of `{owner}`."
        : $"indented by {target} spaces, it is a field in `{owner}`.";

    /// <summary>The level that has the field which a line starts with.</summary>
    private (int Column, string? Owner, bool IsKnown)? LevelOf(int line, int column, bool isItem)
    {
        int content = line + ContentColumn(line);
        Match key = KeyStart.Match(text.Text, content, Math.Min(400, text.LineEnd(line) - content));
        return key.Success && LevelByField(LevelsAbove(line), key.Groups["key"].Value, column, isItem) is { } found && found.Level.Column != column
            ? (found.Level.Column, found.Owner, true)
            : null;
    }

    /// <summary>True when the lines below a line still belong to it after it alone has moved to the right.</summary>
    private bool HoldsItsBlock(int line, int column, int target)
    {
        int next = LineBelow(line);
        for (int seen = 0; next < text.Text.Length && seen < MaxItemLines; seen++, next = LineBelow(next))
        {
            if (IsBlankLine(next))
            {
                continue;
            }
            int its = Indent(next);
            if (its < column || (its == column && (IsItem(line) || !IsItem(next))))
            {
                break;
            }
            if (its < target || (its == target && !IsItem(next)))
            {
                return false;
            }
        }
        return true;
    }

    private static int Nearest(YamlFailure failure, int column, int above)
    {
        int best = above;
        foreach (int open in failure.OpenColumns)
        {
            if (Math.Abs(open - column) < Math.Abs(best - column))
            {
                best = open;
            }
        }
        return best;
    }
}
