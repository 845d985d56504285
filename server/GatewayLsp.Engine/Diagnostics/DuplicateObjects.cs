using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// Finds objects of a file that have been defined before: above in the file, or in another file that the same kustomization
/// lists. Other files may be for another cluster or environment, so nothing is said of them.
/// </summary>
internal static class DuplicateObjects
{
    /// <summary>Findings for each document; null when there are none.</summary>
    public static ImmutableArray<Diagnostic>[]? Of(Workspace workspace, string path, ImmutableArray<DocumentSlot> documents)
    {
        ResourceIndex index = workspace.Index;
        if (!index.HasDuplicates)
        {
            return null;
        }
        ImmutableArray<Diagnostic>[]? found = null;
        var seen = new Dictionary<ObjectKey, ManifestObject>();
        for (int i = 0; i < documents.Length; i++)
        {
            ManifestDocument document = documents[i].Document;
            // Of a template's lines only some may stay.
            if (document.Root is null || document.IsTemplate)
            {
                continue;
            }
            foreach (ManifestObject one in ManifestObject.Of(document))
            {
                if (one.Name.Length == 0 || workspace.Catalog.Kind(one.Gvk) is null || one.At("metadata", "namespace") is YamlScalar { IsOpaque: true })
                {
                    continue;
                }
                ObjectKey key = ResourceIndex.KeyOf(one, workspace.Catalog);
                ImmutableList<IndexedObject> same = index.Find(key);
                if (same.Count < 2)
                {
                    continue;
                }
                IndexedObject? first = seen.TryGetValue(key, out ManifestObject? above) ? new IndexedObject(path, above) : Beside(workspace, path, same);
                seen.TryAdd(key, one);
                if (first is not null && RuleCatalog.DuplicateObject.Finding(one, first, path) is { } finding)
                {
                    found ??= [.. documents.Select(_ => ImmutableArray<Diagnostic>.Empty)];
                    found[i] = found[i].Add(finding);
                }
            }
        }
        return found;
    }

    /// <summary>One of another file of the same kustomization, told at the file that is later by its path.</summary>
    private static IndexedObject? Beside(Workspace workspace, string path, ImmutableList<IndexedObject> same)
    {
        foreach (IndexedObject one in same)
        {
            if (string.CompareOrdinal(one.Path, path) < 0 && workspace.Kustomized.AreTogether(one.Path, path)
                && !one.Object.Document.IsTemplate && !workspace.Partials.Contains(one.Path))
            {
                return one;
            }
        }
        return null;
    }
}
