using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>Changes of an edit tree. None loses a comment: those of what goes are kept above what stays.</summary>
internal static class Edits
{
    public static EditScalar Scalar(string value) => new(null, YamlText.Of(value), value);

    public static EditScalar Number(int value, bool isPlaceholder = false)
    {
        string text = value.ToString(CultureInfo.InvariantCulture);
        return new EditScalar(null, text, text) { IsPlaceholder = isPlaceholder };
    }

    public static EditMapping Map(params ReadOnlySpan<(string Name, EditNode Value)> entries)
    {
        var map = new EditMapping(null, isFlow: false);
        foreach ((string name, EditNode value) in entries)
        {
            map.Entries.Add(EditEntry.New(name, value));
        }
        return map;
    }

    public static EditSequence List(params ReadOnlySpan<EditNode> items)
    {
        var list = new EditSequence(null, isFlow: false);
        foreach (EditNode item in items)
        {
            list.Items.Add(new EditItem(item));
        }
        return list;
    }

    /// <summary>The comments of a part, in order, each with its <c>#</c>.</summary>
    public static List<string> Comments(EditPart part)
    {
        var found = new List<string>();
        Collect(part, found);
        return found;
    }

    /// <summary>Puts another value in the place of a part's; comments that the new one does not take over go above.</summary>
    public static void Replace(EditPart part, EditNode value)
    {
        List<string> lost = Comments(part);
        string rest = part.Value is EditCollection { IsFlow: false, Parts.Count: > 0 } ? part.Head : part.Value.Trailing;
        foreach (string line in part.Above)
        {
            lost.Remove(line.Trim());
        }
        part.Value = value;
        part.Head = "";
        if (CommentOf(rest) is [var comment] && Comments(part).Contains(comment))
        {
            // It stays with a piece of the old value that the new one has in it.
            rest = "";
        }
        if (value is EditCollection { IsFlow: false, Parts.Count: > 0 })
        {
            part.Head = rest;
            part.IsBelow = part is EditEntry;
        }
        else if (value.Trailing.Length == 0)
        {
            value.Trailing = rest;
        }
        part.Gap = part.Gap.Contains('\n') || part.Gap.Length == 0 ? " " : part.Gap;
        foreach (string kept in Comments(part))
        {
            lost.Remove(kept);
        }
        part.Above.AddRange(Pad(lost, part));
    }

    /// <summary>Takes out an entry with what belongs to it; its comments stay.</summary>
    /// <param name="about">What the comments were about, to be said behind them: they must not seem to be about what comes next.</param>
    public static void Remove(EditMapping map, EditEntry entry, string? about = null)
    {
        int index = Detach(map, entry);
        Keep(map, index, entry, about);
    }

    /// <inheritdoc cref="Remove(EditMapping, EditEntry, string?)"/>
    public static void Remove(EditSequence list, EditItem item, string? about = null)
    {
        int index = Detach(list, item);
        Keep(list, index, item, about);
    }

    /// <summary>Takes out a part with its comments, to be put elsewhere or thrown away. Its index is returned.</summary>
    public static int Detach(EditCollection collection, EditPart part)
    {
        int index = collection switch
        {
            EditMapping map => map.Entries.IndexOf((EditEntry)part),
            EditSequence list => list.Items.IndexOf((EditItem)part),
            _ => -1,
        };
        if (index < 0)
        {
            return index;
        }
        (collection as EditMapping)?.Entries.RemoveAt(index);
        (collection as EditSequence)?.Items.RemoveAt(index);
        if (collection.IsFlow && index == 0 && collection.Parts.Count > 0 && collection.Parts[0].Lead?.Contains('\n') != true)
        {
            collection.Parts[0].Lead = part.Lead;
        }
        return index;
    }

    /// <summary>Takes out an entry to put it elsewhere: its comments go with it.</summary>
    public static EditEntry Take(EditMapping map, EditEntry entry)
    {
        Detach(map, entry);
        return entry;
    }

    public static EditEntry InsertAfter(EditMapping map, EditEntry? after, EditEntry entry)
    {
        int index = after is null ? 0 : map.Entries.IndexOf(after) + 1;
        if (index == 0 && map.Entries.Count > 0)
        {
            // The lines above the first belong to the whole.
            entry.Above.InsertRange(0, map.Entries[0].Above);
            map.Entries[0].Above = [];
        }
        if (map.IsFlow && index == 0 && map.Entries.Count > 0 && entry.Lead is null)
        {
            (entry.Lead, map.Entries[0].Lead) = (map.Entries[0].Lead, null);
        }
        map.Entries.Insert(index, entry);
        return entry;
    }

    public static EditEntry Add(EditMapping map, string name, EditNode value) =>
        InsertAfter(map, map.Entries.Count == 0 ? null : map.Entries[^1], EditEntry.New(name, value));

    /// <summary>Puts the entries of an entry's mapping into its place.</summary>
    public static void Hoist(EditMapping map, EditEntry entry)
    {
        int index = map.Entries.IndexOf(entry);
        var inner = (EditMapping)entry.Value;
        map.Entries.RemoveAt(index);
        var above = new List<string>(entry.Above);
        above.AddRange(Pad(CommentOf(entry.Head), entry));
        above.AddRange(Pad(CommentOf(inner.Trailing), entry));
        foreach (EditEntry moved in inner.Entries.ToArray())
        {
            if (map.Find(moved.Name) is not null)
            {
                above.AddRange(Pad(Comments(moved), entry));
                continue;
            }
            moved.Above.InsertRange(0, Rebased(above, entry.Column, moved.Column));
            moved.Lead = moved.Lead is null ? null : entry.Lead;
            above = [];
            map.Entries.Insert(index++, moved);
        }
        Keep(map, index, above);
    }

    /// <summary>Makes a list of one out of a value where a list belongs.</summary>
    public static void WrapInList(EditEntry entry)
    {
        EditNode value = entry.Value;
        EditSequence list = value is EditScalar or EditCollection { IsFlow: true } ? new EditSequence(null, isFlow: true) : new EditSequence(null, isFlow: false);
        string trailing = value.Trailing;
        value.Trailing = "";
        list.Items.Add(new EditItem(value) { Lead = list.IsFlow ? "" : null });
        if (!list.IsFlow && value is EditMapping { Entries: [var first, ..] })
        {
            // What stood above the first field stands above the dash now.
            list.Items[0].Above = first.Above;
            first.Above = [];
        }
        string head = entry.Head;
        entry.Value = list;
        entry.Head = head;
        list.Trailing = trailing;
    }

    private static void Keep(EditCollection collection, int index, EditPart removed, string? about)
    {
        if (about is null)
        {
            Keep(collection, index, Comments(removed));
            return;
        }
        // What a blank line separates from the part is not about it.
        int own = removed.Above.FindLastIndex(line => line.AsSpan().Trim().IsEmpty) + 1;
        List<string> others = removed.Above[..own];
        removed.Above = removed.Above[own..];
        List<string> comments = Comments(removed);
        if (comments.Count > 0)
        {
            comments[^1] += $" (removed: {about})";
        }
        Keep(collection, index, comments);
        if (index >= 0 && index < collection.Parts.Count)
        {
            collection.Parts[index].Above.InsertRange(0, others);
        }
        else
        {
            collection.Below.InsertRange(0, others.SelectMany(CommentOf));
        }
    }

    private static void Keep(EditCollection collection, int index, List<string> comments)
    {
        if (comments.Count == 0 || collection.Parts.Count == 0 || index < 0)
        {
            return;
        }
        if (index < collection.Parts.Count)
        {
            EditPart beside = collection.Parts[index];
            beside.Above.InsertRange(0, Pad(comments, beside));
        }
        else
        {
            collection.Below.AddRange(comments);
        }
    }

    public static IEnumerable<string> Pad(IEnumerable<string> comments, EditPart part) =>
        comments.Select(comment => new string(' ', Math.Max(0, part.Column)) + comment.TrimStart());

    /// <summary>Lines that stood above a part, for one that was read at another column: both move to the same place.</summary>
    public static IEnumerable<string> Rebased(IEnumerable<string> lines, int from, int to)
    {
        foreach (string line in lines)
        {
            int blanks = line.Length - line.TrimStart(' ').Length;
            yield return line.AsSpan().Trim().IsEmpty || from < 0 || to < 0 ? line : new string(' ', Math.Max(0, blanks + to - from)) + line[blanks..];
        }
    }

    private static void Collect(EditPart part, List<string> found)
    {
        found.AddRange(part.Above.Where(line => line.AsSpan().TrimStart().StartsWith("#")).Select(line => line.Trim()));
        if (part.Value is EditCollection { IsFlow: false, Parts.Count: > 0 })
        {
            found.AddRange(CommentOf(part.Head));
        }
        found.AddRange(CommentsOf(part.Gap));
        if (part.Value is EditCollection collection)
        {
            found.AddRange(CommentOf(collection.Open));
            foreach (EditPart inner in collection.Parts)
            {
                Collect(inner, found);
            }
            found.AddRange(collection.Below);
            found.AddRange(CommentsOf(collection.Close));
        }
        found.AddRange(CommentOf(part.Value.Trailing));
    }

    private static IEnumerable<string> CommentsOf(string gap) => gap.Contains('#') ? gap.Split('\n').SelectMany(CommentOf) : [];

    private static List<string> CommentOf(string rest)
    {
        int hash = rest.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? [] : [rest[hash..].TrimEnd()];
    }
}
