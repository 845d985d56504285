using System.Collections.Immutable;
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
    private readonly ImmutableHashSet<string> _folders;
    private readonly ImmutableHashSet<string> _resources;

    private PartialObjects(ImmutableHashSet<string> paths, ImmutableHashSet<string> folders, ImmutableHashSet<string> resources) =>
        (_paths, _folders, _resources) = (paths, folders, resources);

    public bool Contains(string path) => _paths.Contains(path) || IsAssertion(path) || IsUnusedPatch(path);

    /// <summary>
    /// A patch that its kustomization does not list for now, as those that kubebuilder puts into <c>config/crd/patches</c>: in a folder
    /// <c>patches</c> beside the kustomization, or named <c>..._patch.yaml</c>.
    /// </summary>
    private bool IsUnusedPatch(string path)
    {
        int slash = path.LastIndexOf('/');
        if (slash < 0 || _folders.IsEmpty || _resources.Contains(path))
        {
            return false;
        }
        string folder = path[..slash];
        ReadOnlySpan<char> name = path.AsSpan(slash + 1);
        name = name[..Math.Max(0, name.LastIndexOf('.'))];
        return (folder.EndsWith("/patches", StringComparison.Ordinal) && _folders.Contains(folder[..^"/patches".Length]))
            || ((name.EndsWith("_patch", StringComparison.Ordinal) || name.EndsWith("-patch", StringComparison.Ordinal)) && _folders.Contains(folder));
    }

    /// <summary>Kuttl and Chainsaw compare objects with the parts that such files have: <c>00-assert.yaml</c>, <c>chainsaw-assert.yaml</c>, <c>errors.yaml</c>.</summary>
    private static bool IsAssertion(string path)
    {
        ReadOnlySpan<char> name = path.AsSpan(path.LastIndexOf('/') + 1);
        name = name[..Math.Max(0, name.LastIndexOf('.'))];
        ReadOnlySpan<char> last = name[(name.LastIndexOf('-') + 1)..];
        return last is "assert" or "errors" or "error" && (name.Length == last.Length || name.Length > last.Length + 1);
    }

    /// <summary>True for a document that may name patches: by its file's name, which is fixed, or its group.</summary>
    internal static bool IsKustomization(string path, ManifestDocument document) =>
        path.EndsWith("/kustomization.yaml", StringComparison.Ordinal) || path.EndsWith("/kustomization.yml", StringComparison.Ordinal)
        || path.EndsWith("/Kustomization", StringComparison.Ordinal) || document.Text.Contains(Group, StringComparison.Ordinal);

    internal static PartialObjects Of(IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations)
    {
        var paths = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var folders = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        var resources = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            folders.Add(path[..Math.Max(0, path.LastIndexOf('/'))]);
            foreach (YamlNode resource in (document.Root.At("resources") as YamlSequence)?.Items ?? [])
            {
                if (resource.Text() is { } file)
                {
                    resources.Add(RelativePath.Resolve(path, file));
                }
            }
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
        return new PartialObjects(paths.ToImmutable(), folders.ToImmutable(), resources.ToImmutable());
    }
}
