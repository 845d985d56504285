namespace GatewayLsp.Engine.Completion;

/// <summary>What could be typed at a place of a line, judged by the line alone.</summary>
internal enum CursorSlot : byte
{
    /// <summary>Nothing to offer: a comment, the blanks before other text, a block scalar's header, a document marker.</summary>
    None,

    /// <summary>A key, or a list's scalar item, or nothing yet.</summary>
    Key,

    /// <summary>The value of the key on this line.</summary>
    Value,

    /// <summary>Inside of <c>{ }</c> or <c>[ ]</c> that opened on this line.</summary>
    Flow,
}

/// <summary>
/// A line as the cursor sees it: head (blanks and dashes), key, value, and the word that accepting an offer replaces.
/// All numbers are UTF-16 columns.
/// </summary>
internal readonly record struct CursorLine
{
    public CursorSlot Slot { get; private init; }

    /// <summary>Blanks at the line's start, up to the cursor.</summary>
    public int Indent { get; private init; }

    public bool HasDash { get; private init; }

    /// <summary>Start of the word at the cursor; the cursor itself when there is none.</summary>
    public int WordStart { get; private init; }

    public int WordEnd { get; private init; }

    /// <summary>Where the key of a value starts.</summary>
    public int KeyStart { get; private init; }

    /// <summary>Column behind the colon of a value's key, and behind an anchor or tag that follows it.</summary>
    public int KeyEnd { get; private init; }

    /// <summary>A colon stands behind the word already.</summary>
    public bool HasColon { get; private init; }

    /// <summary>A blank is missing between a colon or dash and the cursor.</summary>
    public bool NeedsBlank { get; private init; }

    /// <summary>Quote around the value at the cursor, or NUL.</summary>
    public char Quote { get; private init; }

    /// <summary>The quote is closed behind the word.</summary>
    public bool IsQuoteClosed { get; private init; }

    /// <summary>A word inside of braces, found by other means.</summary>
    public static CursorLine InFlow(int start, int end, bool hasColon, bool needsBlank, char quote, bool isQuoteClosed) =>
        new() { Slot = CursorSlot.Flow, WordStart = start, WordEnd = Math.Max(start, end), HasColon = hasColon, NeedsBlank = needsBlank, Quote = quote, IsQuoteClosed = isQuoteClosed };

    public static CursorLine Read(ReadOnlySpan<char> line, int cursor)
    {
        cursor = Math.Clamp(cursor, 0, line.Length);
        int indent = 0;
        while (indent < line.Length && line[indent] is ' ' or '\t')
        {
            indent++;
        }
        if (IsMarker(line) && cursor > 0)
        {
            return default;
        }
        int content = indent;
        bool dash = false;
        bool glued = false;
        while (content < line.Length && line[content] == '-' && (content + 1 == line.Length || line[content + 1] is ' ' or '\t'))
        {
            if (cursor <= content)
            {
                // In front of a dash: whatever is typed here would tear the item apart.
                return default;
            }
            dash = true;
            int next = content + 1;
            while (next < line.Length && line[next] is ' ' or '\t')
            {
                next++;
            }
            glued = cursor == content + 1;
            content = next;
            if (cursor < content)
            {
                if (content < line.Length && line[content] != '#')
                {
                    return default;
                }
                break;
            }
        }
        int end = ContentEnd(line, content);
        if (cursor < content && end > content)
        {
            return default;
        }
        if (end < line.Length && cursor > end && line[end..].TrimStart().StartsWith("#") && cursor > CommentStart(line, end))
        {
            return default;
        }
        var at = new CursorLine { Indent = Math.Min(indent, cursor), HasDash = dash };
        if (end <= content)
        {
            return at with { Slot = CursorSlot.Key, WordStart = cursor, WordEnd = cursor, NeedsBlank = glued };
        }
        if (line[content] is '{' or '[')
        {
            return cursor > content ? at with { Slot = CursorSlot.Flow } : default;
        }
        if (line[content] is '|' or '>' or '&' or '*' or '!' or '%' or '@' or '`')
        {
            return default;
        }
        return InContent(line, cursor, content, end, at);
    }

    private static CursorLine InContent(ReadOnlySpan<char> line, int cursor, int content, int end, CursorLine at)
    {
        int colon = KeyColon(line, content, end);
        if (colon < 0)
        {
            int gluedColon = GluedColon(line, content, end);
            if (gluedColon >= 0 && cursor > gluedColon)
            {
                return cursor > end ? default : at with
                {
                    Slot = CursorSlot.Value, KeyStart = content, KeyEnd = gluedColon + 1, WordStart = gluedColon + 1, WordEnd = end, NeedsBlank = true,
                };
            }
            bool quotedItem = line[content] is '"' or '\'';
            if (quotedItem)
            {
                return Quoted(line, cursor, content, end, at with { Slot = CursorSlot.Key });
            }
            return cursor > end ? default : at with { Slot = CursorSlot.Key, WordStart = content, WordEnd = end };
        }
        if (cursor <= colon)
        {
            int keyEnd = colon;
            while (keyEnd > content && line[keyEnd - 1] == ' ')
            {
                keyEnd--;
            }
            return cursor > keyEnd ? default
                : line[content] is '"' or '\'' ? Quoted(line, cursor, content, keyEnd, at with { Slot = CursorSlot.Key, HasColon = true })
                : at with { Slot = CursorSlot.Key, WordStart = content, WordEnd = keyEnd, HasColon = true };
        }
        int value = colon + 1;
        while (value < line.Length && line[value] is ' ' or '\t')
        {
            value++;
        }
        int head = PropertiesEnd(line, ref value);
        if (cursor <= head && head > colon + 1)
        {
            return default;
        }
        at = at with { Slot = CursorSlot.Value, KeyStart = content, KeyEnd = head, NeedsBlank = cursor == head };
        if (value >= end)
        {
            return at with { WordStart = cursor, WordEnd = cursor };
        }
        if (cursor < value)
        {
            return at with { WordStart = cursor, WordEnd = end };
        }
        return line[value] switch
        {
            '{' or '[' => cursor > value ? at with { Slot = CursorSlot.Flow } : default,
            '|' or '>' or '&' or '*' or '!' => default,
            '"' or '\'' => Quoted(line, cursor, value, end, at),
            _ => cursor > end ? default : at with { WordStart = value, WordEnd = end },
        };
    }

    /// <summary>Passes anchors and tags in front of a value (<c>&amp;a</c>, <c>!!str</c>) that are followed by a blank.</summary>
    /// <returns>The end of the last one, or of the colon.</returns>
    private static int PropertiesEnd(ReadOnlySpan<char> line, ref int value)
    {
        int end = value;
        while (end > 0 && line[end - 1] is ' ' or '\t')
        {
            end--;
        }
        while (value < line.Length && line[value] is '&' or '!')
        {
            int blank = line[value..].IndexOfAny(' ', '\t');
            if (blank < 0)
            {
                break;
            }
            end = value + blank;
            value = end;
            while (value < line.Length && line[value] is ' ' or '\t')
            {
                value++;
            }
        }
        return end;
    }

    private static CursorLine Quoted(ReadOnlySpan<char> line, int cursor, int start, int end, CursorLine at)
    {
        char quote = line[start];
        int close = QuoteEnd(line, start);
        bool closed = close >= 0;
        int inner = closed ? close : end;
        if (cursor <= start || cursor > inner)
        {
            return default;
        }
        return at with { WordStart = start + 1, WordEnd = inner, Quote = quote, IsQuoteClosed = closed };
    }

    /// <summary>Column of the colon that ends the key of this content; -1 when it has none.</summary>
    private static int KeyColon(ReadOnlySpan<char> line, int content, int end)
    {
        int at = content;
        if (line[content] is '"' or '\'')
        {
            at = QuoteEnd(line, content);
            if (at < 0)
            {
                return -1;
            }
            at++;
            while (at < end && line[at] == ' ')
            {
                at++;
            }
            return at < line.Length && line[at] == ':' && (at + 1 >= line.Length || line[at + 1] is ' ' or '\t') ? at : -1;
        }
        for (; at < end; at++)
        {
            if (line[at] == ':' && (at + 1 >= line.Length || line[at + 1] is ' ' or '\t'))
            {
                return at;
            }
        }
        return -1;
    }

    /// <summary>Colon of a plain word with text right behind it (<c>type:Ex</c>): a value without its blank, as long as it is no URL.</summary>
    private static int GluedColon(ReadOnlySpan<char> line, int content, int end)
    {
        if (!char.IsAsciiLetter(line[content]))
        {
            return -1;
        }
        for (int at = content; at < end; at++)
        {
            if (line[at] == ':')
            {
                return at + 1 < end && line[at + 1] is not ('/' or ':' or '{') ? at : -1;
            }
            if (!char.IsAsciiLetterOrDigit(line[at]))
            {
                return -1;
            }
        }
        return -1;
    }

    /// <summary>End of the content that starts there, a comment and the blanks before it left out.</summary>
    private static int ContentEnd(ReadOnlySpan<char> line, int content)
    {
        int end = CommentStart(line, content);
        while (end > content && line[end - 1] is ' ' or '\t')
        {
            end--;
        }
        return end;
    }

    private static int CommentStart(ReadOnlySpan<char> line, int from)
    {
        char quote = '\0';
        for (int i = from; i < line.Length; i++)
        {
            char c = line[i];
            if (quote != '\0')
            {
                if (c == '\\' && quote == '"')
                {
                    i++;
                }
                else if (c == quote)
                {
                    quote = '\0';
                }
            }
            else if (c is '"' or '\'' && (i == from || line[i - 1] is ' ' or '\t' or '[' or '{' or ','))
            {
                quote = c;
            }
            else if (c == '#' && (i == 0 || line[i - 1] is ' ' or '\t'))
            {
                return i;
            }
        }
        return line.Length;
    }

    private static int QuoteEnd(ReadOnlySpan<char> line, int start)
    {
        char quote = line[start];
        for (int i = start + 1; i < line.Length; i++)
        {
            if (line[i] == '\\' && quote == '"')
            {
                i++;
            }
            else if (line[i] == quote)
            {
                if (quote == '\'' && i + 1 < line.Length && line[i + 1] == '\'')
                {
                    i++;
                    continue;
                }
                return i;
            }
        }
        return -1;
    }

    private static bool IsMarker(ReadOnlySpan<char> line) =>
        (line.StartsWith("---") || line.StartsWith("...")) && (line.Length == 3 || line[3] is ' ' or '\t');
}
