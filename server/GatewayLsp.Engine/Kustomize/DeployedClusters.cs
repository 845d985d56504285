using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Kustomize;

/// <summary>Which cluster each built kustomization is for. Equal ones answer alike.</summary>
internal sealed class DeployedClusters : IClusterPaths, IEquatable<DeployedClusters>
{
    private readonly ImmutableSortedDictionary<string, string> _clusters;
    private readonly IClusterPaths? _others;

    private DeployedClusters(ImmutableSortedDictionary<string, string> clusters, IClusterPaths? others) => (_clusters, _others) = (clusters, others);

    public string? ClusterOf(string path) => _clusters.TryGetValue(path, out string? cluster) ? (cluster.Length == 0 ? null : cluster) : _others?.ClusterOf(path);

    /// <param name="guessed">Those of which the files do not say which cluster they are for, in so far as they can't all be for one.</param>
    public static ClusterMap Of(Workspace whole, ImmutableArray<BuiltFile> built, out ImmutableHashSet<string> guessed)
    {
        var clusters = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (BuiltFile one in built)
        {
            clusters[one.Path] = Own(whole, one);
        }
        // No cluster has two objects of one name, so what builds the same name twice is for several.
        var makers = new Dictionary<ObjectKey, BuiltFile>();
        var alike = new HashSet<BuiltFile>();
        foreach (BuiltFile one in built)
        {
            if (clusters[one.Path].Length > 0)
            {
                continue;
            }
            foreach (ObjectKey key in one.Keys(whole.Catalog))
            {
                // What is of no namespace may well be the same in all: a GatewayClass, a Namespace.
                if (key.Namespace.Length == 0)
                {
                    continue;
                }
                if (makers.TryGetValue(key, out BuiltFile? other) && !ReferenceEquals(other, one))
                {
                    alike.Add(one);
                    alike.Add(other);
                }
                else
                {
                    makers[key] = one;
                }
            }
        }
        // Overlays of the same names of several bases, as in apps/overlays/east and infra/overlays/east, go together.
        bool isByFolder = alike.GroupBy(static one => (one.Root.Group, Folder(one))).All(static same => same.Count() == 1);
        foreach (BuiltFile one in alike)
        {
            clusters[one.Path] = isByFolder ? Folder(one) : one.Root.Name.Replace('/', '-');
        }
        guessed = [.. alike.Select(static one => one.Path)];
        ClusterMap known = whole.Settings.Clusters;
        ImmutableArray<ClusterSettings> named =
            [.. known.Clusters, .. clusters.Values.Where(name => name.Length > 0 && known.Find(name) is null).Distinct(StringComparer.Ordinal).Select(static name => new ClusterSettings(name))];
        return named.IsEmpty ? ClusterMap.None : new ClusterMap(named, new DeployedClusters(clusters.ToImmutable(), known.Paths));
    }

    private static string Folder(BuiltFile one) => one.Root.Name[(one.Root.Name.LastIndexOf('/') + 1)..];

    /// <summary>The cluster that the kustomization is for, or else the only one that its files are for; empty for none.</summary>
    private static string Own(Workspace whole, BuiltFile one)
    {
        if (whole.ClusterNamesOf(one.Path, one.Root.Document) is [var own])
        {
            return own;
        }
        ImmutableArray<string> found = [.. one.Consumed.Where(whole.Files.ContainsKey).Select(path => whole.Settings.Clusters.Paths?.ClusterOf(path) ?? "").Distinct(StringComparer.Ordinal).Take(2)];
        return found is [{ Length: > 0 } only] ? only : "";
    }

    public bool Equals(DeployedClusters? other)
    {
        if (other is null || other._clusters.Count != _clusters.Count || !Equals(_others, other._others))
        {
            return false;
        }
        foreach ((string path, string cluster) in _clusters)
        {
            if (other._clusters.GetValueOrDefault(path) != cluster)
            {
                return false;
            }
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as DeployedClusters);

    public override int GetHashCode() => _clusters.Count;
}
