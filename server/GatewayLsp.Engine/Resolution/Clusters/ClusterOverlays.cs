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

    /// <summary>Lists of files that change other objects.</summary>
    private static readonly string[] Changes = ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers", "generators", "configurations", "crds"];

    private readonly Dictionary<string, ImmutableArray<string>> _clusters;

    private ClusterOverlays(Dictionary<string, ImmutableArray<string>> clusters) => _clusters = clusters;

    /// <summary>The clusters whose kustomizations pull a file in, sorted; empty for none.</summary>
    public ImmutableArray<string> ClustersOf(string path) => _clusters.TryGetValue(path, out ImmutableArray<string> found) ? found : [];

    /// <param name="clusterOf">The cluster that a kustomization is itself for; null for none.</param>
    public static ClusterOverlays Of(IReadOnlyCollection<KeyValuePair<ManifestDocument, string>> kustomizations, Func<string, ManifestDocument, string?> clusterOf)
    {
        var byFolder = KustomizeReach.ByFolder(kustomizations);
        var reached = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach ((ManifestDocument document, string path) in kustomizations)
        {
            if (clusterOf(path, document) is not { } cluster)
            {
                continue;
            }
            KustomizeReach reach = KustomizeReach.Of(path, document, byFolder);
            Add(reach.Files, cluster);
            foreach ((string from, ManifestDocument one) in reach.Kustomizations)
            {
                Add(KustomizeReach.Listed(from, one, Changes).Prepend(from), cluster);
            }
        }
        return reached.Count == 0 ? None : new ClusterOverlays(reached.ToDictionary(one => one.Key, one => one.Value.ToImmutableArray(), StringComparer.Ordinal));

        void Add(IEnumerable<string> paths, string cluster)
        {
            foreach (string path in paths)
            {
                if (!reached.TryGetValue(path, out SortedSet<string>? clusters))
                {
                    reached[path] = clusters = new SortedSet<string>(StringComparer.Ordinal);
                }
                clusters.Add(cluster);
            }
        }
    }

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
