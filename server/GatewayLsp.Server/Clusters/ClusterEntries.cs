using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Cli.Contexts;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Clusters;

/// <summary>Says in a few words and numbers what a cluster is like.</summary>
internal static class ClusterEntries
{
    private static readonly string[] Routes = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    private static readonly ConditionalWeakTable<ObservedKind, CountEntry> Counted = [];

    public static ClusterEntry Of(ObservedCluster cluster) => new(
        cluster.Target.Context,
        cluster.Target.Label,
        ContextsJson.NameOf(cluster.Target.Provider),
        cluster.Target.IsProtected,
        StateOf(cluster),
        cluster.Error?.Message,
        cluster.Error?.Hint,
        cluster.Version?.GitVersion,
        GatewayApiBundle.Of(cluster) is { } bundle ? new GatewayApiEntry(bundle.Version, bundle.Channel) : null,
        cluster.State == ConnectionState.Lost ? cluster.ContactAt?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null,
        new HealthEntry(Count(cluster, ["Gateway"]), Count(cluster, Routes), Services(cluster)),
        Unreadable(cluster));

    private static string StateOf(ObservedCluster cluster) => cluster.State switch
    {
        ConnectionState.Connected => "connected",
        ConnectionState.Lost => "stale",
        ConnectionState.Failed => cluster.Error?.Kind is ClusterErrorKind.Unauthorized or ClusterErrorKind.Forbidden or ClusterErrorKind.NotAllowed
            or ClusterErrorKind.PluginMissing or ClusterErrorKind.PluginFailed or ClusterErrorKind.PluginTimeout ? "denied" : "unreachable",
        _ => "connecting",
    };

    private static CountEntry Count(ObservedCluster cluster, string[] kinds)
    {
        int ok = 0, bad = 0, pending = 0;
        foreach (string kind in kinds)
        {
            if (!cluster.Kinds.TryGetValue(new GroupKind(ApiGroups.Gateway, kind), out ObservedKind? known))
            {
                continue;
            }
            foreach ((_, ObservedResource one) in known.Resources)
            {
                switch (one.Health)
                {
                    case LiveHealth.Healthy:
                        ok++;
                        break;
                    case LiveHealth.Unhealthy:
                        bad++;
                        break;
                    case LiveHealth.Pending:
                        pending++;
                        break;
                }
            }
        }
        return new CountEntry(ok, bad, pending);
    }

    /// <summary>Services by what their EndpointSlices tell. Counted once for each state of these: it is asked for with every change of anything.</summary>
    private static CountEntry Services(ObservedCluster cluster) =>
        cluster.Kinds.TryGetValue(new GroupKind("discovery.k8s.io", "EndpointSlice"), out ObservedKind? slices) ? Counted.GetValue(slices, _ => OfServices(cluster)) : new CountEntry(0, 0, 0);

    private static CountEntry OfServices(ObservedCluster cluster)
    {
        (int ready, int empty) = LiveEndpoints.Of(cluster).CountServices();
        return new CountEntry(ready, empty, 0);
    }

    /// <summary>Kinds that can't be read in full, those with the same reason together.</summary>
    private static IReadOnlyList<string> Unreadable(ObservedCluster cluster)
    {
        var said = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach ((GroupKind kind, ObservedKind known) in cluster.Kinds)
        {
            string? text = known.Readability switch
            {
                Readability.Forbidden => "may not be read",
                Readability.SomeNamespaces => $"can be read only in {string.Join(", ", known.Namespaces)}",
                Readability.TooMany => "are too many to keep all of them",
                _ => null,
            };
            if (text is not null)
            {
                (said.TryGetValue(text, out List<string>? kinds) ? kinds : said[text] = []).Add(kind.Kind);
            }
        }
        return [.. said.Select(one => $"{string.Join(", ", one.Value.Order(StringComparer.Ordinal))} {one.Key}")];
    }
}
