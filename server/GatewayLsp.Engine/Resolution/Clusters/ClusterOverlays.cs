using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>
/// The files that kustomizations of clusters pull in, by themselves or through the kustomizations of other folders: what an overlay of a
/// cluster is built from is applied to that cluster. A file may be in several.
/// </summary>
internal sealed class ClusterOverlays : IEquatable<ClusterOverlays>
{
    public static readonly ClusterOverlays None = new([]);

    /// <summary>Lists of files and folders whose objects are part of what comes out.</summary>
    private static readonly string[] Parts = ["resources", "bases", "components"];

    /// <summary>Lists of files that change other objects.</summary>
    private static readonly string[] Changes = ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers", "generators", "configurations", "crds"];

    private static readonly string[] FileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    private readonly Dictionary<string, ImmutableArray<string>> _clusters;

    private ClusterOverlays(Dictionary<string, ImmutableArray<string>> clusters) => _clusters = clusters;

    /// <summary>The clusters whose kustomizations pull a file in, sorted; empty for none.</summary>
    public ImmutableArray<string> ClustersOf(string path) => _clusters.TryGetValue(path, out ImmutableArray<string> found) ? found : [];

    /// <param name="clusterOf">The cluster that a kustomization is itself for; null for none.</param>
    public static ClusterOverlays Of(IReadOnlyCollection<KeyValuePair<ManifestDocument, string>> kustomizations, Func<string, ManifestDocument, string?> clusterOf)
    {
        var byPath = new Dictionary<string, List<ManifestDocument>>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            if (!byPath.TryGetValue(path, out List<ManifestDocument>? documents))
            {
                byPath[path] = documents = [];
            }
            documents.Add(document);
        }
        var reached = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            if (clusterOf(path, document) is { } cluster)
            {
                Follow(path, cluster, byPath, reached);
            }
        }
        return reached.Count == 0 ? None : new ClusterOverlays(reached.ToDictionary(one => one.Key, one => one.Value.ToImmutableArray(), StringComparer.Ordinal));
    }

    private static void Follow(string start, string cluster, Dictionary<string, List<ManifestDocument>> kustomizations, Dictionary<string, SortedSet<string>> reached)
    {
        var waiting = new Stack<string>([start]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryPop(out string? path))
        {
            // Kustomizations that pull in each other in a circle end here.
            if (!seen.Add(path))
            {
                continue;
            }
            if (!reached.TryGetValue(path, out SortedSet<string>? clusters))
            {
                reached[path] = clusters = new SortedSet<string>(StringComparer.Ordinal);
            }
            clusters.Add(cluster);
            foreach (ManifestDocument document in kustomizations.GetValueOrDefault(path, []))
            {
                foreach (string target in TargetsOf(document, path))
                {
                    waiting.Push(IsFile(target) ? target : Array.Find(FileNames, name => kustomizations.ContainsKey($"{target}/{name}")) is { } name ? $"{target}/{name}" : target);
                }
            }
        }
    }

    /// <summary>The files and folders that a kustomization names, as paths.</summary>
    private static IEnumerable<string> TargetsOf(ManifestDocument document, string path)
    {
        foreach (string list in (string[])[.. Parts, .. Changes])
        {
            if (document.Root.At(list) is not YamlSequence items)
            {
                continue;
            }
            foreach (YamlNode item in items.Items)
            {
                if ((item.Text() ?? item.At("path").Text()) is { Length: > 0 } name && !name.Contains('\n') && !name.Contains("://", StringComparison.Ordinal))
                {
                    yield return RelativePath.Resolve(path, name);
                }
            }
        }
    }

    private static bool IsFile(string target) =>
        target.EndsWith(".yaml", StringComparison.Ordinal) || target.EndsWith(".yml", StringComparison.Ordinal) || target.EndsWith(".json", StringComparison.Ordinal);

    public bool Equals(ClusterOverlays? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }
        if (other is null || other._clusters.Count != _clusters.Count)
        {
            return false;
        }
        foreach ((string path, ImmutableArray<string> clusters) in _clusters)
        {
            if (!other._clusters.TryGetValue(path, out ImmutableArray<string> others) || !clusters.AsSpan().SequenceEqual(others.AsSpan()))
            {
                return false;
            }
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as ClusterOverlays);

    public override int GetHashCode() => _clusters.Count;
}
