using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Failover;

/// <summary>What does not work and what is prepared, for people.</summary>
internal static class FailoverText
{
    /// <param name="isBack">The plan is a way back.</param>
    public static void Write(FailoverPlan plan, TextWriter output, bool isBack)
    {
        foreach (LostCluster lost in plan.Lost)
        {
            output.Write($"{Printable.Of(lost.Target.Label)}  lost  {Printable.Of(lost.Error?.Message ?? "given up by --lost")}\n");
            foreach (LostGateway gateway in lost.Gateways)
            {
                string own = gateway.Addresses.IsEmpty ? "" : $" at {string.Join(", ", gateway.Addresses)}";
                string other = gateway.Others.IsEmpty ? "no other cluster has it"
                    : string.Join("; ", gateway.Others.Select(one => $"the same one at {one.Label}: {(one.Addresses.IsEmpty ? "no address" : string.Join(", ", one.Addresses))}"));
                output.Write($"  {Printable.Of($"{gateway.Key}{own}; {other}")}\n");
            }
        }
        foreach (ClusterShift cluster in plan.Clusters)
        {
            foreach (RouteShift route in cluster.Routes)
            {
                Route(cluster.Target, route, output, isBack);
            }
        }
    }

    /// <summary>What was not looked at, a line for each cluster of which that is anything.</summary>
    public static void Sight(IEnumerable<ObservedCluster> clusters, TextWriter output)
    {
        foreach (ObservedCluster cluster in clusters)
        {
            ClusterSight sight = ClusterSight.Of(cluster);
            if (!sight.IsWhole)
            {
                output.Write($"{Printable.Of(cluster.Target.Label)}  {(sight.Unread.IsEmpty ? "" : "unknown  ")}{sight}\n");
            }
        }
    }

    private static void Route(ClusterTarget target, RouteShift route, TextWriter output, bool isBack)
    {
        foreach (RuleOutage outage in route.Outages)
        {
            output.Write(Printable.Of(string.Create(CultureInfo.InvariantCulture,
                $"{target.Label}  {(route.IsDown ? "down" : "partly down")}  {route.Route.Key} rule {outage.Rule + 1}: no ready endpoints behind {string.Join(", ", outage.Empty)}")) + "\n");
        }
        if (isBack)
        {
            output.Write($"{Printable.Of(target.Label)}  shifted  {Printable.Of(route.Route.Key.ToString())}\n");
        }
        foreach (string change in route.Changes)
        {
            output.Write($"  prepared: {Printable.Of(change)}\n");
        }
        if (route.Obstacle is { } obstacle)
        {
            output.Write($"  not prepared: {Printable.Of(obstacle)}\n");
        }
    }
}
