using GatewayLsp.Engine.Migration.Rewriting;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>A document under change, and the documents that are to be put behind it.</summary>
internal sealed class RefactoringDraft(EditTree tree)
{
    /// <summary>Texts of whole documents, without their markers, each line ended.</summary>
    public List<string> Behind { get; } = [];

    public ManifestDocument Document => tree.Document;

    public EditMapping? Map(YamlNode node) => tree.Find(node) as EditMapping;

    /// <summary>The list that an item is written in, and the item.</summary>
    public (EditSequence List, EditItem Item)? ItemOf(YamlNode item)
    {
        if (item.Parent is not { } parent || tree.Find(parent) is not EditSequence list || tree.Find(item) is not { } node)
        {
            return null;
        }
        return list.Items.Find(one => ReferenceEquals(one.Value, node)) is { } found ? (list, found) : null;
    }

    /// <summary>Puts an item behind another one, or behind all where that is null.</summary>
    public void Insert(EditSequence list, EditItem? before, EditItem item)
    {
        before ??= list.Items.Count > 0 ? list.Items[^1] : null;
        if (before is null)
        {
            list.Items.Add(item);
            return;
        }
        tree.InsertBehind(list, before, item);
    }

    /// <summary>Puts a new object behind the document, in its style.</summary>
    public void PutBehind(EditMapping one) => Behind.Add(EditTreeWriter.Write(new EditTree(Document, "", one, tree.Style.NewLine, [], tree.Style)).Text);

    /// <summary>Gives a scalar field a value, in its place if it is written already, else behind the first of the fields that is there.</summary>
    public static EditScalar Set(EditMapping map, string field, string value, params ReadOnlySpan<string> behind)
    {
        if (map.Find(field) is { } known)
        {
            if (known.Value is EditScalar scalar)
            {
                if (scalar.Value != value || scalar.Raw.Length == 0)
                {
                    scalar.Set(value);
                }
                return scalar;
            }
            EditScalar other = Edits.Scalar(value);
            Edits.Replace(known, other);
            return other;
        }
        EditScalar made = Edits.Scalar(value);
        Put(map, EditEntry.New(field, made), behind);
        return made;
    }

    /// <summary>Puts a field behind the first of the fields that is there, else at the end.</summary>
    public static void Put(EditMapping map, EditEntry entry, params ReadOnlySpan<string> behind)
    {
        foreach (string name in behind)
        {
            if (map.Find(name) is { } before)
            {
                Edits.InsertAfter(map, before, entry);
                return;
            }
        }
        Edits.InsertAfter(map, map.Entries.Count == 0 ? null : map.Entries[^1], entry);
    }

    /// <summary>A number as Kubernetes wants it: without quotes, whatever the field had.</summary>
    public static void SetNumber(EditMapping map, string field, int value, params ReadOnlySpan<string> behind)
    {
        EditScalar scalar = Edits.Number(value);
        if (map.Find(field) is { } known)
        {
            if (known.Value is not EditScalar same || same.Raw != scalar.Raw)
            {
                Edits.Replace(known, scalar);
            }
            return;
        }
        Put(map, EditEntry.New(field, scalar), behind);
    }
}
