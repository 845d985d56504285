using System.Collections.Immutable;
using GatewayLsp.Engine.Kustomize;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The files whose objects pass through a kustomization: those that it lists, and those of the kustomizations that it lists, as
/// bases and as components, all the way down.
/// </summary>
internal sealed class KustomizeReach
{
    private const int MaxDepth = 32;

    /// <summary>What holds resources; <c>bases</c> is the older word.</summary>
    private static readonly string[] Lists = ["resources", "bases", "components"];

    /// <summary>All lists in which a kustomization names files or folders.</summary>
    public static readonly string[] AllLists =
        [.. Lists, "patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "configurations", "transformers", "generators", "crds"];

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];

    /// <summary>A folder of which is not known where it begins, with slashes around; the slash alone is anywhere.</summary>
    private string? _within;
    private readonly List<(string Path, ManifestDocument Document)> _kustomizations = [];

    private KustomizeReach()
    {
    }

    /// <summary>True when something comes from elsewhere: a URL, a chart, a generator of somebody's own.</summary>
    public bool HasUnseen { get; private set; }

    /// <summary>The kustomization itself and those below that it reaches.</summary>
    public IReadOnlyList<(string Path, ManifestDocument Document)> Kustomizations => _kustomizations;

    /// <summary>Those of them that are components: their patches are for everything here.</summary>
    public IEnumerable<(string Path, ManifestDocument Document)> Components => _kustomizations.Where(static one => one.Document.Root.At("kind").Text() == "Component");

    /// <summary>The files with resources, by name.</summary>
    public IReadOnlyCollection<string> Files => _files;

    /// <summary>The files by name, sorted; folders without a kustomization that could be read end with a slash.</summary>
    public IEnumerable<string> Names => _files.Concat(_folders).Append(_within is null ? "" : "*" + _within).Order(StringComparer.Ordinal);

    public bool Holds(string path)
    {
        if (_files.Contains(path) || (_within is not null && path.Contains(_within, StringComparison.Ordinal)))
        {
            return true;
        }
        foreach (string folder in _folders)
        {
            if (path.StartsWith(folder, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    public static KustomizeReach Of(string path, ManifestDocument document, IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> byFolder)
    {
        var reach = new KustomizeReach();
        reach.Add(path, document, byFolder, [], 0);
        return reach;
    }

    /// <summary>What is in a folder of a repository, wherever that one is, and what its kustomization reaches.</summary>
    /// <param name="folder">Without slashes at its ends; empty for any.</param>
    public static KustomizeReach OfFolder(string folder, IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> byFolder)
    {
        var reach = new KustomizeReach { _within = folder.Length == 0 ? "/" : $"/{folder}/" };
        foreach ((string at, (string path, ManifestDocument document)) in byFolder)
        {
            if ((at + "/").EndsWith(reach._within, StringComparison.Ordinal) && KustomizedFiles.IsOwn(document))
            {
                reach.Add(path, document, byFolder, new HashSet<string>(StringComparer.Ordinal), 0);
            }
        }
        return reach;
    }

    /// <summary>A file of the workspace, and of a kustomization those that pass through it.</summary>
    public static IReadOnlySet<string> Behind(Workspace workspace, string path)
    {
        var files = new HashSet<string>(StringComparer.Ordinal) { path };
        foreach ((ManifestDocument document, string at) in workspace.Kustomizations)
        {
            if (at == path && KustomizedFiles.IsOwn(document))
            {
                KustomizeReach reach = Of(path, document, ByFolder(workspace.Kustomizations));
                files.UnionWith(workspace.Files.Keys.Where(reach.Holds));
            }
        }
        return files;
    }

    /// <summary>A file that comes together with something from elsewhere.</summary>
    public static KustomizeReach OfUnseen(string path)
    {
        var reach = new KustomizeReach { HasUnseen = true };
        reach._files.Add(path);
        return reach;
    }

    /// <summary>Kustomizations by the folder that they are for.</summary>
    public static IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> ByFolder(IEnumerable<KeyValuePair<ManifestDocument, string>> kustomizations)
    {
        var folders = new Dictionary<string, (string, ManifestDocument)>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            int slash = path.LastIndexOf('/');
            string folder = path[..Math.Max(0, slash)];
            if (!KustomizationFile.IsName(path.AsSpan(slash + 1)))
            {
                continue;
            }
            // Whatever else is in such a file, and in whatever order they come: the answer is the same one.
            if (!folders.TryGetValue(folder, out (string Path, ManifestDocument Document) known) || IsBefore(path, document, known.Path, known.Document))
            {
                folders[folder] = (path, document);
            }
        }
        return folders;
    }

    private static bool IsBefore(string path, ManifestDocument document, string otherPath, ManifestDocument other)
    {
        bool isOwn = KustomizedFiles.IsOwn(document);
        int order = isOwn == KustomizedFiles.IsOwn(other) ? string.CompareOrdinal(path, otherPath) : isOwn ? -1 : 1;
        return order != 0 ? order < 0 : string.CompareOrdinal(document.Text, other.Text) < 0;
    }

    /// <summary>The files and folders that a kustomization lists itself, straight or as the <c>path</c> of a patch; what is fetched from elsewhere is left out.</summary>
    public static IEnumerable<string> Listed(string path, ManifestDocument document, ReadOnlyMemory<string> lists) => ListedAt(path, document, lists).Select(static one => one.Target);

    /// <summary>The same with the node that names each.</summary>
    public static IEnumerable<(string Target, YamlNode Node)> ListedAt(string path, ManifestDocument document, ReadOnlyMemory<string> lists)
    {
        for (int i = 0; i < lists.Length; i++)
        {
            if (document.Root.At(lists.Span[i]) is not YamlSequence items)
            {
                continue;
            }
            foreach (YamlNode item in items.Items)
            {
                YamlNode? named = item.Text() is null ? item.At("path") : item;
                if (named.Text() is { Length: > 0 } resource && !IsRemote(resource) && !resource.Contains('\n'))
                {
                    yield return (RelativePath.Resolve(path, resource), named!);
                }
            }
        }
    }

    /// <summary>The files that generators take keys or values from. They are no manifests, so a workspace does not have them.</summary>
    public static IEnumerable<(string Target, string Named, YamlNode Node)> Sources(string path, ManifestDocument document)
    {
        foreach (string generator in (string[])["configMapGenerator", "secretGenerator"])
        {
            foreach (YamlNode one in (document.Root.At(generator) as YamlSequence)?.Items ?? [])
            {
                // `key=file` gives one of the files another name; a file of variables has none.
                foreach ((YamlNode source, bool isNamed) in Items(one.At("files")).Select(static file => (file, true))
                    .Concat(Items(one.At("envs")).Concat(one.At("env") is { } old ? [old] : []).Select(static file => (file, false))))
                {
                    if (source.Text() is { Length: > 0 } text && text[(isNamed ? text.IndexOf('=', StringComparison.Ordinal) + 1 : 0)..] is { Length: > 0 } file && !IsRemote(file) && !file.Contains('\n'))
                    {
                        yield return (RelativePath.Resolve(path, file), file, source);
                    }
                }
            }
        }

        static IEnumerable<YamlNode> Items(YamlNode? list) => (list as YamlSequence)?.Items ?? [];
    }

    public static bool IsFile(string target) =>
        target.EndsWith(".yaml", StringComparison.Ordinal) || target.EndsWith(".yml", StringComparison.Ordinal) || target.EndsWith(".json", StringComparison.Ordinal);

    public static bool IsRemote(string resource) =>
        resource.Contains("://", StringComparison.Ordinal) || resource.Contains("?ref=", StringComparison.Ordinal) || resource.StartsWith("git@", StringComparison.Ordinal)
        || resource.StartsWith("github.com/", StringComparison.Ordinal);

    private void Add(
        string path, ManifestDocument document, IReadOnlyDictionary<string, (string Path, ManifestDocument Document)> byFolder, HashSet<string> seen, int depth)
    {
        if (depth > MaxDepth || !seen.Add(path))
        {
            return;
        }
        _kustomizations.Add((path, document));
        foreach (string key in (ReadOnlySpan<string>)["helmCharts", "helmChartInflationGenerator", "generators"])
        {
            HasUnseen |= !document.Root.At(key).IsNull();
        }
        foreach (string key in Lists)
        {
            HasUnseen |= document.Root.At(key) is YamlSequence items && items.Items.Any(static item => item.Text() is { } text && IsRemote(text));
        }
        foreach (string target in Listed(path, document, Lists))
        {
            if (IsFile(target))
            {
                _files.Add(target);
            }
            else if (byFolder.TryGetValue(target, out (string Path, ManifestDocument Document) below))
            {
                Add(below.Path, below.Document, byFolder, seen, depth + 1);
            }
            else
            {
                _folders.Add(target + "/");
            }
        }
    }
}
