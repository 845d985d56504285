using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Cli.Clusters;

namespace GatewayLsp.Server.Cli.Watch;

/// <summary>How many objects of a sort are well.</summary>
internal readonly record struct HealthCount(int Ok, int Bad, int Pending)
{
    /// <summary>No object of the sort could be seen, so that none are counted says nothing.</summary>
    public bool IsUnread { get; init; }

    public override string ToString() => IsUnread ? "unknown" :
        string.Create(CultureInfo.InvariantCulture, $"{Ok} ok{(Bad > 0 ? $", {Bad} bad" : "")}{(Pending > 0 ? $", {Pending} pending" : "")}");
}

/// <summary>A cluster in a few numbers.</summary>
internal sealed record ClusterHealth(ClusterTarget Target, ConnectionState State, ClusterError? Error, HealthCount Gateways, HealthCount Routes, ClusterSight Sight)
{
    /// <summary>Nothing is known to be wrong.</summary>
    public bool IsFine => State == ConnectionState.Connected && Gateways.Bad == 0 && Routes.Bad == 0;

    /// <summary>All that counts was seen, and nothing is wrong.</summary>
    public bool IsWell => IsFine && Sight.Unread.IsEmpty;

    public static ClusterHealth Of(ObservedCluster cluster) =>
        new(cluster.Target, cluster.State, cluster.Error, Count(cluster, ["Gateway"]), Count(cluster, ClusterSight.Routes), ClusterSight.Of(cluster));

    private static HealthCount Count(ObservedCluster cluster, string[] kinds)
    {
        var count = default(HealthCount);
        int read = 0, unread = 0;
        foreach (string kind in kinds)
        {
            if (!cluster.Kinds.TryGetValue(new GroupKind(ClusterReader.GatewayGroup, kind), out ObservedKind? known))
            {
                continue;
            }
            read += !ClusterSight.IsUnread(known) && known.Readability != Readability.NotServed ? 1 : 0;
            unread += ClusterSight.IsUnread(known) ? 1 : 0;
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
        return count with { IsUnread = unread > 0 && read == 0 && count == default };
    }
}
