using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Topology;
using ClusterSettings = GatewayLsp.Engine.Resolution.Clusters.ClusterSettings;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// The way of requests through what clusters have, not what files say: their objects become a workspace of their own, which
/// is kept and brought up to date when it is asked for again.
/// </summary>
internal sealed partial class LiveTopology(ClusterSession clusters)
{
    /// <summary>Scheme of the URIs of live objects; the query says which one it is, as params of <c>gatewayLsp/liveObject</c> do.</summary>
    private const string Scheme = "gateway-lsp-live";

    /// <summary>What makes no node, or can't be judged by metadata alone.</summary>
    private static readonly ImmutableHashSet<string> Left = ["Secret", "ConfigMap", "CustomResourceDefinition"];

    /// <summary>Choices of contexts whose objects are kept at the same time: a view for each cluster, and one for all.</summary>
    private const int MaxKept = 4;

    private readonly Lock _gate = new();

    /// <summary>The one that was asked for last at the end.</summary>
    private readonly List<Kept> _kept = [];

    /// <param name="contexts">Empty: all that are connected.</param>
    /// <exception cref="RpcErrorException">One of them is not connected, or none is.</exception>
    public TopologyGraph Live(IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token)
    {
        ImmutableArray<ObservedCluster> observed = Pick(contexts);
        lock (_gate)
        {
            Kept kept = KeptFor(observed);
            Refresh(kept, observed, snapshot.Analysis.Workspace, token);
            return new Analysis(kept.Host.Current).Topology(token);
        }
    }

    /// <summary>What is live beside what is planned: additions are what the files have and the clusters lack. Files of no cluster are for all that are picked.</summary>
    /// <exception cref="RpcErrorException">One of them is not connected, or none is.</exception>
    public TopologyGraph Difference(IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token)
    {
        Workspace planned = snapshot.Analysis.Workspace;
        ImmutableArray<ObservedCluster> observed = Pick(contexts);
        Analysis files = snapshot.Analysis.WithoutClusters();
        return LiveComparison.Of(
            Live(contexts, snapshot, token),
            IsNamed(observed, planned) ? files.TopologyOf([.. observed.Select(one => NameOf(one, planned)).Distinct(StringComparer.Ordinal)], token) : files.Topology(token));
    }

    /// <summary>A graph of live objects for a view that stays open: empty as long as none of its clusters is connected.</summary>
    public TopologyGraph Watched(TopologySource source, IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token)
    {
        try
        {
            return source == TopologySource.Difference ? Difference(contexts, snapshot, token) : Live(contexts, snapshot, token);
        }
        catch (RpcErrorException)
        {
            return TopologyGraph.Empty;
        }
    }

    /// <summary>Nobody looks any more: the objects need not be kept.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }

    private Kept KeptFor(ImmutableArray<ObservedCluster> observed)
    {
        string contexts = string.Join('\n', observed.Select(one => one.Target.Context));
        int at = _kept.FindIndex(one => one.Contexts == contexts);
        Kept kept = at < 0 ? new Kept(contexts) : _kept[at];
        if (at >= 0)
        {
            _kept.RemoveAt(at);
        }
        else if (_kept.Count == MaxKept)
        {
            _kept.RemoveAt(0);
        }
        _kept.Add(kept);
        return kept;
    }

    private ImmutableArray<ObservedCluster> Pick(IReadOnlyList<string> contexts)
    {
        ImmutableDictionary<string, ObservedCluster> observed = clusters.Observed;
        foreach (string context in contexts)
        {
            if (!observed.ContainsKey(context))
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, $"`{context}` is not connected.");
            }
        }
        ImmutableArray<ObservedCluster> picked =
            [.. observed.Values.Where(one => contexts.Count == 0 || contexts.Contains(one.Target.Context, StringComparer.Ordinal)).OrderBy(one => one.Target.Context, StringComparer.Ordinal)];
        return picked.IsEmpty ? throw new RpcErrorException(ErrorCode.RequestFailed, "No cluster is connected.") : picked;
    }

    private static void Refresh(Kept kept, ImmutableArray<ObservedCluster> observed, Workspace planned, CancellationToken token)
    {
        bool isNamed = IsNamed(observed, planned);
        ImmutableArray<(string, string)> named = [.. observed.Select(one => (one.Target.Context, isNamed ? NameOf(one, planned) : ""))];
        if (!named.AsSpan().SequenceEqual(kept.Named.AsSpan()))
        {
            kept.Host = new AnalysisHost();
            kept.Files.Clear();
            kept.Named = named;
            if (isNamed)
            {
                var map = new ClusterMap([.. named.DistinctBy(one => one.Item2, StringComparer.Ordinal).Select(one => new ClusterSettings(one.Item2) { Context = one.Item1 })], new PathNames(named));
                kept.Host.Apply(new WorkspaceChange.Configured(planned.Settings with { Clusters = map, IsComplete = false }));
            }
        }
        var present = new HashSet<(string, ObjectKey)>();
        foreach (ObservedCluster cluster in observed)
        {
            foreach (ObservedKind kind in cluster.Kinds.Values)
            {
                if (Left.Contains(kind.GroupKind.Kind))
                {
                    continue;
                }
                foreach ((ObjectKey key, ObservedResource one) in kind.Resources)
                {
                    token.ThrowIfCancellationRequested();
                    (string, ObjectKey) id = (cluster.Target.Context, key);
                    present.Add(id);
                    if (!kept.Files.TryGetValue(id, out (ObservedResource Resource, string Path) known) || !ReferenceEquals(known.Resource, one))
                    {
                        string path = known.Path ?? UriOf(cluster.Target.Context, one);
                        kept.Files[id] = (one, path);
                        kept.Host.Apply(new WorkspaceChange.OnDisk(path, Text(one, planned)));
                    }
                }
            }
        }
        foreach ((string, ObjectKey) gone in kept.Files.Keys.Where(id => !present.Contains(id)).ToList())
        {
            kept.Files.Remove(gone, out (ObservedResource Resource, string Path) file);
            kept.Host.Apply(new WorkspaceChange.OnDisk(file.Path, null));
        }
    }

    /// <summary>The objects of some clusters as files, and the analysis of them.</summary>
    private sealed class Kept(string contexts)
    {
        public string Contexts => contexts;

        public Dictionary<(string Context, ObjectKey Key), (ObservedResource Resource, string Path)> Files { get; } = [];

        public AnalysisHost Host { get; set; } = new();

        public ImmutableArray<(string Context, string Name)> Named { get; set; } = [];
    }

    /// <summary>A single cluster beside manifests of none is looked at as if there were no clusters at all.</summary>
    private static bool IsNamed(ImmutableArray<ObservedCluster> observed, Workspace planned) => planned.HasClusters || observed.Length > 1;

    private static string NameOf(ObservedCluster cluster, Workspace planned)
    {
        foreach (ClusterSettings one in planned.Settings.Clusters.Clusters)
        {
            if (one.Context == cluster.Target.Context)
            {
                return one.Name;
            }
        }
        return planned.HasClusters ? cluster.Target.Context : cluster.Target.Label;
    }

    /// <summary>The clean form, so that places in the graph are places in what the client shows; below it the addresses that a Gateway got.</summary>
    private static string Text(ObservedResource one, Workspace planned)
    {
        if (one.ToTree() is not { } tree)
        {
            return "";
        }
        string text = YamlLines.Text(CleanedObject.Of(tree, planned.Catalog.FindAny(one.Gvk)));
        return one.Kind.Kind == "Gateway" && tree.At("status", "addresses") is { } addresses
            ? text + YamlLines.Text(new JsonObject { ["status"] = new JsonObject { ["addresses"] = addresses.DeepClone() } })
            : text;
    }

    private static string UriOf(string context, ObservedResource one)
    {
        var wanted = new JsonObject
        {
            ["context"] = context,
            ["ref"] = new JsonObject { ["apiVersion"] = one.ApiVersion, ["kind"] = one.Kind.Kind, ["namespace"] = one.Namespace.Length > 0 ? one.Namespace : null, ["name"] = one.Name },
            ["form"] = "clean",
        };
        return $"{FolderOf(context)}{one.Kind.Kind.ToLowerInvariant()}-{Uri.EscapeDataString(one.Name)}.yaml?{Uri.EscapeDataString(wanted.ToJsonString())}";
    }

    private static string FolderOf(string context) => $"{Scheme}:/{NoWord().Replace(context, "-")}/";

    [GeneratedRegex(@"[^\w.-]+", RegexOptions.ECMAScript)]
    private static partial Regex NoWord();

    /// <summary>The cluster of a live object's path; equal to none but itself.</summary>
    private sealed class PathNames(ImmutableArray<(string Context, string Name)> named) : IClusterPaths
    {
        // Two contexts may differ in nothing but what a path can't have: the first counts.
        private readonly Dictionary<string, string> _byFolder = named.DistinctBy(one => FolderOf(one.Context)).ToDictionary(one => FolderOf(one.Context), one => one.Name, StringComparer.Ordinal);

        public string? ClusterOf(string path)
        {
            int end = path.IndexOf('/', Scheme.Length + 2);
            return end < 0 ? null : _byFolder.GetValueOrDefault(path[..(end + 1)]);
        }
    }
}
