using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>An object under migration, with the small changes that all steps are made of.</summary>
internal sealed class StepContext(ManifestObject about, MigrationTarget target, EditTree tree, EditMapping root, MigrationLog log, MigrationFacts facts)
{
    public ManifestObject Object => about;

    public MigrationTarget Target => target;

    public EditMapping Root => root;

    public EditMapping? Spec => root.Map("spec");

    public MigrationLog Log => log;

    public MigrationFacts Facts => facts;

    /// <summary>Renames a field. Null when there is no such field, it is not to be migrated, or both names are there.</summary>
    public EditEntry? Rename(EditMapping map, string old, string name, string message)
    {
        if (map.Find(old) is not { } entry)
        {
            return null;
        }
        if (map.Find(name) is not null)
        {
            log.Human(entry, $"`{old}` is written beside `{name}`, which replaced it: move what is still needed into `{name}` and delete `{old}`.");
            return null;
        }
        if (!log.Field(entry, message))
        {
            return null;
        }
        entry.Rename(name);
        return entry;
    }

    /// <summary>Puts another value in.</summary>
    public bool SetValue(EditMapping map, string field, string value, string message)
    {
        if (map.Get(field) is not EditScalar scalar || !log.Value(scalar, message))
        {
            return false;
        }
        scalar.Set(value);
        return true;
    }

    /// <summary>Takes out a field that says nothing any more.</summary>
    public bool Drop(EditMapping map, string field, string message)
    {
        if (map.Find(field) is not { } entry || !log.Field(entry, message))
        {
            return false;
        }
        Edits.Remove(map, entry);
        return true;
    }

    /// <summary>Takes out a field that can't be carried over, keeps its text as a comment and asks a human.</summary>
    public void CommentOut(EditMapping map, EditEntry entry, string message)
    {
        if (!log.Field(entry, message))
        {
            return;
        }
        log.Human(entry, message);
        CommentOutSilently(map, entry);
    }

    private void CommentOutSilently(EditMapping map, EditEntry entry)
    {
        int index = map.Entries.IndexOf(entry);
        List<string> lines = [.. entry.Above];
        if (entry.Origin is { } origin)
        {
            string text = tree.Document.Text;
            int start = origin.Key.Span.Start;
            int column = tree.Document.Lines.PositionOf(start).Character;
            int end = map.IsFlow ? origin.Span.End : tree.Document.Lines.LineEnd(tree.Document.Lines.LineOf(Math.Max(start, origin.Span.End - 1)));
            foreach (string line in text[start..end].Split('\n'))
            {
                string plain = line.TrimEnd('\r', ' ');
                int blanks = plain.Length - plain.TrimStart(' ').Length;
                lines.Add(new string(' ', column) + "# " + plain[Math.Min(blanks, column)..]);
            }
        }
        map.Entries.RemoveAt(index);
        if (map.Entries.Count == 0)
        {
            return;
        }
        EditEntry beside = map.Entries[Math.Min(index, map.Entries.Count - 1)];
        if (index < map.Entries.Count)
        {
            beside.Above.InsertRange(0, lines);
        }
        else
        {
            beside.Above.AddRange(lines);
        }
    }

    /// <summary>Makes a list out of the one value that stands where a list belongs.</summary>
    public void WantList(EditMapping map, string field, string message)
    {
        if (map.Find(field) is { Value: not EditSequence } entry && entry.Value is EditMapping or EditScalar { IsKnown: true, Raw.Length: > 0 }
            && (IsNew(entry) || (facts.Guesses && log.Field(entry, message))))
        {
            Edits.WrapInList(entry);
        }
    }

    /// <summary>Makes mappings out of the plain names of a list.</summary>
    public void WantNames(EditMapping map, string field, string message)
    {
        if (map.Find(field) is not { Value: EditSequence list } entry)
        {
            return;
        }
        foreach (EditItem item in list.Items)
        {
            if (item.Value is EditScalar { IsKnown: true, Raw.Length: > 0 } name && (IsNew(entry) || (facts.Guesses && log.Value(name, message))))
            {
                Edits.Replace(item, Edits.Map(("name", Edits.Scalar(name.Value))));
            }
        }
    }

    /// <summary>
    /// True for what is being rewritten anyway. A slip in a field of today has a finding of its own: migration mends it along
    /// with the rest, but does not explain it.
    /// </summary>
    private bool IsNew(EditEntry entry) => log.IsOpen || entry.Origin is null || entry.Origin.Name != entry.Name;
}
