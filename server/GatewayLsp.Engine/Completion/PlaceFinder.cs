using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>
/// Finds the cursor's place in a document's structure, in whatever state the line at the cursor is: a mark replaces the
/// word being typed, the copy is parsed (tolerantly), and the mark is looked for in the tree. Only that document is read.
/// </summary>
internal static class PlaceFinder
{
    /// <summary>A name that no manifest has.</summary>
    private const string Mark = "gatewayLspCursorMark";

    private const int MaxLevels = 64;

    public static CursorPlace? Find(ManifestDocument document, int offset)
    {
        int line = document.Lines.LineOf(offset);
        int start = document.Lines.LineStart(line);
        CursorLine cursor = CursorLine.Read(document.Lines.Line(line), offset - start);
        if (cursor.Slot == CursorSlot.Flow || IsInFlow(document, offset, start))
        {
            return FlowPlace.Find(document.Text, offset, Mark);
        }
        return cursor.Slot switch
        {
            CursorSlot.Key => InBlock(document, start, cursor),
            CursorSlot.Value => InValue(document.Text, start, cursor),
            _ => null,
        };
    }

    /// <summary>A collection in braces that opened on an earlier line goes by its own rules.</summary>
    private static bool IsInFlow(ManifestDocument document, int offset, int lineStart)
    {
        if (document.Text.AsSpan(0, lineStart).IndexOfAny('{', '[') < 0 || document.Root is not { } root)
        {
            return false;
        }
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true }
                && node.Span.Start < lineStart && node.Span.Start < offset && offset < node.Span.End)
            {
                return true;
            }
        }
        return false;
    }

    private static CursorPlace? InBlock(ManifestDocument document, int start, CursorLine cursor)
    {
        string text = document.Text;
        Marking? plain = Marking.At(text, start, cursor, "", cursor.WordStart, Mark);
        if (plain is { IsInText: true })
        {
            // Inside of a block scalar or a quoted text of several lines nothing is a key.
            return null;
        }
        if (plain is { Entry: not null, Fits: true })
        {
            return KeyPlace(plain, cursor, null);
        }
        if (!cursor.HasDash)
        {
            Marking? item = Marking.At(text, start, cursor, "- ", cursor.WordStart, Mark);
            if (item is { Fits: true, Entry.Mapping.Owner: YamlSequence { Items.Length: > 1 } list })
            {
                return new CursorPlace { Kind = PlaceKind.NewItem, Line = cursor, Marked = item.Document, Node = list, Entry = item.Entry };
            }
        }
        return Reindented(text, start, cursor);
    }

    private static CursorPlace KeyPlace(Marking marking, CursorLine cursor, int? column)
    {
        YamlEntry entry = marking.Entry!;
        return new CursorPlace
        {
            Kind = PlaceKind.Key, Line = cursor, Marked = marking.Document, Node = entry.Mapping, Entry = entry, Column = column,
            ListAbove = cursor.HasDash || cursor.HasColon ? null : ListAbove(marking.Document, entry),
        };
    }

    /// <summary>The entry before the mark, when its value is missing or a list whose dashes stand at the mark's column.</summary>
    private static YamlEntry? ListAbove(ManifestDocument document, YamlEntry marked)
    {
        int index = marked.Mapping.Entries.IndexOf(marked);
        if (index <= 0)
        {
            return null;
        }
        YamlEntry above = marked.Mapping.Entries[index - 1];
        return above.Value is YamlScalar { IsMissing: true } ? above
            : above.Value is YamlSequence { IsFlow: false } list && Marking.ColumnOf(document, list.Dashes[0]) == Marking.ColumnOf(document, marked.Key.Span.Start) ? above
            : null;
    }

    /// <summary>The cursor's column fits no level: take the nearest one that encloses it.</summary>
    private static CursorPlace? Reindented(string text, int start, CursorLine cursor)
    {
        if (cursor.HasDash)
        {
            return null;
        }
        foreach (int column in Levels(text, start, cursor.WordStart))
        {
            if (Marking.At(text, start, cursor, "", column, Mark) is { Entry: not null, Fits: true, IsInText: false } marking)
            {
                return KeyPlace(marking, cursor, column);
            }
        }
        return null;
    }

    /// <summary>Columns of keys above that are open at this line, from the deepest that is not deeper than the cursor.</summary>
    private static List<int> Levels(string text, int start, int column)
    {
        var levels = new List<int>();
        int open = int.MaxValue;
        int at = start;
        while (at > 0 && open > 0 && levels.Count < MaxLevels)
        {
            int end = at - 1;
            at = end == 0 ? 0 : text.LastIndexOf('\n', end - 1) + 1;
            ReadOnlySpan<char> line = text.AsSpan(at, end - at).TrimEnd();
            CursorLine read = CursorLine.Read(line, line.Length);
            int content = 0;
            while (content < line.Length && line[content] is ' ' or '-')
            {
                content++;
            }
            if (content >= line.Length || line[content] == '#' || content >= open || (read.Slot == CursorSlot.None && !line.Contains(':')))
            {
                continue;
            }
            int indent = line.Length - line.TrimStart(' ').Length;
            open = indent;
            if (content <= column)
            {
                levels.Add(content);
            }
        }
        return levels;
    }

    /// <summary>The value is cut out and its key looked up: what is typed so far (an open quote, say) must not spoil the tree.</summary>
    private static CursorPlace? InValue(string text, int start, CursorLine cursor)
    {
        int end = start + cursor.WordEnd + (cursor.IsQuoteClosed ? 1 : 0);
        var copy = new ManifestDocument(string.Concat(text.AsSpan(0, start + cursor.KeyEnd), text.AsSpan(end)));
        if (copy.Root is not { } root)
        {
            return null;
        }
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node.Entry is { } entry && ReferenceEquals(entry.Key, node) && node.Span.Start == start + cursor.KeyStart)
            {
                return new CursorPlace { Kind = PlaceKind.Value, Line = cursor, Marked = copy, Node = entry.Value, Entry = entry };
            }
        }
        return null;
    }
}
