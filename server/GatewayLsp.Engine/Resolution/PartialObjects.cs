using System.Collections.Immutable;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Files that a kustomization applies as patches onto other objects. What stands in them is only the part that changes, so
/// nothing may be called missing there. A patch names its file relative to the kustomization's folder.
/// </summary>
public sealed class PartialObjects
{
    private const string Group = "kustomize.config.k8s.io";
    private readonly ImmutableHashSet<string> _paths;

    private PartialObjects(ImmutableHashSet<string> paths) => _paths = paths;

    public bool Contains(string path) => _paths.Contains(path) || IsAssertion(path);

    /// <summary>Kuttl and Chainsaw compare objects with the parts that such files have: <c>00-assert.yaml</c>, <c>chainsaw-assert.yaml</c>, <c>errors.yaml</c>.</summary>
    private static bool IsAssertion(string path)
    {
        ReadOnlySpan<char> name = path.AsSpan(path.LastIndexOf('/') + 1);
        name = name[..Math.Max(0, name.LastIndexOf('.'))];
        ReadOnlySpan<char> last = name[(name.LastIndexOf('-') + 1)..];
        return last is "assert" or "errors" or "error" && (name.Length == last.Length || name.Length > last.Length + 1);
    }

    /// <summary>True for a document that may name patches: by its file's name, which is fixed, or its group. Objects of tools that deploy kustomizations are among them.</summary>
    internal static bool IsKustomization(string path, ManifestDocument document) =>
        KustomizationFile.IsName(path.AsSpan(path.LastIndexOf('/') + 1)) || document.Text.Contains(Group, StringComparison.Ordinal) || DeployedFolder.MayBeIn(document);

    internal static PartialObjects Of(IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations)
    {
        var paths = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            foreach (string key in (string[])["patches", "patchesStrategicMerge", "patchesJson6902"])
            {
                if (document.Root.At(key) is not YamlSequence patches)
                {
                    continue;
                }
                foreach (YamlNode patch in patches.Items)
                {
                    string? file = patch.Text() ?? patch.At("path").Text();
                    if (file is not null && !file.Contains('\n'))
                    {
                        paths.Add(RelativePath.Resolve(path, file));
                    }
                }
            }
        }
        return new PartialObjects(paths.ToImmutable());
    }
}
