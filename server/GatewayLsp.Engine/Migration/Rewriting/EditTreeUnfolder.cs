using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>
/// Puts copies of what they stand for in the place of aliases and merge keys, for documents in which places that share a
/// value come to differ. Comments stay with the original.
/// </summary>
internal sealed class EditTreeUnfolder(EditTree tree)
{
    private const int MaxNodes = 20_000;
    private const int MaxDepth = 64;

    private readonly HashSet<YamlNode> _open = new(ReferenceEqualityComparer.Instance);
    private int _count;

    /// <summary>The aliases and merge keys that were replaced; null when the document would become too large, or something in it is not known.</summary>
    public static List<YamlNode>? Unfold(EditTree tree)
    {
        var unfolder = new EditTreeUnfolder(tree);
        var replaced = new List<YamlNode>();
        return tree.Root is EditCollection root && unfolder.Walk(root, replaced, 0) ? replaced : null;
    }

    private bool Walk(EditCollection collection, List<YamlNode> replaced, int depth)
    {
        if (depth > MaxDepth)
        {
            return false;
        }
        foreach (EditPart part in collection.Parts.ToArray())
        {
            if (part is EditEntry { Origin.IsMerge: true } merge)
            {
                if (!Merge((EditMapping)collection, merge, replaced, depth))
                {
                    return false;
                }
            }
            else if (part.Value is EditScalar { Origin: YamlAlias alias })
            {
                if (Copy(alias, alias, depth) is not { } copy)
                {
                    return false;
                }
                replaced.Add(alias);
                Edits.Replace(part, copy);
            }
            else if (part.Value is EditCollection inner && !Walk(inner, replaced, depth + 1))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary><c>&lt;&lt;: *a</c> or <c>&lt;&lt;: [*a, *b]</c>: entries that the mapping does not have itself, of the first that has them.</summary>
    private bool Merge(EditMapping map, EditEntry merge, List<YamlNode> replaced, int depth)
    {
        YamlNode[] sources = merge.Origin!.Value is YamlSequence list ? [.. list.Items] : [merge.Origin.Value];
        replaced.Add(merge.Origin.Value);
        int at = map.Entries.IndexOf(merge);
        List<string> above = merge.Above;
        above.AddRange(Edits.Pad(Edits.Comments(merge).Except(above.Select(line => line.Trim())), merge));
        map.Entries.RemoveAt(at);
        int first = at;
        foreach (YamlNode source in sources)
        {
            if (source.Resolved() is not YamlMapping || Copy(source, merge.Origin.Value, depth) is not EditMapping copy)
            {
                return false;
            }
            foreach (EditEntry entry in copy.Entries.Where(entry => map.Find(entry.Name) is null).ToArray())
            {
                map.Entries.Insert(at++, entry);
            }
        }
        if (above.Count > 0 && map.Entries.Count > 0)
        {
            map.Entries[Math.Min(first, map.Entries.Count - 1)].Above.InsertRange(0, above);
        }
        return true;
    }

    /// <param name="place">Where reports about the copy point to.</param>
    private EditNode? Copy(YamlNode source, YamlNode place, int depth)
    {
        YamlNode? node = source.Resolved();
        if (node is null || depth > MaxDepth || ++_count > MaxNodes || !_open.Add(node))
        {
            return null;
        }
        EditNode? copy = node switch
        {
            YamlMapping mapping => CopyMapping(mapping, place, depth),
            YamlSequence sequence => CopySequence(sequence, place, depth),
            YamlScalar { IsOpaque: true } => null,
            YamlScalar { IsMissing: true } => new EditScalar(null, "", ""),
            YamlScalar scalar => new EditScalar(null, RawOf(scalar), scalar.Value),
            _ => null,
        };
        if (copy is not null)
        {
            copy.Place = place;
        }
        _open.Remove(node);
        return copy;
    }

    private EditMapping? CopyMapping(YamlMapping mapping, YamlNode place, int depth)
    {
        var copy = new EditMapping(null, mapping.IsFlow);
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.IsMerge)
            {
                foreach (YamlNode source in entry.Value is YamlSequence list ? list.Items : [entry.Value])
                {
                    if (source.Resolved() is not YamlMapping || Copy(source, place, depth + 1) is not EditMapping merged)
                    {
                        return null;
                    }
                    copy.Entries.AddRange(merged.Entries.Where(one => mapping.FindOwn(one.Name) is null && copy.Find(one.Name) is null));
                }
            }
            else if (entry.Key is not YamlScalar { IsOpaque: false } || Copy(entry.Value, place, depth + 1) is not { } value)
            {
                return null;
            }
            else
            {
                copy.Entries.Add(EditEntry.New(entry.Name, value));
            }
        }
        return copy;
    }

    private EditSequence? CopySequence(YamlSequence sequence, YamlNode place, int depth)
    {
        var copy = new EditSequence(null, sequence.IsFlow);
        foreach (YamlNode item in sequence.Items)
        {
            if (Copy(item, place, depth + 1) is not { } value)
            {
                return null;
            }
            copy.Items.Add(new EditItem(value));
        }
        return copy;
    }

    /// <summary>The notation, without anchor; text of several lines on one, because its indentation is that of the original.</summary>
    private string RawOf(YamlScalar scalar)
    {
        string raw = tree.Document.Text.Substring(scalar.Span.Start, scalar.Span.Length);
        return raw.Contains('\n') ? YamlText.Quoted(scalar.Value) : raw;
    }
}
