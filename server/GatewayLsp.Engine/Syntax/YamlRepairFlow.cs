using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Repairs inside brackets: those that are never closed, commas that are missing, values at their key's own column.</summary>
internal sealed partial class YamlRepair
{
    /// <summary>How far back a value is looked for that stands at its key's own column.</summary>
    private const int MaxLinesBack = 200;

    /// <summary>Original offsets of brackets that a repair closed: what is wrong inside of them follows from that.</summary>
    private readonly HashSet<int> _closed = [];

    private bool UnclosedFlow(YamlFailure failure)
    {
        if (failure.Says("quoted"))
        {
            return false;
        }
        int from = Opener(failure);
        if (from < 0)
        {
            return false;
        }
        int region = FlowRegion(from);
        FlowBrackets.Pairing pairing = FlowBrackets.Pair(text.Text, from);
        if (pairing.Outcome == FlowBrackets.Outcome.Open || (pairing.Outcome == FlowBrackets.Outcome.Crossed && pairing.End >= region))
        {
            pairing = FlowBrackets.Pair(text.Text.AsSpan(0, region), from);
        }
        if (pairing.Outcome == FlowBrackets.Outcome.Closed || !_tried.Add((text.ToOriginal(pairing.Bracket), nameof(UnclosedFlow))))
        {
            return false;
        }
        char bracket = text.Text[pairing.Bracket];
        string message = $"`{bracket}` is never closed: `{FlowBrackets.Closer(bracket)}` is missing.";
        if (OpensBlock(pairing.Bracket, region))
        {
            Note("unclosed-bracket", pairing.Bracket, pairing.Bracket + 1, message,
                new SyntaxFix($"Remove `{bracket}`", Span(pairing.Bracket, pairing.Bracket + 1), ""));
            text.Blank(pairing.Bracket, pairing.Bracket + 1);
            return true;
        }
        int at = pairing.End;
        while (at > pairing.Bracket + 1 && char.IsWhiteSpace(text.Text[at - 1]))
        {
            at--;
        }
        Note("unclosed-bracket", pairing.Bracket, pairing.Bracket + 1, message,
            new SyntaxFix($"Close with {pairing.Closers}", Span(at, at), pairing.Closers));
        _closed.Add(text.ToOriginal(pairing.Bracket));
        _closed.Add(text.ToOriginal(from));
        text.Insert(at, pairing.Closers);
        return true;
    }

    /// <summary>The outermost bracket that is open where the parser stopped; it may not have heard of it yet. -1 when there is none.</summary>
    private int Opener(YamlFailure failure)
    {
        int from = failure.OpenFlows.Length > 0
            ? failure.OpenFlows[^1]
            : FlowBrackets.FirstOpener(text.Text, failure.LastScalar.End, text.LineEnd(failure.Position));
        return from >= 0 && from < text.Text.Length && text.Text[from] is '[' or '{' ? from : -1;
    }

    /// <summary>End of the lines that can belong to a bracket: its own, and those below that are deeper than the key or dash it stands behind.</summary>
    private int FlowRegion(int bracket)
    {
        int line = text.LineStart(bracket);
        int content = line + ContentColumn(line);
        int parent;
        if (bracket > content)
        {
            parent = content - line;
        }
        else if (content > line + Indent(line))
        {
            parent = text.Text.LastIndexOf('-', content - 1) - line;
        }
        else
        {
            int above = PreviousContent(line);
            parent = above < 0 ? -1 : Math.Min(ContentColumn(above), content - line);
        }
        int end = TrimmedEnd(bracket);
        for (int next = NextLine(line); next < text.Text.Length; next = NextLine(next))
        {
            int start = next + Indent(next);
            if (start >= text.Text.Length || text.Text[start] is '\n' or '\r' or '#')
            {
                continue;
            }
            if (start - next <= parent)
            {
                break;
            }
            end = TrimmedEnd(start);
        }
        return end;
    }

    /// <summary>True when what stands below a bracket is written like a block: then the bracket is what is too much.</summary>
    private bool OpensBlock(int bracket, int region)
    {
        int end = text.LineEnd(bracket);
        if (TrimmedEnd(bracket) > bracket + 1 || region <= end)
        {
            return false;
        }
        int lines = 0;
        for (int line = NextLine(bracket); line < region; line = NextLine(line))
        {
            int start = line + Indent(line);
            int last = TrimmedEnd(start);
            if (last > start && text.Text[last - 1] == ',')
            {
                return false;
            }
            if (last > start && text.Text[start] == '-' && (start + 1 == last || text.Text[start + 1] == ' '))
            {
                return true;
            }
            lines += last > start ? 1 : 0;
        }
        return lines > 1;
    }

    private int NextLine(int line)
    {
        int end = text.LineEnd(line);
        if (end < text.Text.Length)
        {
            end += text.Text[end] == '\r' && end + 1 < text.Text.Length && text.Text[end + 1] == '\n' ? 2 : 1;
        }
        return end;
    }

    private bool MissingComma(YamlFailure failure)
    {
        if (!failure.IsMissingComma || !_tried.Add((text.ToOriginal(failure.End), nameof(MissingComma))))
        {
            return false;
        }
        if (PlaceholderEnd(failure) is int end)
        {
            // Quoted, a number is a text: whether that is what the field takes, only the user knows.
            Note("reserved-character", failure.Start, end, $"In brackets, the brace of `{text.Text[failure.Start..end]}` opens a mapping; put the placeholder in quotes.",
                Quoting(failure.Start, end) with { IsCertain = false });
            Quote(failure.Start, end);
            return true;
        }
        if (!failure.OpenFlows.Any(f => _closed.Contains(text.ToOriginal(f))))
        {
            int start = Math.Max(failure.Start, text.LineStart(failure.End));
            Note("missing-comma", start, failure.End, "A comma is missing after this: entries in brackets have a `,` between them.",
                new SyntaxFix("Add `,`", Span(failure.End, failure.End), ","));
        }
        text.Insert(failure.End, ",");
        return true;
    }

    /// <summary>The end of a value with <c>${NAME}</c> in it, whose brace the parser took for one of the collection's; null for all else.</summary>
    private int? PlaceholderEnd(YamlFailure failure)
    {
        int at = failure.End;
        int line = text.LineEnd(failure.Start);
        if (at < 1 || at >= line || text.Text[at] != '{' || text.Text[at - 1] != '$' || !Placeholders.IsIn(text.Text.AsSpan(at - 1, line - at + 1)))
        {
            return null;
        }
        int end = at;
        bool isInside = false;
        for (; end < line && (isInside || text.Text[end] is not (',' or ']' or '}')); end++)
        {
            isInside = isInside ? text.Text[end] != '}' : text.Text[end] == '{';
        }
        while (char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }
        return isInside || text.Text.AsSpan(failure.Start, end - failure.Start).IndexOfAny(' ', '\t', '"') >= 0 ? null : end;
    }

    /// <summary>Kubernetes' clients read a text in brackets from any column; our parser wants it deeper than the block around it.</summary>
    private bool ShallowFlowLine(YamlFailure failure)
    {
        int opener = failure.IsShallow ? Opener(failure) : -1;
        int line = text.LineStart(Math.Min(failure.Position, text.Text.Length));
        if (opener < 0 || line <= opener || !Once(line, nameof(ShallowFlowLine)))
        {
            return false;
        }
        int own = text.LineStart(opener);
        text.Insert(line, new string(' ', Math.Max(1, ContentColumn(own) + 1 - Indent(line))));
        return true;
    }

    /// <summary>A dash alone in brackets is a text to Kubernetes' clients.</summary>
    private bool DashInFlow(YamlFailure failure)
    {
        int at = failure.Start;
        if (!failure.Says("Invalid key indicator") || at >= text.Text.Length || text.Text[at] != '-' || !_tried.Add((text.ToOriginal(at), nameof(DashInFlow))))
        {
            return false;
        }
        Quote(at, at + 1);
        return true;
    }

    /// <summary>A list in brackets, a quoted or an anchored value that stands on its own line at the column of its key.</summary>
    private bool ValueAtKeyColumn(YamlFailure failure, int line)
    {
        if (!failure.Says("could not find expected ':'"))
        {
            return false;
        }
        for (int i = 0; i < MaxLinesBack && line >= 0; i++, line = PreviousContent(line))
        {
            int start = line + Indent(line);
            if (start >= text.Text.Length || text.Text[start] is not ('[' or '{' or '"' or '\'' or '&' or '!' or '|' or '>'))
            {
                continue;
            }
            int above = PreviousContent(line);
            if (above < 0 || ContentColumn(above) != start - line || text.Text[TrimmedEnd(above + ContentColumn(above)) - 1] != ':')
            {
                continue;
            }
            if (!Once(line, nameof(ValueAtKeyColumn)))
            {
                return false;
            }
            string indent = new(' ', start - line + 2);
            if (text.Text[start] is not ('|' or '>'))
            {
                Note("bad-indentation", start, TrimmedEnd(start), "The value of the key above must be indented deeper than the key.",
                    new SyntaxFix($"Indent by {indent.Length} {(indent.Length == 1 ? "space" : "spaces")}", Span(line, start), indent));
            }
            text.Insert(line, "  ");
            return true;
        }
        return false;
    }
}
