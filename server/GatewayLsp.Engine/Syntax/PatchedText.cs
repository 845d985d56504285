using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// A document's text with repairs put in so that the parser gets through, and the way back: every offset of the patched
/// text maps to one of the original. Few edits, so undoing them one by one is cheap and simple.
/// </summary>
internal sealed class PatchedText
{
    private const string Breaks = "\u0085\u2028\u2029";

    private readonly string _original;
    private readonly List<(int At, int Inserted, int Removed)> _edits = [];
    private List<int>? _insertedAt;
    private char[]? _stands;

    public PatchedText(string original)
    {
        _original = original;
        Text = original;
        IsJson = original.AsSpan().TrimStart().StartsWith("{");
    }

    public string Text { get; private set; }

    /// <summary>True for a text that Kubernetes' clients read as JSON: they tell by the first brace.</summary>
    public bool IsJson { get; }

    public bool IsPatched => _edits.Count > 0;

    public void Insert(int at, string text)
    {
        Text = Text.Insert(at, text);
        (_insertedAt ??= []).Add(ToOriginal(at));
        _edits.Add((at, text.Length, 0));
    }

    public void Remove(int at, int length)
    {
        Text = Text.Remove(at, length);
        _edits.Add((at, 0, length));
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
        for (int i = _edits.Count - 1; i >= 0; i--)
        {
            (int at, int inserted, int removed) = _edits[i];
            if (inserted > 0)
            {
                offset = offset >= at + inserted ? offset - inserted : Math.Min(offset, at);
            }
            else if (offset >= at)
            {
                offset += removed;
            }
        }
        return Math.Min(offset, _original.Length);
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
    public bool WasInserted(int originalOffset) => _insertedAt is not null && _insertedAt.Contains(originalOffset);

    public int LineStart(int offset)
    {
        int at = Math.Min(offset, Text.Length);
        while (at > 0 && Text[at - 1] is not ('\n' or '\r'))
        {
            at--;
        }
        return at;
    }

    public int LineEnd(int offset)
    {
        int at = Math.Min(offset, Text.Length);
        int next = Text.AsSpan(at).IndexOfAny('\n', '\r');
        return next < 0 ? Text.Length : at + next;
    }

    /// <summary>True when a <c>#</c> that opens a comment stands before the offset on its line (quotes are not looked at: a hint only).</summary>
    public bool InComment(int offset)
    {
        bool isInside = false;
        for (int i = LineStart(offset); i < offset; i++)
        {
            // Breaks of YAML 1.1, of which editors make no line.
            isInside = Text[i] is not ('\u0085' or '\u2028' or '\u2029') && (isInside || (Text[i] == '#' && (i == 0 || YamlCharacters.IsBlankOrBreak(Text[i - 1]))));
        }
        return isInside;
    }
}
