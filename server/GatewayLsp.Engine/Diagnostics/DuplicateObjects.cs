using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>An object that has been defined before.</summary>
/// <param name="Document">Index of its document in the file.</param>
/// <param name="First">The definition before it, in the file at <paramref name="FirstPath"/>.</param>
internal readonly record struct Duplicate(int Document, ManifestObject Object, ManifestObject First, string FirstPath, bool IsInSameFile);

/// <summary>What the duplicates of a file depend on beside its text; while it is the same, so are they.</summary>
internal sealed class DuplicateBasis
{
    private readonly KustomizedFiles _kustomized;
    private readonly PartialObjects _partials;

    private DuplicateBasis(ImmutableArray<ImmutableList<IndexedObject>> shared, KustomizedFiles kustomized, PartialObjects partials) =>
        (Shared, _kustomized, _partials) = (shared, kustomized, partials);

    /// <summary>The identities of the file's objects that several objects have.</summary>
    public ImmutableArray<ImmutableList<IndexedObject>> Shared { get; }

    public static DuplicateBasis Of(Workspace workspace, string path) => new(workspace.Index.Shared.In(path), workspace.Kustomized, workspace.Partials);

    public bool IsSame(DuplicateBasis other)
    {
        if (!HasSameFrame(other) || Shared.Length != other.Shared.Length)
        {
            return false;
        }
        for (int i = 0; i < Shared.Length; i++)
        {
            if (!ReferenceEquals(Shared[i], other.Shared[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True when nothing but the objects of some identities is different.</summary>
    public bool HasSameFrame(DuplicateBasis other) => ReferenceEquals(_kustomized, other._kustomized) && ReferenceEquals(_partials, other._partials);

    /// <summary>The identities that the other one lacks, in this state.</summary>
    public HashSet<ImmutableList<IndexedObject>> Beyond(DuplicateBasis other)
    {
        var beyond = new HashSet<ImmutableList<IndexedObject>>(ReferenceEqualityComparer.Instance);
        HashSet<ImmutableList<IndexedObject>>? others = null;
        for (int i = 0; i < Shared.Length; i++)
        {
            // Nearly all are where they were.
            if (i >= other.Shared.Length || !ReferenceEquals(Shared[i], other.Shared[i]))
            {
                others ??= new HashSet<ImmutableList<IndexedObject>>(other.Shared, ReferenceEqualityComparer.Instance);
                if (!others.Contains(Shared[i]))
                {
                    beyond.Add(Shared[i]);
                }
            }
        }
        return beyond;
    }
}

/// <summary>
/// Finds objects of a file that have been defined before: above in the file, or in another file that the same kustomization
/// lists. Other files may be for another cluster or environment, so nothing is said of them.
/// </summary>
internal static class DuplicateObjects
{
    public static Duplicate[] Of(Workspace workspace, ManifestFile file, DuplicateBasis basis) => [.. Among(basis.Shared, workspace, file)];

    /// <summary>The duplicates of the next state of a file: only identities of which some object changed are looked at again.</summary>
    public static Duplicate[] After(Duplicate[] known, DuplicateBasis before, DocumentOverlap kept, Workspace workspace, ManifestFile file, DuplicateBasis basis)
    {
        if (!basis.HasSameFrame(before) || kept.Head + kept.Tail < file.Documents.Length / 2)
        {
            return Of(workspace, file, basis);
        }
        HashSet<ImmutableList<IndexedObject>> again = basis.Beyond(before);
        // Documents between what was kept may be the same ones at another place, even in another order.
        for (int i = kept.Head; i < file.Documents.Length - kept.Tail; i++)
        {
            foreach (ManifestObject one in ManifestObject.Of(file.Documents[i].Document))
            {
                if (workspace.Index.Find(ResourceIndex.KeyOf(one, workspace.Catalog)) is { Count: > 1 } same)
                {
                    again.Add(same);
                }
            }
        }
        var open = new HashSet<ManifestObject>(ReferenceEqualityComparer.Instance);
        foreach (ImmutableList<IndexedObject> same in before.Beyond(basis).Concat(again))
        {
            foreach (IndexedObject one in same)
            {
                open.Add(one.Object);
            }
        }
        var found = new List<Duplicate>(known.Length);
        foreach (Duplicate one in known)
        {
            if (kept.IndexAfter(one.Document) is var index and >= 0 && !open.Contains(one.Object))
            {
                found.Add(one with { Document = index });
            }
        }
        if (Among(again, workspace, file) is { Count: > 0 } more)
        {
            found.AddRange(more);
            found.Sort(static (a, b) => a.Document != b.Document ? a.Document.CompareTo(b.Document) : a.Object.Node.Span.Start.CompareTo(b.Object.Node.Span.Start));
        }
        return [.. found];
    }

    private static List<Duplicate> Among(IReadOnlyCollection<ImmutableList<IndexedObject>> identities, Workspace workspace, ManifestFile file)
    {
        var found = new List<Duplicate>();
        if (identities.Count == 0)
        {
            return found;
        }
        // A file of thousands of objects has few that are looked at here.
        var shared = new Dictionary<ManifestObject, ImmutableList<IndexedObject>>(ReferenceEqualityComparer.Instance);
        var documents = new HashSet<ManifestDocument>(ReferenceEqualityComparer.Instance);
        foreach (ImmutableList<IndexedObject> same in identities)
        {
            foreach (IndexedObject one in same)
            {
                if (one.Path == file.Path)
                {
                    shared[one.Object] = same;
                    documents.Add(one.Object.Document);
                }
            }
        }
        var seen = new Dictionary<ImmutableList<IndexedObject>, ManifestObject>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < file.Documents.Length; i++)
        {
            ManifestDocument document = file.Documents[i].Document;
            // Of a template's lines only some may stay.
            if (!documents.Contains(document) || document.Root is null || document.IsTemplate)
            {
                continue;
            }
            foreach (ManifestObject one in ManifestObject.Of(document))
            {
                if (!shared.TryGetValue(one, out ImmutableList<IndexedObject>? same) || workspace.Catalog.Kind(one.Gvk) is null || one.At("metadata", "namespace") is YamlScalar { IsOpaque: true })
                {
                    continue;
                }
                if (seen.TryGetValue(same, out ManifestObject? above))
                {
                    found.Add(new Duplicate(i, one, above, file.Path, IsInSameFile: true));
                    continue;
                }
                seen.Add(same, one);
                if (Beside(workspace, file.Path, same) is { } beside)
                {
                    found.Add(new Duplicate(i, one, beside.Object, beside.Path, IsInSameFile: false));
                }
            }
        }
        return found;
    }

    /// <summary>One of another file of the same kustomization, told at the file that is later by its path.</summary>
    private static IndexedObject? Beside(Workspace workspace, string path, ImmutableList<IndexedObject> same)
    {
        IndexedObject? first = null;
        foreach (IndexedObject one in same)
        {
            if (string.CompareOrdinal(one.Path, path) < 0 && (first is null || IsBefore(one, first)) && workspace.Kustomized.AreTogether(one.Path, path)
                && !one.Object.Document.IsTemplate && !workspace.Partials.Contains(one.Path))
            {
                first = one;
            }
        }
        return first;
    }

    /// <summary>In whatever order they came into the index, the answer is the same one.</summary>
    private static bool IsBefore(IndexedObject one, IndexedObject other) =>
        string.CompareOrdinal(one.Path, other.Path) is not 0 and var order ? order < 0 : string.CompareOrdinal(one.Object.Document.Text, other.Object.Document.Text) < 0;
}
