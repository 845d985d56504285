using System.Buffers;

namespace GatewayLsp.Engine.Text;

/// <summary>
/// Maps offsets to lines and back. A line ends with LF, CRLF or CR, as LSP counts them; columns are UTF-16 code units.
/// Out-of-range input is clamped: an editor may be ahead of us, and a wrong squiggle is better than a dead server.
/// </summary>
public sealed class LineIndex
{
    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n");
    private readonly int[] _starts;
    private readonly string _text;

    public LineIndex(string text)
    {
        _text = text;
        _starts = FindStarts(text);
    }

    /// <summary>At least 1; a trailing line break opens one more, empty line.</summary>
    public int LineCount => _starts.Length;

    public int LineStart(int line) => line < 0 ? 0 : line >= _starts.Length ? _text.Length : _starts[line];

    /// <summary>Offset behind the last character of the line, its line break not included.</summary>
    public int LineEnd(int line)
    {
        if (line >= _starts.Length - 1)
        {
            return _text.Length;
        }
        int end = LineStart(line + 1);
        if (end > 0 && _text[end - 1] == '\n')
        {
            end--;
            if (end > LineStart(line) && _text[end - 1] == '\r')
            {
                end--;
            }
        }
        else if (end > 0 && _text[end - 1] == '\r')
        {
            end--;
        }
        return end;
    }

    public ReadOnlySpan<char> Line(int line) => _text.AsSpan(LineStart(line), Math.Max(0, LineEnd(line) - LineStart(line)));

    public int LineOf(int offset)
    {
        int found = Array.BinarySearch(_starts, Math.Clamp(offset, 0, _text.Length));
        return found >= 0 ? found : ~found - 1;
    }

    public LinePosition PositionOf(int offset)
    {
        offset = Math.Clamp(offset, 0, _text.Length);
        int line = LineOf(offset);
        return new LinePosition(line, offset - _starts[line]);
    }

    public int OffsetOf(LinePosition position)
    {
        if (position.Line < 0)
        {
            return 0;
        }
        if (position.Line >= _starts.Length)
        {
            return _text.Length;
        }
        return Math.Clamp(_starts[position.Line] + Math.Max(0, position.Character), _starts[position.Line], LineEnd(position.Line));
    }

    private static int[] FindStarts(string text)
    {
        var starts = new int[text.AsSpan().Count('\n') + text.AsSpan().Count('\r') + 1];
        int count = 1;
        int at = 0;
        while (true)
        {
            int next = text.AsSpan(at).IndexOfAny(Breaks);
            if (next < 0)
            {
                return count == starts.Length ? starts : starts[..count];
            }
            at += next + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }
            starts[count++] = at;
        }
    }
}
