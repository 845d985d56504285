using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>Finds the place of a key or list item in block style; where the cursor's column fits no level, the nearest that does.</summary>
internal sealed class BlockPlace
{
    private const string Dash = "- ";
    private const int MaxLevels = 16;

    private readonly ManifestDocument _document;
    private readonly int _line;
    private readonly string _text;
    private readonly int _start;
    private readonly CursorLine _cursor;
    private readonly string _mark;
    private readonly Lazy<int> _errors;

    private BlockPlace(ManifestDocument document, int line, CursorLine cursor, string mark)
    {
        _document = document;
        _line = line;
        _text = document.Text;
        _start = document.Lines.LineStart(line);
        int end = document.Lines.LineEnd(line);
        _cursor = cursor;
        _mark = mark;
        _errors = new Lazy<int>(() => new ManifestDocument(string.Concat(_text.AsSpan(0, _start), _text.AsSpan(end))).Errors.Length);
    }

    public static CursorPlace? Find(ManifestDocument document, int line, CursorLine cursor, string mark) =>
        new BlockPlace(document, line, cursor, mark).Find();

    /// <summary>The place when the line below, which is deeper than the cursor, is taken for a neighbour instead of as the key's content.</summary>
    public static CursorPlace? FindBeside(ManifestDocument document, int line, CursorLine cursor, string mark) =>
        new BlockPlace(document, line, cursor, mark).Reindented(below: true);

    /// <summary>The place as that of a new item, where a key could stand as well.</summary>
    public static CursorPlace? FindItem(ManifestDocument document, int line, CursorLine cursor, string mark) =>
        new BlockPlace(document, line, cursor, mark).Item();

    /// <summary>The value is cut out and its key looked up: what is typed so far (an open quote, say) must not spoil the tree.</summary>
    public static CursorPlace? FindValue(string text, int lineStart, CursorLine cursor)
    {
        int end = lineStart + cursor.WordEnd + (cursor.IsQuoteClosed ? 1 : 0);
        var copy = new ManifestDocument(string.Concat(text.AsSpan(0, lineStart + cursor.KeyEnd), text.AsSpan(end)));
        foreach (YamlNode node in copy.Root?.DescendantsAndSelf() ?? [])
        {
            if (node.Entry is { } entry && ReferenceEquals(entry.Key, node) && node.Span.Start == lineStart + cursor.KeyStart)
            {
                return new CursorPlace { Kind = PlaceKind.Value, Line = cursor, Marked = copy, Node = entry.Value, Entry = entry };
            }
        }
        return null;
    }

    private CursorPlace? Find()
    {
        Marking? here = MarkHere("");
        if (here is { IsInText: true })
        {
            // Inside of a block scalar or a quoted text of several lines nothing is a key.
            return null;
        }
        if (here is { Entry: not null, Fits: true })
        {
            return KeyPlace(here, null);
        }
        return Item() ?? Reindented();
    }

    private CursorPlace? Item() =>
        !_cursor.HasDash && MarkHere(Dash) is { Fits: true, Entry.Mapping.Owner: YamlSequence { Items.Length: > 1 } } item ? ItemPlace(item, null) : null;

    private CursorPlace KeyPlace(Marking marking, int? column) => new()
    {
        Kind = PlaceKind.Key,
        Line = _cursor,
        Marked = marking.Document,
        Node = marking.Entry!.Mapping,
        Entry = marking.Entry,
        Column = column,
        ListAbove = _cursor.HasDash || _cursor.HasColon ? null : ListAbove(marking.Document, marking.Entry),
    };

    private CursorPlace ItemPlace(Marking marking, int? column) => new()
    {
        Kind = PlaceKind.NewItem,
        Line = _cursor,
        Marked = marking.Document,
        Node = (YamlSequence)marking.Entry!.Mapping.Owner!,
        Entry = marking.Entry,
        Column = column,
    };

    /// <summary>The entry before the mark, when its value is missing or a list whose dashes stand at the mark's column.</summary>
    private static YamlEntry? ListAbove(ManifestDocument document, YamlEntry marked)
    {
        int index = marked.Mapping.Entries.IndexOf(marked);
        if (index <= 0)
        {
            return null;
        }
        YamlEntry above = marked.Mapping.Entries[index - 1];
        bool open = above.Value is YamlScalar { IsMissing: true }
            || (above.Value is YamlSequence { IsFlow: false } list && Marking.ColumnOf(document, list.Dashes[0]) == Marking.ColumnOf(document, marked.Key.Span.Start));
        return open ? above : null;
    }

    private CursorPlace? Reindented(bool below = false)
    {
        if (_cursor.HasColon)
        {
            return null;
        }
        foreach ((int column, bool dash) in Levels(below))
        {
            if (_cursor.HasDash && !dash)
            {
                continue;
            }
            Marking? marking = MarkAt(dash ? Dash : "", column);
            if (marking is not { Entry: not null, Fits: true })
            {
                continue;
            }
            if (!dash)
            {
                return KeyPlace(marking, column);
            }
            if (marking.Entry.Mapping.Owner is YamlSequence { Items.Length: > 1 })
            {
                return ItemPlace(marking, column);
            }
        }
        return null;
    }

    /// <summary>
    /// Columns of keys and dashes around the cursor that it may be meant for: that of the line below, then those that are
    /// open above, the deepest that is not deeper than the cursor first.
    /// </summary>
    /// <param name="below">The line below alone, however deep it is.</param>
    private List<(int Column, bool IsDash)> Levels(bool below)
    {
        var levels = new List<(int, bool)>();
        int limit = below ? int.MaxValue : _cursor.HasDash ? _cursor.Indent : _cursor.WordStart;
        LineIndex lines = _document.Lines;
        for (int line = _line + 1; line < lines.LineCount; line++)
        {
            if (Read(lines.Line(line), out int indent, out int content))
            {
                Add(levels, indent, content, limit);
                break;
            }
        }
        int open = below ? 0 : int.MaxValue;
        for (int line = _line - 1; line >= 0 && open > 0 && levels.Count < MaxLevels; line--)
        {
            if (Read(lines.Line(line), out int indent, out int content) && indent < open)
            {
                open = indent;
                Add(levels, indent, content, limit);
            }
        }
        return levels;
    }

    private static void Add(List<(int, bool)> levels, int indent, int content, int limit)
    {
        if (content <= limit)
        {
            levels.Add((content, false));
        }
        if (content > indent && indent <= limit)
        {
            levels.Add((indent, true));
        }
    }

    /// <summary>Where a line's first dash or key and its key stand. False for blank lines and comments.</summary>
    private static bool Read(ReadOnlySpan<char> line, out int indent, out int content)
    {
        int at = 0;
        while (at < line.Length && line[at] == ' ')
        {
            at++;
        }
        indent = at;
        while (at + 1 < line.Length && line[at] == '-' && line[at + 1] == ' ')
        {
            at++;
            while (at < line.Length && line[at] == ' ')
            {
                at++;
            }
        }
        content = at;
        return at < line.Length && line[at] != '#';
    }

    private Marking? MarkHere(string prefix)
    {
        int quotes = _cursor.Quote == '\0' ? 0 : 1;
        return Mark(string.Concat(_text.AsSpan(0, _start + _cursor.WordStart - quotes), _cursor.NeedsBlank ? " " : "", prefix));
    }

    private Marking? MarkAt(string prefix, int column) => Mark(string.Concat(_text.AsSpan(0, _start), new string(' ', column), prefix));

    private Marking? Mark(string head)
    {
        int tail = _start + _cursor.WordEnd + (_cursor.IsQuoteClosed ? 1 : 0);
        var copy = new ManifestDocument(string.Concat(head, _mark, _cursor.HasColon ? "" : ":", _text.AsSpan(tail)));
        return Marking.Find(copy, _mark, head.Length, () => _errors.Value);
    }
}
