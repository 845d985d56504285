using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Routing;

/// <summary>What a cluster gets of the requests, or several of them together where nothing tells how they divide it.</summary>
/// <param name="IsByEndpoints">True when it is in proportion to ready endpoints, as it is where no near ones are preferred.</param>
public sealed record ClusterShare(ImmutableArray<string> Clusters, Share Share, bool IsByEndpoints)
{
    /// <summary><c>east and north</c>.</summary>
    public string Names => Naming.List(Clusters);

    /// <summary>Of a trace in a cluster, largest first.</summary>
    internal static ImmutableArray<ClusterShare> Of(RequestTrace trace)
    {
        if (trace.Cluster is not { } own)
        {
            return [];
        }
        var shares = new Dictionary<string, ClusterShare>(StringComparer.Ordinal);
        foreach (TracedBackend backend in trace.Backends)
        {
            if (backend.Share.IsNone || backend.Target is { IsValid: false } or { State: BackendState.Unknown, Clusters.IsEmpty: true })
            {
                continue;
            }
            ImmutableArray<string> clusters = backend.Target.Clusters.IsEmpty ? [own] : backend.Target.Clusters;
            ImmutableArray<int> ready = backend.Target.ReadyEndpoints;
            long whole = 0;
            foreach (int count in ready)
            {
                whole += count;
            }
            if (clusters.Length == 1 || whole == 0)
            {
                Add(clusters, backend.Share, isByEndpoints: false);
                continue;
            }
            for (int i = 0; i < clusters.Length; i++)
            {
                Add([clusters[i]], backend.Share.Times(ready[i], whole), isByEndpoints: true);
            }
        }
        return [.. shares.Values.Where(one => !one.Share.IsNone).OrderByDescending(one => one.Share.Value).ThenBy(one => one.Clusters[0], StringComparer.Ordinal)];

        void Add(ImmutableArray<string> clusters, Share share, bool isByEndpoints)
        {
            string key = string.Join('\n', clusters);
            shares[key] = shares.TryGetValue(key, out ClusterShare? known)
                ? known with { Share = known.Share.Plus(share), IsByEndpoints = known.IsByEndpoints || isByEndpoints }
                : new ClusterShare(clusters, share, isByEndpoints);
        }
    }
}
