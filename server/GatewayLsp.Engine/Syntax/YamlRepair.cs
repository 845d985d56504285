using System.Text.RegularExpressions;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Mends the line that stopped the parser: the smallest change that keeps the structure around it, tried from the most
/// telling sign to the bluntest (blanking the line). Notes one error for what the user did, none for what follows from it.
/// </summary>
internal sealed partial class YamlRepair(PatchedText text, List<SyntaxError> errors)
{
    private const int MaxErrors = 20;

    /// <summary>Up to so many lines each tab becomes two blanks, one edit a line; beyond, each becomes one, all at once.</summary>
    private const int MaxTabLines = 200;

    private readonly HashSet<(int Line, string Kind)> _tried = [];
    private readonly HashSet<int> _blanked = [];
    private readonly HashSet<int> _untabbed = [];

    [GeneratedRegex(@"^\s*(?:- +)*(?<word>[A-Za-z_$~][\w.\-/$]*)\s*(?:#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex BareWord { get; }

    [GeneratedRegex(@"^\s*(?:- +)*(?<key>[A-Za-z_][\w.\-/]*):(?<value>[^\s:/][^:]*)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex GluedColon { get; }

    [GeneratedRegex(@"^(?<head>\s*(?:- +)*(?:""[^""]*""|'[^']*'|[^\s:#'""\[{&*][^:#]*):\s+)(?<value>[^\s'""|>\[{&*!].*:(?:\s.*|))$", RegexOptions.CultureInvariant)]
    private static partial Regex SecondColon { get; }

    public void Apply(YamlFailure failure)
    {
        int at = Math.Min(failure.Start, text.Text.Length);
        int line = text.LineStart(at);
        if (text.Text.AsSpan(line, text.LineEnd(line) - line).IsWhiteSpace())
        {
            line = PreviousContent(line);
        }
        int above = PreviousContent(line);
        if (Tabs(failure, above)
            || ValueAtKeyColumn(failure, line)
            || UnclosedFlow(failure)
            || MissingComma(failure)
            || ShallowFlowLine(failure)
            || UnclosedQuote(failure, line, above)
            || StrayBracket(failure, at)
            || ReservedCharacter(failure, at)
            || UnfinishedKey(failure, line, above)
            || AmbiguousColon(failure, line)
            || InlineList(failure, at)
            || TextAfterQuote(failure, at)
            || Indentation(failure, line, above))
        {
            return;
        }
        BlankLine(failure, line);
    }

    /// <summary>Gives up on everything from the failure on, so that at least what stands before it is served.</summary>
    public void CutFrom(YamlFailure failure)
    {
        if (failure.IsNesting)
        {
            Note("nested-too-deep", failure.Start, failure.Start + 1, YamlTreeBuilder.NestedTooDeep);
            text.Blank(failure.OpenFlows[^1], text.Text.Length);
            return;
        }
        int line = text.LineStart(Math.Min(failure.Start, text.Text.Length));
        if (failure.OpenFlows.Length > 0)
        {
            line = text.LineStart(failure.OpenFlows[^1]);
        }
        if (failure.LastScalar.Quoted)
        {
            line = Math.Min(line, text.LineStart(failure.LastScalar.Start));
        }
        Note("invalid-yaml", line, text.LineEnd(line), "From here on this is not YAML; nothing below can be checked until it is mended.");
        text.Blank(line, text.Text.Length);
    }

    private bool Tabs(YamlFailure failure, int above)
    {
        if (!text.Text.Contains('\t') || !(failure.Says("tab") || failure.Says("cannot start any token")))
        {
            return false;
        }
        bool any = false;
        bool isBulk = text.TabbedLines() > MaxTabLines;
        for (int line = text.LineStart(Math.Max(0, above)); line < text.Text.Length;)
        {
            int indent = line;
            while (indent < text.Text.Length && text.Text[indent] is ' ' or '\t')
            {
                indent++;
            }
            int tabs = text.Text.AsSpan(line, indent - line).Count('\t');
            if (tabs > 0)
            {
                if (!any)
                {
                    Note("tab-indentation", line, indent, "Tabs can't indent YAML; use spaces.",
                        new SyntaxFix("Indent with spaces", Span(line, indent), new string(' ', indent - line + tabs)));
                }
                any = true;
                if (isBulk)
                {
                    text.BlankTabs(line);
                    break;
                }
                int width = indent - line + tabs;
                text.Remove(line, indent - line);
                text.Insert(line, new string(' ', width));
                _untabbed.Add(text.ToOriginal(line));
                indent = line + width;
            }
            else if (any && indent < text.Text.Length && text.Text[indent] is not ('\n' or '\r'))
            {
                break;
            }
            int end = text.LineEnd(indent);
            line = end < text.Text.Length ? end + 1 : end;
        }
        return any && _tried.Add((-1, nameof(Tabs) + errors.Count));
    }

    private bool UnclosedQuote(YamlFailure failure, int line, int above)
    {
        int start = -1;
        if (failure.Says("quoted scalar"))
        {
            start = failure.Start;
        }
        else if (failure.LastScalar.Quoted && text.LineStart(failure.LastScalar.Start) != text.LineStart(failure.LastScalar.End)
            && (line == text.LineStart(failure.LastScalar.End) || above == text.LineStart(failure.LastScalar.End)))
        {
            start = failure.LastScalar.Start;
        }
        if (start < 0 || start >= text.Text.Length || text.Text[start] is not ('"' or '\''))
        {
            return false;
        }
        int end = text.LineEnd(start);
        while (end > start + 1 && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }
        if (!Once(text.LineStart(start), nameof(UnclosedQuote)))
        {
            return false;
        }
        string quote = text.Text[start].ToString();
        if (failure.Says("escape"))
        {
            Note("invalid-yaml", start, end, "Unknown escape after `\\` in a double-quoted text; use single quotes or write `\\\\`.");
            text.Blank(start, end);
            return true;
        }
        Note("unclosed-quote", start, end, $"The text opened with {quote} is not closed on this line.",
            new SyntaxFix($"Close with {quote}", Span(end, end), quote));
        // A backslash right before the end would escape the quote that we put in.
        if (quote == "\"" && text.Text[end - 1] == '\\')
        {
            text.Blank(end - 1, end);
        }
        text.Insert(end, quote);
        return true;
    }

    private bool StrayBracket(YamlFailure failure, int at)
    {
        if (at >= text.Text.Length || text.Text[at] is not (']' or '}' or ',') || failure.Says("quoted"))
        {
            return false;
        }
        Note("unclosed-bracket", at, at + 1, $"`{text.Text[at]}` closes nothing here; put the value in quotes if it is meant as text.");
        text.Blank(at, at + 1);
        return true;
    }

    private bool UnfinishedKey(YamlFailure failure, int line, int above)
    {
        if (failure.Says("tab") || failure.Says("quoted"))
        {
            return false;
        }
        return Colon(line) || (!failure.Says("'-' indicator") && Colon(above));
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
            Note("missing-space", line + glued.Groups["key"].Index, colon, "A space is missing behind the `:`; without it this is one text, not a key and a value.",
                new SyntaxFix("Add a space", Span(colon, colon), " "));
            text.Insert(colon, " ");
            return true;
        }
        return false;
    }

    private bool ReservedCharacter(YamlFailure failure, int at)
    {
        if (!failure.Says("cannot start any token") || at >= text.Text.Length)
        {
            return false;
        }
        int line = text.LineStart(at);
        int end = TrimmedEnd(at);
        if (!Once(line, nameof(ReservedCharacter)) || end <= at)
        {
            return false;
        }
        if (Placeholders.IsMarkedWord(text.Text.AsSpan(at, end - at)))
        {
            Quote(at, end);
            return true;
        }
        Note("reserved-character", at, at + 1, $"A plain text can't start with `{text.Text[at]}`; put it in quotes.", Quoting(at, end));
        Quote(at, end);
        return true;
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

    private bool TextAfterQuote(YamlFailure failure, int at)
    {
        if (!failure.LastScalar.Quoted || failure.LastScalar.End > at || at >= text.Text.Length
            || text.LineStart(failure.LastScalar.End) != text.LineStart(at)
            || !text.Text.AsSpan(failure.LastScalar.End, at - failure.LastScalar.End).IsWhiteSpace())
        {
            return false;
        }
        int end = TrimmedEnd(at);
        Note("invalid-yaml", at, end, "Nothing but a comment may follow the closing quote.");
        text.Blank(at, text.LineEnd(at));
        return true;
    }

    /// <summary>A key or item whose column fits no open level: move it to the nearest one.</summary>
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
        int target = Nearest(failure, column, ContentColumn(above));
        if (target < 0 || target == column)
        {
            return false;
        }
        // Of a line that was indented by tabs the depth is our guess, so a wrong one is no second fault of the user.
        if (!_untabbed.Contains(text.ToOriginal(line)))
        {
            Note("bad-indentation", line + column, FirstWordEnd(line + column, end),
                column > target && column > Indent(above)
                    ? "Indented deeper than the line above, which already has a value."
                    : $"This indentation fits no level above; {target} spaces would.",
                new SyntaxFix($"Indent by {target} spaces", Span(line, line + column), new string(' ', target)));
        }
        if (target > column)
        {
            text.Insert(line, new string(' ', target - column));
        }
        else
        {
            text.Remove(line, column - target);
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

    private void BlankLine(YamlFailure failure, int line)
    {
        if (line < 0 || _blanked.Contains(text.ToOriginal(line)))
        {
            CutFrom(failure);
            return;
        }
        int start = line + Indent(line);
        int previous = PreviousContent(line);
        // Lines that only hung on a line already given up are its consequence: no second message.
        bool follows = previous < 0 ? _blanked.Count > 0 && errors.Count > 0 && !HasContentBefore(line) : _blanked.Any(b => b > text.ToOriginal(previous) && b < text.ToOriginal(line));
        if (!follows)
        {
            Note("invalid-yaml", start, Math.Max(start + 1, TrimmedEnd(line)), Plain(failure));
        }
        _blanked.Add(text.ToOriginal(line));
        text.Blank(line, text.LineEnd(line));
    }

    private static string Plain(YamlFailure failure) =>
        failure.Says("'-' indicator") ? "A list item (`- `) is expected here, like the lines above."
        : failure.Says("expected key") ? "A key is expected here; check the indentation of this line and the one above."
        : failure.Says("document end") ? "This does not belong to what stands above it; check the indentation, or start a new document with `---`."
        : failure.Says("anchor") || failure.Says("alias") ? "This anchor or alias has no valid name."
        : failure.Says("tag") || failure.Says("directive") ? "This tag or directive is not valid YAML."
        : "This line is not valid YAML.";
}
