using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Server.Cli.Watch;

/// <summary>How many objects of a sort are well.</summary>
internal readonly record struct HealthCount(int Ok, int Bad, int Pending)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Ok} ok{(Bad > 0 ? $", {Bad} bad" : "")}{(Pending > 0 ? $", {Pending} pending" : "")}");
}

/// <summary>A cluster in a few numbers.</summary>
internal sealed record ClusterHealth(ClusterTarget Target, ConnectionState State, ClusterError? Error, HealthCount Gateways, HealthCount Routes)
{
    private static readonly string[] RouteKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    public bool IsWell => State == ConnectionState.Connected && Gateways.Bad == 0 && Routes.Bad == 0;

    public static ClusterHealth Of(ObservedCluster cluster) =>
        new(cluster.Target, cluster.State, cluster.Error, Count(cluster, ["Gateway"]), Count(cluster, RouteKinds));

    private static HealthCount Count(ObservedCluster cluster, string[] kinds)
    {
        var count = default(HealthCount);
        foreach (string kind in kinds)
        {
            if (!cluster.Kinds.TryGetValue(new GroupKind(ClusterReader.GatewayGroup, kind), out ObservedKind? known))
            {
                continue;
            }
            foreach (ObservedResource one in known.Resources.Values)
            {
                count = one.Health switch
                {
                    LiveHealth.Healthy => count with { Ok = count.Ok + 1 },
                    LiveHealth.Unhealthy => count with { Bad = count.Bad + 1 },
                    LiveHealth.Pending => count with { Pending = count.Pending + 1 },
                    _ => count,
                };
            }
        }
        return count;
    }
}
