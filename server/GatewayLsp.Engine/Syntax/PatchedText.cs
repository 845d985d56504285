using System.Runtime.InteropServices;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// A document's text with repairs put in so that the parser gets through, and the way back: every offset of the patched
/// text maps to one of the original. One repair may touch every line, so the text is kept as pieces and a place is found by
/// halves.
/// </summary>
internal sealed class PatchedText
{
    private const string Breaks = "\u0085\u2028\u2029";

    private readonly string _original;

    /// <summary>In order; the first starts at 0, the last has no end.</summary>
    private readonly List<Piece> _pieces = [new Piece(0, 0, IsInserted: false)];
    private readonly HashSet<int> _insertedAt = [];
    private char[]? _stands;

    /// <param name="Start">Where it starts in the patched text.</param>
    /// <param name="Original">What that maps to; every offset of an inserted piece does.</param>
    private readonly record struct Piece(int Start, int Original, bool IsInserted);

    public PatchedText(string original)
    {
        _original = original;
        Text = original;
        IsJson = original.AsSpan().TrimStart().StartsWith("{");
    }

    public string Text { get; private set; }

    /// <summary>True for a text that Kubernetes' clients read as JSON: they tell by the first brace.</summary>
    public bool IsJson { get; }

    public void Insert(int at, string text)
    {
        Text = Text.Insert(at, text);
        int original = ToOriginal(at);
        _insertedAt.Add(original);
        int next = Split(at);
        Move(next, text.Length);
        _pieces.Insert(next, new Piece(at, original, IsInserted: true));
    }

    public void Remove(int at, int length)
    {
        Text = Text.Remove(at, length);
        int first = Split(at);
        int next = Split(at + length);
        Move(next, -length);
        _pieces.RemoveRange(first, next - first);
    }

    /// <summary>Overwrites with spaces; line breaks stay, so do all offsets.</summary>
    public void Blank(int start, int end) => Fill(start, end, ' ');

    /// <summary>Overwrites with one letter; line breaks stay.</summary>
    public void Fill(int start, int end, char cover) => Text = string.Create(Text.Length, (Text, start, end, cover), static (to, s) =>
    {
        s.Text.CopyTo(to);
        for (int i = s.start; i < s.end; i++)
        {
            if (to[i] is not ('\n' or '\r'))
            {
                to[i] = s.cover;
            }
        }
    });

    public string NewLine => _original.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public bool HasForeignBreaks => _original.AsSpan().IndexOfAny(Breaks) >= 0;

    /// <summary>Offset of the first U+0085, U+2028 or U+2029 between two offsets; -1 when there is none.</summary>
    public int NextForeignBreak(int start, int end)
    {
        int at = Text.AsSpan(start, end - start).IndexOfAny(Breaks);
        return at < 0 ? at : start + at;
    }

    /// <summary>
    /// Puts other letters where a quoted text has U+0085, U+2028 or U+2029, which the parser takes for line breaks; false when
    /// there are none. <see cref="Unmask"/> puts them back into values.
    /// </summary>
    public bool MaskBreaks(int start, int end)
    {
        if (NextForeignBreak(start, end) < 0)
        {
            return false;
        }
        if (_stands is null)
        {
            _stands = new char[Breaks.Length];
            char letter = '\uE000';
            for (int i = 0; i < Breaks.Length; i++, letter++)
            {
                while (letter < '\uF8FF' && _original.Contains(letter))
                {
                    letter++;
                }
                _stands[i] = letter;
            }
        }
        Text = string.Create(Text.Length, (Text, start, end, _stands), static (to, s) =>
        {
            s.Text.CopyTo(to);
            for (int i = s.start; i < s.end; i++)
            {
                if (Breaks.IndexOf(to[i]) is >= 0 and int found)
                {
                    to[i] = s._stands[found];
                }
            }
        });
        return true;
    }

    /// <summary>A value as the original text has it. A next-line character counts as a line break and is folded to a blank.</summary>
    public string Unmask(string value) =>
        _stands is null ? value : value.Replace(_stands[0], ' ').Replace(_stands[1], Breaks[1]).Replace(_stands[2], Breaks[2]);

    public int TabbedLines()
    {
        int count = 0;
        for (int at = Text.IndexOf('\t'); at >= 0; at = Text.IndexOf('\t', at))
        {
            int start = LineStart(at);
            count += Text.AsSpan(start, at - start).Trim(' ').IsEmpty ? 1 : 0;
            at = LineEnd(at);
        }
        return count;
    }

    /// <summary>Turns each tab of an indentation into a blank, from an offset on.</summary>
    public void BlankTabs(int from) => Text = string.Create(Text.Length, (Text, from), static (to, s) =>
    {
        s.Text.CopyTo(to);
        bool isIndent = true;
        for (int i = s.from; i < to.Length; i++)
        {
            isIndent = to[i] is '\n' or '\r' || (isIndent && to[i] is ' ' or '\t');
            if (isIndent && to[i] == '\t')
            {
                to[i] = ' ';
            }
        }
    });

    /// <summary>Same length, other letters (a template mask).</summary>
    public void Replace(string sameLength) => Text = sameLength;

    public int ToOriginal(int offset)
    {
        if (_pieces.Count == 1 && !_pieces[0].IsInserted)
        {
            return Math.Min(offset + _pieces[0].Original, _original.Length);
        }
        Piece piece = _pieces[PieceAt(offset)];
        return Math.Min(piece.IsInserted ? piece.Original : piece.Original + offset - piece.Start, _original.Length);
    }

    /// <summary>
    /// What the original has between two offsets of one plain text, its lines joined; null when a repair put nothing but blanks
    /// in between them.
    /// </summary>
    public string? Written(int start, int end)
    {
        if (_pieces.Count == 1)
        {
            return null;
        }
        bool hasInserted = false;
        var written = new System.Text.StringBuilder();
        for (int i = PieceAt(start); i < _pieces.Count && _pieces[i].Start < end; i++)
        {
            int from = Math.Max(start, _pieces[i].Start);
            ReadOnlySpan<char> part = Text.AsSpan(from, Math.Min(end, i + 1 < _pieces.Count ? _pieces[i + 1].Start : Text.Length) - from);
            bool isForeign = _pieces[i].IsInserted && !part.IsWhiteSpace();
            hasInserted |= isForeign;
            written.Append(isForeign ? [] : part);
        }
        return hasInserted ? string.Join(' ', written.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) : null;
    }

    /// <summary>Index of the piece that an offset of the patched text lies in; of two that start there, the last.</summary>
    private int PieceAt(int offset)
    {
        int low = 0;
        int high = _pieces.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _pieces[middle].Start <= offset ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>Makes a piece begin at that offset and returns its index.</summary>
    private int Split(int at)
    {
        int i = PieceAt(at);
        Piece piece = _pieces[i];
        if (piece.Start == at)
        {
            return i;
        }
        _pieces.Insert(i + 1, piece with { Start = at, Original = piece.IsInserted ? piece.Original : piece.Original + at - piece.Start });
        return i + 1;
    }

    private void Move(int from, int by)
    {
        Span<Piece> pieces = CollectionsMarshal.AsSpan(_pieces);
        for (int i = from; i < pieces.Length; i++)
        {
            pieces[i] = pieces[i] with { Start = pieces[i].Start + by };
        }
    }

    /// <summary>True when the original has that text at the span already.</summary>
    public bool IsOriginal(TextSpan span, string expected) => span.End <= _original.Length && _original.AsSpan(span.Start, span.Length).SequenceEqual(expected);

    /// <summary>Original offset at which the line of an original offset starts.</summary>
    public int OriginalLineStart(int offset)
    {
        int at = Math.Min(offset, _original.Length);
        return _original.AsSpan(0, at).LastIndexOfAny('\n', '\r') + 1;
    }

    /// <summary>How many lines of the original text lie between two of its offsets; 0 on one line.</summary>
    public int OriginalLinesBetween(int start, int end)
    {
        int lines = 0;
        for (int i = start; i < end; i++)
        {
            lines += _original[i] == '\n' || (_original[i] == '\r' && (i + 1 == _original.Length || _original[i + 1] != '\n')) ? 1 : 0;
        }
        return lines;
    }

    public ReadOnlySpan<char> OriginalText(int start, int end)
    {
        int from = ToOriginal(start);
        return _original.AsSpan(from, Math.Max(0, ToOriginal(end) - from));
    }

    /// <summary>True when a repair put something in at that original offset (a colon behind an unfinished key).</summary>
    public bool WasInserted(int originalOffset) => _insertedAt.Contains(originalOffset);

    public int LineStart(int offset) => Text.AsSpan(0, Math.Min(offset, Text.Length)).LastIndexOfAny('\n', '\r') + 1;

    public int LineEnd(int offset)
    {
        int at = Math.Min(offset, Text.Length);
        int next = Text.AsSpan(at).IndexOfAny('\n', '\r');
        return next < 0 ? Text.Length : at + next;
    }

    /// <summary>True when a <c>#</c> that opens a comment stands before the offset on its line (quotes are not looked at: a hint only).</summary>
    public bool InComment(int offset)
    {
        // Breaks of YAML 1.1 end a comment, too, though editors make no line of them.
        int start = Text.AsSpan(0, Math.Min(offset, Text.Length)).LastIndexOfAny("\n\r" + Breaks) + 1;
        bool isInside = false;
        for (int i = start; i < offset && !isInside; i++)
        {
            isInside = Text[i] == '#' && (i == 0 || YamlCharacters.IsBlankOrBreak(Text[i - 1]));
        }
        return isInside;
    }
}
