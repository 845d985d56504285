using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// Mends the line that stopped the parser: the smallest change that keeps the structure around it, tried from the most
/// telling sign to the bluntest (blanking the line). Notes one error for what the user did, none for what follows from it.
/// </summary>
internal sealed partial class YamlRepair(PatchedText text, List<SyntaxError> errors, IFieldPlaces places)
{
    private const int MaxErrors = 20;

    private readonly HashSet<(int Line, string Kind)> _tried = [];
    private readonly HashSet<int> _blanked = [];

    public void Apply(YamlFailure failure)
    {
        int at = Math.Min(failure.Start, text.Text.Length);
        _failedAt = text.ToOriginal(at);
        int line = text.LineStart(at);
        if (text.Text.AsSpan(line, text.LineEnd(line) - line).IsWhiteSpace())
        {
            line = PreviousContent(line);
        }
        int above = PreviousContent(line);
        if (SpecialBlanks(failure, line)
            || BlanksAboveText(failure)
            || Tabs(failure, line, above)
            || GluedDash(failure, line, above)
            || ValueAtKeyColumn(failure, line)
            || BadEscape(failure)
            || LinesInQuotes(failure)
            || ForeignBreak(failure)
            || UnclosedFlow(failure)
            || MissingComma(failure)
            || DashInFlow(failure)
            || ShallowFlowLine(failure)
            || UnclosedQuote(failure, line, above)
            || StrayBracket(failure, at)
            || BareIndicator(failure, line)
            || ReservedCharacter(failure, at)
            || ShallowItem(failure, line)
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
        _failedAt = null;
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
        Note("invalid-yaml", line, text.LineEnd(line), "From here on this is not YAML; nothing below can be checked until it is corrected.");
        text.Blank(line, text.Text.Length);
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
            Note("invalid-yaml", start, Math.Max(start + 1, TrimmedEnd(line)), Plain(failure), isGuess: true);
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
