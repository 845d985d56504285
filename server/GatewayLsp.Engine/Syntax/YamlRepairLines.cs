using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>What the repairs ask of lines, and how they note and quote.</summary>
internal sealed partial class YamlRepair
{
    private readonly HashSet<int> _notedLines = [];
    private int _noted;
    private int? _failedAt;

    private bool HasContentBefore(int line) => !text.Text.AsSpan(0, line).IsWhiteSpace();

    private bool Once(int line, string kind) => _tried.Add((text.ToOriginal(line), kind));

    /// <summary>One error a line: a second one there is as a rule what follows from the first, or from its repair.</summary>
    private void Note(string code, int start, int end, string message, SyntaxFix? fix = null, bool isGuess = false)
    {
        TextSpan span = Span(start, end);
        if (_noted < MaxErrors && _notedLines.Add(text.OriginalLineStart(span.Start)))
        {
            _noted++;
            // An earlier repair may have done in the copy what the fix would do to the text.
            errors.Add(new SyntaxError(code, span, message, fix is not null && text.IsOriginal(fix.Span, fix.NewText) ? null : fix) { FailedAt = _failedAt, IsGuess = isGuess });
        }
    }

    private TextSpan Span(int start, int end) => TextSpan.FromBounds(text.ToOriginal(start), text.ToOriginal(end));

    private SyntaxFix Quoting(int start, int end)
    {
        string value = text.Text[start..end];
        return new SyntaxFix("Put the value in quotes", Span(start, end), "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
    }

    private void Quote(int start, int end)
    {
        char quote = text.Text.AsSpan(start, end - start).Contains('\'') ? '"' : '\'';
        if (text.Text.AsSpan(start, end - start).IndexOfAny(quote, '\\') >= 0)
        {
            text.Blank(start, end);
            return;
        }
        text.Insert(end, quote.ToString());
        text.Insert(start, quote.ToString());
    }

    /// <summary>End of the line's content, a trailing comment and blanks left out.</summary>
    private int TrimmedEnd(int offset)
    {
        int line = text.LineStart(offset);
        int end = text.LineEnd(offset);
        for (int i = Math.Max(line, offset) + 1; i < end; i++)
        {
            if (text.Text[i] == '#' && YamlCharacters.IsBlankOrBreak(text.Text[i - 1]))
            {
                end = i;
            }
        }
        while (end > offset && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }
        return end;
    }

    private int FirstWordEnd(int start, int end)
    {
        int colon = text.Text.AsSpan(start, end - start).IndexOfAny(':', ' ');
        return colon > 0 ? start + colon : end;
    }

    private int Indent(int line)
    {
        int at = line;
        while (at < text.Text.Length && text.Text[at] == ' ')
        {
            at++;
        }
        return at - line;
    }

    /// <summary>Column of a line's first key, dashes passed over.</summary>
    private int ContentColumn(int line)
    {
        int at = line + Indent(line);
        while (at + 1 < text.Text.Length && text.Text[at] == '-' && text.Text[at + 1] == ' ')
        {
            at += 2;
            while (at < text.Text.Length && text.Text[at] == ' ')
            {
                at++;
            }
        }
        return at - line;
    }

    /// <summary>Start of the nearest line above that holds more than blanks and a comment; -1 when there is none.</summary>
    private int PreviousContent(int line)
    {
        int at = line;
        while (at > 0)
        {
            at = text.LineStart(at - 1);
            ReadOnlySpan<char> content = text.Text.AsSpan(at, text.LineEnd(at) - at).Trim();
            if (!content.IsEmpty && content[0] != '#')
            {
                return at;
            }
        }
        return -1;
    }
}
