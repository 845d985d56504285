using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Serving;

/// <summary>What stands behind a Service or ServiceImport.</summary>
/// <param name="Ready">Endpoints that take requests; null when that can't be read.</param>
/// <param name="Pods">Names of the pods behind it, ready or not.</param>
/// <param name="Clusters">For imports: ready endpoints by the cluster that they are in, where that is told.</param>
public sealed record BackendEndpoints(int? Ready, ImmutableArray<string> Pods, ImmutableSortedDictionary<string, int> Clusters)
{
    public static readonly BackendEndpoints Unknown = new(null, [], ImmutableSortedDictionary<string, int>.Empty);

    /// <summary>Endpoints, ready or not.</summary>
    public int All { get; init; }

    /// <summary>Surely nobody is there to answer.</summary>
    public bool IsEmpty => Ready == 0;
}

/// <summary>The endpoints of a cluster, from its EndpointSlices.</summary>
public sealed class LiveEndpoints
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    public const string ImportLabel = "multicluster.kubernetes.io/service-name";
    public const string ClusterLabel = "multicluster.kubernetes.io/source-cluster";

    private static readonly GroupKind Slices = new("discovery.k8s.io", "EndpointSlice");

    private readonly Dictionary<(bool IsImport, string Namespace, string Name), Count> _counts = [];
    private readonly ObservedCluster _cluster;

    private LiveEndpoints(ObservedCluster cluster) => _cluster = cluster;

    public static LiveEndpoints Of(ObservedCluster cluster)
    {
        var endpoints = new LiveEndpoints(cluster);
        if (cluster.Kinds.TryGetValue(Slices, out ObservedKind? kind))
        {
            foreach (ObservedResource slice in kind.Resources.Values)
            {
                endpoints.Add(EndpointSlice.Of(slice), slice.Namespace);
            }
        }
        return endpoints;
    }

    /// <summary>Of a Service or ServiceImport; for other kinds nothing is known.</summary>
    public BackendEndpoints At(string group, string kind, string @namespace, string name)
    {
        bool isImport = kind == "ServiceImport";
        if (!isImport && !(kind == "Service" && group.Length == 0))
        {
            return BackendEndpoints.Unknown;
        }
        if (_counts.TryGetValue((isImport, @namespace, name), out Count? count))
        {
            return new BackendEndpoints(count.Ready, [.. count.Pods], count.Clusters.ToImmutableSortedDictionary(StringComparer.Ordinal)) { All = count.All.Count };
        }
        bool isZero = _cluster.Has(new ObjectKey(group, kind, @namespace, name)) == Presence.Absent || IsZero(isImport, @namespace, name);
        return isZero ? BackendEndpoints.Unknown with { Ready = 0 } : BackendEndpoints.Unknown;
    }

    /// <summary>How many Services with slices have ready endpoints, and how many have none.</summary>
    public (int Ready, int Empty) CountServices()
    {
        int ready = 0, empty = 0;
        foreach (((bool isImport, _, _), Count count) in _counts)
        {
            if (!isImport)
            {
                (ready, empty) = count.Ready > 0 ? (ready + 1, empty) : (ready, empty + 1);
            }
        }
        return (ready, empty);
    }

    /// <summary>
    /// No slice means no endpoint only where slices are made for such a thing: not for a Service without a selector or of type
    /// ExternalName, and for imports only where their implementation makes any at all.
    /// </summary>
    private bool IsZero(bool isImport, string @namespace, string name)
    {
        if (!_cluster.Kinds.TryGetValue(Slices, out ObservedKind? slices)
            || !(slices.Readability == Readability.Everywhere || (slices.Readability == Readability.SomeNamespaces && slices.Namespaces.Contains(@namespace))))
        {
            return false;
        }
        if (isImport)
        {
            return _counts.Keys.Any(key => key.IsImport);
        }
        JsonNode? spec = _cluster.Find(new ObjectKey("", "Service", @namespace, name))?.ToTree()?["spec"];
        return spec.At("selector") is JsonObject { Count: > 0 } && spec.At("type").Text() != "ExternalName";
    }

    private void Add(EndpointSlice slice, string @namespace)
    {
        if (slice.Owner is not { } owner)
        {
            return;
        }
        (bool, string, string) key = (slice.IsImport, @namespace, owner);
        if (!_counts.TryGetValue(key, out Count? count))
        {
            _counts.Add(key, count = new Count());
        }
        foreach (EndpointSlice.Endpoint endpoint in slice.Endpoints)
        {
            if (endpoint.Pod.Length > 0)
            {
                count.Pods.Add(endpoint.Pod);
            }
            count.All.Add(endpoint.Identity);
            if (endpoint.IsReady && count.Seen.Add(endpoint.Identity))
            {
                count.Ready++;
                if (slice.Source is { } source)
                {
                    count.Clusters[source] = count.Clusters.GetValueOrDefault(source) + 1;
                }
            }
        }
    }

    private sealed class Count
    {
        public int Ready { get; set; }

        public SortedSet<string> Pods { get; } = new(StringComparer.Ordinal);

        public HashSet<string> All { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, int> Clusters { get; } = new(StringComparer.Ordinal);
    }
}
