using System.Globalization;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>Repairs of single values: quotes that are not closed, escapes, characters that mean something else than meant.</summary>
internal sealed partial class YamlRepair
{
    private const int MaxQuotedLines = 100;

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
        // Brackets behind the text close what is around it; they are hardly part of it.
        while (failure.OpenFlows.Length > 0 && end > start + 1 && text.Text[end - 1] is ']' or '}' or ',' or ' ' or '\t')
        {
            end--;
        }
        if (!Once(text.LineStart(start), nameof(UnclosedQuote)))
        {
            return false;
        }
        string quote = text.Text[start].ToString();
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

    /// <summary>Escapes that mean nothing: the first is told, all are covered.</summary>
    private bool BadEscape(YamlFailure failure)
    {
        // Where a number names no character at all, the parser gives up without a word and without a place.
        if (!(failure.Says("quoted scalar") || failure.Reason.Length == 0))
        {
            return false;
        }
        int end = text.LineEnd(failure.Position);
        for (int open = failure.Says("quoted scalar") ? failure.Start : failure.LastScalar.End; open < end; open++)
        {
            if (text.Text[open] != '"' || (open > 0 && !char.IsWhiteSpace(text.Text[open - 1]) && text.Text[open - 1] is not ('[' or '{' or ',' or ':')))
            {
                continue;
            }
            int close = QuotedText.Close(text.Text, open);
            close = close < 0 ? text.LineEnd(open) : close;
            List<QuotedText.Fault> faults = QuotedText.Faults(text.Text, open, close, text.IsJson);
            if (faults.Count > 0)
            {
                Tell(faults);
                foreach (QuotedText.Fault fault in faults)
                {
                    text.Fill(fault.Start, fault.End, '\uFFFD');
                }
                return true;
            }
            if (CoverForeignEscapes(open, close))
            {
                return true;
            }
            open = close;
        }
        return false;
    }

    private void Tell(List<QuotedText.Fault> faults)
    {
        QuotedText.Fault first = faults[0];
        SyntaxFix? fix = null;
        if (faults.TrueForAll(f => f.Instead is not null))
        {
            string instead = "";
            int at = first.Start;
            foreach (QuotedText.Fault fault in faults)
            {
                instead += text.Text[at..fault.Start] + fault.Instead;
                at = fault.End;
            }
            fix = new SyntaxFix(faults.Count == 1 ? $"Write `{instead}`" : "Correct the escapes", Span(first.Start, at), instead);
        }
        Note("invalid-escape", first.Start, first.End, first.Message, fix);
    }

    /// <summary>Escapes that the clients know and our parser does not: <c>\'</c>, and in JSON half a surrogate pair.</summary>
    private bool CoverForeignEscapes(int open, int close)
    {
        bool any = false;
        for (int i = open + 1; i + 1 < close; i++)
        {
            if (text.Text[i] != '\\')
            {
                continue;
            }
            if (text.Text[i + 1] == '\'')
            {
                text.Remove(i, 1);
                close--;
                any = true;
                continue;
            }
            if (text.IsJson && text.Text[i + 1] == 'u' && i + 6 <= close && text.Text[i + 2] is 'd' or 'D' && text.Text[i + 3] is >= '8' and not 'A' and not 'B' and not 'a' and not 'b')
            {
                text.Fill(i, i + 6, '\uFFFD');
                any = true;
            }
            i++;
        }
        return any;
    }

    /// <summary>
    /// A quoted text over several lines may stand in any column for Kubernetes' clients, and the line breaks of other scripts
    /// (U+0085, U+2028, U+2029) are text in it.
    /// </summary>
    private bool LinesInQuotes(YamlFailure failure)
    {
        if (!failure.Says("wrong indentation") || failure.Start >= text.Text.Length || text.Text[failure.Start] != '"')
        {
            return false;
        }
        int close = QuotedText.Close(text.Text, failure.Start);
        if (close < 0 || !EndsValue(close + 1))
        {
            return false;
        }
        if (text.MaskBreaks(failure.Start, close))
        {
            return true;
        }
        int own = text.LineStart(failure.Start);
        int width = ContentColumn(own) + 1;
        int lines = 0;
        for (int line = NextLine(own); line < close; line = NextLine(line))
        {
            if (++lines > MaxQuotedLines || LooksLikeKey(line))
            {
                return false;
            }
        }
        if (!Once(own, nameof(LinesInQuotes)))
        {
            return false;
        }
        for (int line = NextLine(own); line < close; line = NextLine(line))
        {
            text.Insert(line, new string(' ', width));
            close += width;
        }
        return true;
    }

    /// <summary>U+0085, U+2028 or U+2029 outside of quotes: Kubernetes' clients end the line there too, which hardly anybody means.</summary>
    private bool ForeignBreak(YamlFailure failure)
    {
        if (!text.HasForeignBreaks)
        {
            return false;
        }
        foreach (int place in (ReadOnlySpan<int>)[failure.Start, failure.LastScalar.Start, failure.Position])
        {
            int line = text.LineStart(place);
            int end = text.LineEnd(line);
            int at = text.NextForeignBreak(line, end);
            if (at >= 0)
            {
                string code = ((int)text.Text[at]).ToString("X4", CultureInfo.InvariantCulture);
                Note("control-character", at, at + 1, $"The character U+{code} ends the line here, unseen; remove it, or put the text in double quotes.",
                    new SyntaxFix("Replace it with a space", Span(at, at + 1), " "));
                return text.MaskBreaks(line, end);
            }
        }
        return false;
    }

    /// <summary>No-break spaces and their like in place of spaces: all of a line are told as one.</summary>
    private bool SpecialBlanks(YamlFailure failure, int line) =>
        failure.IsSpecialBlank ? SpecialBlanks(text.LineStart(failure.Start))
        // Without a space behind its colon a key is none, at which the parser may stop before it has told of it.
        : (failure.Says("expected ':'") || failure.Says("expected key")) && (SpecialBlanks(line) || SpecialBlanks(PreviousContent(line)));

    private bool SpecialBlanks(int line)
    {
        List<int> found = line < 0 ? [] : LookAlikes.InStructure(text.Text.AsSpan(line, text.LineEnd(line) - line));
        if (found.Count == 0)
        {
            return false;
        }
        (int first, int end) = (line + found[0], line + found[^1] + 1);
        string meant = text.Text[first..end];
        foreach (int at in found)
        {
            meant = meant.Remove(line + at - first, 1).Insert(line + at - first, " ");
        }
        Note("control-character", first, end, $"To YAML, {LookAlikes.NameOf(text.Text[first])} is no space; write a plain one.",
            new SyntaxFix(found.Count == 1 ? "Replace it with a space" : "Replace them with spaces", Span(first, end), meant));
        foreach (int at in found)
        {
            text.Blank(line + at, line + at + 1);
        }
        return true;
    }

    /// <summary>True when behind a closing quote its line has nothing but a comment, or the next entry in brackets.</summary>
    private bool EndsValue(int at)
    {
        ReadOnlySpan<char> rest = text.Text.AsSpan(at, text.LineEnd(at) - at).TrimStart();
        return rest.IsEmpty || rest[0] is '#' or ',' or ']' or '}';
    }

    private bool LooksLikeKey(int line)
    {
        ReadOnlySpan<char> content = text.Text.AsSpan(line, text.LineEnd(line) - line).Trim();
        int colon = content.IndexOf(':');
        return colon > 0 && (colon + 1 == content.Length || content[colon + 1] == ' ') && !content[..colon].Contains(' ');
    }

    /// <summary><c>*</c> or <c>&amp;</c> with no name: meant as text.</summary>
    private bool BareIndicator(YamlFailure failure, int line)
    {
        if (line < 0 || !(failure.Says("anchor") || failure.Says("alias")))
        {
            return false;
        }
        int end = TrimmedEnd(line);
        for (int at = line; at < end; at++)
        {
            bool startsValue = at == line || char.IsWhiteSpace(text.Text[at - 1]) || text.Text[at - 1] is '[' or '{' or ',';
            if (text.Text[at] is '*' or '&' && startsValue
                && (at + 1 >= end || char.IsWhiteSpace(text.Text[at + 1]) || text.Text[at + 1] is ',' or ']' or '}'))
            {
                if (!_tried.Add((text.ToOriginal(at), nameof(BareIndicator))))
                {
                    return false;
                }
                int stop = Opener(failure) >= 0 ? at + 1 : end;
                Note("reserved-character", at, at + 1, $"A text that starts with `{text.Text[at]}` must be in quotes: write `\"{text.Text[at..stop]}\"`.", Quoting(at, stop));
                Quote(at, stop);
                return true;
            }
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

    private bool StrayBracket(YamlFailure failure, int at)
    {
        if (at >= text.Text.Length || text.Text[at] is not (']' or '}' or ',') || failure.Says("quoted"))
        {
            return false;
        }
        if (text.Text[at] == ',' && failure.OpenFlows.Length > 0 && text.Text.AsSpan(0, at).TrimEnd() is [.., ',' or '[' or '{'])
        {
            Note("invalid-yaml", at, at + 1, "This comma is one too many: no entry stands before it.", new SyntaxFix("Remove the comma", Span(at, at + 1), ""));
            text.Blank(at, at + 1);
            return true;
        }
        Note("unclosed-bracket", at, at + 1, $"`{text.Text[at]}` closes nothing here; put the value in quotes if it is meant as text.");
        text.Blank(at, at + 1);
        return true;
    }
}
