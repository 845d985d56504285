using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>What rules about matches share.</summary>
internal static class RoutingRules
{
    private static readonly string[] RuleKeys = ["name"];
    private static readonly string[] MatchKeys = ["path", "method", "headers", "queryParams"];

    /// <summary>Matches of a route that earlier rules of the same route take all requests of: so it is wherever the route is attached.</summary>
    public static ImmutableArray<Shadow> WithinRoute(Route route, SemanticContext context)
    {
        return route.Type is RouteKind.Http or RouteKind.Grpc && route.Rules.Length > 1 ? RouteReader.Of(context.Resolver.Route(route)).OwnShadows : [];
    }

    /// <summary>Rules none of whose matches gets a request.</summary>
    public static IEnumerable<RoutingRule> Unreachable(ImmutableArray<Shadow> shadows)
    {
        if (shadows.IsEmpty)
        {
            yield break;
        }
        foreach (IGrouping<RoutingRule, Shadow> some in shadows.GroupBy(one => one.Entry.Rule))
        {
            if (some.Count() == some.Key.Matches.Length)
            {
                yield return some.Key;
            }
        }
    }

    /// <summary>Where a match is written: itself, or the rule that has none.</summary>
    public static ModelElement At(Route route, RouteEntry entry) => route.Rules[entry.Rule.Index] switch
    {
        HttpRouteRule http when entry.Match.Index is { } match => http.Matches[match],
        GrpcRouteRule grpc when entry.Match.Index is { } match => grpc.Matches[match],
        RouteRule rule => rule,
    };

    /// <summary>What becomes of all that a rule takes when nothing can take it on; for the end of a sentence.</summary>
    public static string Failure(Route route) => route.Type switch
    {
        RouteKind.Http => "every request that it takes gets 500",
        RouteKind.Grpc => "every call that it takes gets UNAVAILABLE",
        _ => "nothing that it takes gets through",
    };

    public static string[] KeysOf(RouteEntry entry) => entry.Match.Index is null ? RuleKeys : MatchKeys;
}
