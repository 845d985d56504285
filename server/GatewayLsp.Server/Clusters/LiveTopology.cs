using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// The way of requests through what the connected clusters have, not what files say. What was made of their objects is kept and brought up to date
/// when it is asked for again.
/// </summary>
/// <param name="observed">What is known of the connected clusters just now, by context.</param>
internal sealed class LiveTopology(Func<ImmutableDictionary<string, ObservedCluster>> observed)
{
    /// <summary>Choices of contexts whose objects are kept at the same time: a view for each cluster, and one for all.</summary>
    private const int MaxKept = 4;

    private readonly Lock _gate = new();

    /// <summary>The one that was asked for last at the end.</summary>
    private readonly List<(string Contexts, LiveWorkspace Objects)> _kept = [];

    /// <param name="contexts">Empty: all that are connected.</param>
    /// <exception cref="RpcErrorException">One of them is not connected, or none is.</exception>
    public TopologyGraph Live(IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token) =>
        Of(TopologySource.Live, Pick(contexts, observed()), snapshot, token);

    /// <summary>What is live beside what is planned: additions are what the files have and the clusters lack. Files of no cluster are for all that are picked.</summary>
    /// <exception cref="RpcErrorException">One of them is not connected, or none is.</exception>
    public TopologyGraph Difference(IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token) =>
        Of(TopologySource.Difference, Pick(contexts, observed()), snapshot, token);

    /// <param name="live">What the clusters have.</param>
    /// <param name="files">The manifests, without what connected clusters tell of them.</param>
    public static TopologyGraph Compare(TopologyGraph live, Analysis files, ImmutableArray<ObservedCluster> observed, CancellationToken token) => LiveComparison.Of(
        live,
        LiveWorkspace.IsNamed(observed, files.Workspace)
            ? files.TopologyOf([.. observed.Select(one => LiveWorkspace.NameOf(one, files.Workspace)).Distinct(StringComparer.Ordinal)], token)
            : files.Topology(token));

    /// <summary>A graph of live objects for a view that stays open: empty as long as none of its clusters is connected.</summary>
    public TopologyGraph Watched(TopologySource source, IReadOnlyList<string> contexts, Snapshot snapshot, CancellationToken token)
    {
        // Those that are gone take nothing from the others.
        ImmutableDictionary<string, ObservedCluster> all = observed();
        string[] connected = [.. contexts.Where(all.ContainsKey)];
        return all.IsEmpty || (contexts.Count > 0 && connected.Length == 0) ? TopologyGraph.Empty : Of(source, Pick(connected, all), snapshot, token);
    }

    /// <summary>Nobody looks any more: the objects need not be kept.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }

    /// <param name="picked">Picked once: a cluster that is lost meanwhile must not be on one side of a difference only.</param>
    private TopologyGraph Of(TopologySource source, ImmutableArray<ObservedCluster> picked, Snapshot snapshot, CancellationToken token)
    {
        TopologyGraph live;
        lock (_gate)
        {
            live = KeptFor(picked).Of(picked, snapshot.Analysis.Workspace, token).Topology(token);
        }
        return source == TopologySource.Difference ? Compare(live, snapshot.Analysis.WithoutClusters(), picked, token) : live;
    }

    private LiveWorkspace KeptFor(ImmutableArray<ObservedCluster> picked)
    {
        string contexts = string.Join('\n', picked.Select(one => one.Target.Context));
        int at = _kept.FindIndex(one => one.Contexts == contexts);
        (string, LiveWorkspace Objects) kept = at < 0 ? (contexts, new LiveWorkspace()) : _kept[at];
        if (at >= 0)
        {
            _kept.RemoveAt(at);
        }
        else if (_kept.Count == MaxKept)
        {
            _kept.RemoveAt(0);
        }
        _kept.Add(kept);
        return kept.Objects;
    }

    private static ImmutableArray<ObservedCluster> Pick(IReadOnlyList<string> contexts, ImmutableDictionary<string, ObservedCluster> all)
    {
        foreach (string context in contexts)
        {
            if (!all.ContainsKey(context))
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, $"`{context}` is not connected.");
            }
        }
        ImmutableArray<ObservedCluster> picked =
            [.. all.Values.Where(one => contexts.Count == 0 || contexts.Contains(one.Target.Context, StringComparer.Ordinal)).OrderBy(one => one.Target.Context, StringComparer.Ordinal)];
        return picked.IsEmpty ? throw new RpcErrorException(ErrorCode.RequestFailed, "No cluster is connected.") : picked;
    }
}
