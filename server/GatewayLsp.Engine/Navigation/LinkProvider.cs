using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// textDocument/documentLink: what a kustomization names, where the workspace has it. (Web addresses are found by editors
/// themselves.)
/// </summary>
internal static class LinkProvider
{
    /// <summary>Lists of paths, or of objects with a <c>path</c>.</summary>
    private static readonly ImmutableArray<string> Lists =
    [
        "resources", "bases", "components", "patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "configurations", "crds",
        "generators", "transformers", "validators",
    ];

    private static readonly ImmutableArray<string> FolderFiles = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    public static ImmutableArray<LinkItem> Links(Workspace workspace, string path, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        var links = ImmutableArray.CreateBuilder<LinkItem>();
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            if (!PartialObjects.IsKustomization(path, slot.Document))
            {
                continue;
            }
            foreach (string list in Lists)
            {
                if (slot.Document.Root.At(list) is YamlSequence entries)
                {
                    foreach (YamlNode entry in entries.Items)
                    {
                        Add(links, workspace, path, slot, entry is YamlMapping mapping ? mapping.Find("path")?.Value : entry);
                    }
                }
            }
        }
        return links.DrainToImmutable();
    }

    private static void Add(ImmutableArray<LinkItem>.Builder links, Workspace workspace, string path, DocumentSlot slot, YamlNode? node)
    {
        if (node is not YamlScalar { Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } scalar || scalar.Text() is not { Length: > 0 } relative
            || relative.Contains("://", StringComparison.Ordinal) || Find(workspace, RelativePath.Resolve(path, relative)) is not { } target)
        {
            return;
        }
        links.Add(new LinkItem(slot.RangeOf(scalar.Span), target, null));
    }

    /// <summary>The file, or the kustomization of the folder.</summary>
    private static string? Find(Workspace workspace, string target)
    {
        if (workspace.Files.ContainsKey(target))
        {
            return target;
        }
        foreach (string name in FolderFiles)
        {
            string inside = target + "/" + name;
            if (workspace.Files.ContainsKey(inside))
            {
                return inside;
            }
        }
        return null;
    }
}
