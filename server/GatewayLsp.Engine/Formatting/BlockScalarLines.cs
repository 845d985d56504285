using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Formatting;

/// <summary>The lines of a block scalar: they move as one, so that its text stays the same to the last blank.</summary>
internal sealed class BlockScalarLines
{
    private readonly ManifestDocument _document;
    private readonly int _oldBase;
    private readonly int _newBase;

    private BlockScalarLines(ManifestDocument document, int oldBase, int newBase, int lastLine)
    {
        _document = document;
        _oldBase = oldBase;
        _newBase = newBase;
        LastLine = lastLine;
    }

    /// <summary>The last line that is text of the scalar; blank lines behind it say nothing.</summary>
    public int LastLine { get; }

    /// <param name="limit">First line behind the scalar that holds a token.</param>
    public static BlockScalarLines Of(ManifestDocument document, Token token, Shift shift, int limit)
    {
        LineIndex lines = document.Lines;
        int first = lines.LineOf(token.Span.Start);
        (bool keeps, int indicator) = Header(document.Text.AsSpan(token.Span.Start, lines.LineEnd(first) - token.Span.Start));
        int last = Math.Max(first, lines.LineOf(token.Span.End - 1));
        int oldBase = indicator > 0 ? Math.Max(0, shift.OldParent) + indicator : -1;
        for (int line = first + 1; line <= last && oldBase < 0; line++)
        {
            ReadOnlySpan<char> text = lines.Line(line);
            oldBase = text.IsWhiteSpace() ? -1 : Blanks(text);
        }
        for (int line = last + 1; line < limit && lines.LineStart(line) < document.Text.Length; line++)
        {
            if (keeps || (oldBase >= 0 && lines.Line(line).Length > oldBase))
            {
                last = line;
            }
        }
        return new BlockScalarLines(document, oldBase, oldBase < 0 ? -1 : oldBase + shift.Columns, last);
    }

    /// <summary>A line below the header as it is to be.</summary>
    public string Move(int line)
    {
        ReadOnlySpan<char> text = _document.Lines.Line(line);
        if (_oldBase == _newBase)
        {
            return text.ToString();
        }
        int blanks = Blanks(text);
        // Blanks up to the base are indentation of an empty line.
        return blanks == text.Length && blanks <= _oldBase ? ""
            : string.Concat(new string(' ', Math.Max(0, _newBase + blanks - _oldBase)), text[blanks..]);
    }

    /// <summary>Whether trailing line breaks are kept (<c>+</c>), and the explicit indentation, 0 without.</summary>
    private static (bool Keeps, int Indicator) Header(ReadOnlySpan<char> header)
    {
        int comment = header.IndexOf('#');
        ReadOnlySpan<char> signs = comment < 0 ? header : header[..comment];
        int digit = signs.IndexOfAnyInRange('1', '9');
        return (signs.Contains('+'), digit < 0 ? 0 : signs[digit] - '0');
    }

    private static int Blanks(ReadOnlySpan<char> text)
    {
        int blanks = text.IndexOfAnyExcept(' ');
        return blanks < 0 ? text.Length : blanks;
    }
}
