using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Failover;

/// <summary>A rule that sends requests to backends which surely can't answer them.</summary>
/// <param name="Rule">0-based place in <c>spec.rules</c>.</param>
/// <param name="Empty">Backends with a weight and without a ready endpoint.</param>
/// <param name="IsTotal">None of the rule's requests are answered; else only those of some backends are lost.</param>
public sealed record RuleOutage(int Rule, ImmutableArray<string> Empty, bool IsTotal);

/// <summary>A route some of whose requests go nowhere, or that can be brought back to what it was before a shift.</summary>
/// <param name="Changes">The prepared change in words, a line each.</param>
/// <param name="Prepared">The route as it would be; null when nothing can be done.</param>
/// <param name="Obstacle">Why not all, or nothing, can be done; null when all can.</param>
public sealed record RouteShift(ObservedResource Route, ImmutableArray<RuleOutage> Outages, ImmutableArray<string> Changes, JsonObject? Prepared, string? Obstacle)
{
    /// <summary>All of its rules answer nothing; else others still carry requests.</summary>
    public bool IsDown { get; init; }
}

/// <summary>A Gateway of a cluster that is gone, and where the same one still is.</summary>
/// <param name="Others">Label and addresses of the Gateways of the same name in other clusters.</param>
public sealed record LostGateway(ObjectKey Key, ImmutableArray<string> Addresses, ImmutableArray<(string Label, ImmutableArray<string> Addresses)> Others);

/// <summary>A cluster that does not answer.</summary>
/// <param name="Error">Null when the user said that it is lost.</param>
/// <param name="Gateways">As far as they were known before.</param>
public sealed record LostCluster(ClusterTarget Target, ClusterError? Error, ImmutableArray<LostGateway> Gateways);

/// <summary>What is to be done at one cluster.</summary>
public sealed record ClusterShift(ClusterTarget Target, ImmutableArray<RouteShift> Routes);

/// <summary>What does not work at several clusters, and the changes that shift traffic to where it does.</summary>
public sealed record FailoverPlan(ImmutableArray<LostCluster> Lost, ImmutableArray<ClusterShift> Clusters)
{
    public bool IsWell => Lost.IsEmpty && Clusters.All(one => one.Routes.IsEmpty);

    /// <summary>Something that does not work can't be shifted, or not back.</summary>
    public bool HasObstacles => Clusters.Any(one => one.Routes.Any(route => route.Obstacle is not null));

    public bool HasChanges => Clusters.Any(one => one.Routes.Any(route => route.Prepared is not null));
}
