namespace GatewayLsp.Engine.Syntax;

/// <summary>
/// A document's text with repairs put in so that the parser gets through, and the way back: every offset of the patched
/// text maps to one of the original. Few edits, so undoing them one by one is cheap and simple.
/// </summary>
internal sealed class PatchedText
{
    private readonly string _original;
    private readonly List<(int At, int Inserted, int Removed)> _edits = [];
    private List<int>? _insertedAt;

    public PatchedText(string original)
    {
        _original = original;
        Text = original;
    }

    public string Text { get; private set; }

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
    public void Blank(int start, int end) => Text = string.Create(Text.Length, (Text, start, end), static (to, s) =>
    {
        s.Text.CopyTo(to);
        for (int i = s.start; i < s.end; i++)
        {
            if (to[i] is not ('\n' or '\r'))
            {
                to[i] = ' ';
            }
        }
    });

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

    /// <summary>Original offset at which the line of an original offset starts.</summary>
    public int OriginalLineStart(int offset)
    {
        int at = Math.Min(offset, _original.Length);
        return _original.AsSpan(0, at).LastIndexOfAny('\n', '\r') + 1;
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
        for (int i = LineStart(offset); i < offset; i++)
        {
            if (Text[i] == '#' && (i == 0 || char.IsWhiteSpace(Text[i - 1])))
            {
                return true;
            }
        }
        return false;
    }
}
