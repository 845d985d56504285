using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Hover;

/// <summary>An item of <c>matches</c> of HTTPRoute and GRPCRoute: what it takes, and which rules go before and after it.</summary>
internal static class MatchHover
{
    private const int MaxStandings = 4;

    /// <summary>Null when the node is no such item or its route is attached nowhere.</summary>
    public static string? Describe(Workspace workspace, ManifestObject one, YamlNode item)
    {
        if (item.Owner is not YamlSequence { Entry: { Name: "matches" } } || one.View<Route>() is not { } route
            || Place(route, item) is not { } place)
        {
            return null;
        }
        var name = new TracedRoute(route.Kind, route.Namespace, route.Name);
        var text = new StringBuilder();
        int count = 0;
        foreach (ResolvedGateway gateway in Gateways(workspace.Resolver.Route(route)))
        {
            if (workspace.Routing.Gateway(new ObjectName(gateway.Gateway.Namespace, gateway.Gateway.Name)) is not { } table)
            {
                continue;
            }
            foreach (MatchStanding standing in MatchStanding.Of(table, name, place.Rule, place.Match))
            {
                if (++count <= MaxStandings)
                {
                    Append(text, table, standing);
                }
            }
        }
        if (count > MaxStandings)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\nand at {count - MaxStandings} more listeners and hostnames");
        }
        return text.Length == 0 ? null : text.ToString().Trim();
    }

    private static void Append(StringBuilder text, GatewayTable gateway, MatchStanding standing)
    {
        string host = standing.Hostname is { } hostname ? $"host `{Plain(hostname)}`" : "all hosts";
        text.Append(CultureInfo.InvariantCulture, $"\n\n**At {host}**, Gateway {gateway.Name}, listener {Plain(standing.Listener.Listener.Name)}:");
        if (standing.ShadowedBy is { } shadow)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- gets nothing: {Plain(shadow.ToString())} takes all of it first");
            return;
        }
        foreach (RouteEntry entry in standing.Before)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- after {Plain(entry.ToString())}: {Plain(entry.Match.ToString())}");
        }
        foreach (RouteEntry entry in standing.After)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n- before {Plain(entry.ToString())}: {Plain(entry.Match.ToString())}");
        }
        if (standing.Before.IsEmpty && standing.After.IsEmpty)
        {
            text.Append("\n- no other rule takes such requests");
        }
    }

    private static (int Rule, int? Match)? Place(Route route, YamlNode item)
    {
        for (int rule = 0; rule < route.Rules.Length; rule++)
        {
            int count = route.Rules[rule] switch
            {
                HttpRouteRule http => http.Matches.Length,
                GrpcRouteRule grpc => grpc.Matches.Length,
                _ => 0,
            };
            for (int match = 0; match < count; match++)
            {
                YamlNode node = route.Rules[rule] is HttpRouteRule http ? http.Matches[match].Node : ((GrpcRouteRule)route.Rules[rule]).Matches[match].Node;
                if (ReferenceEquals(node, item.Resolved()))
                {
                    return (rule, match);
                }
            }
        }
        return null;
    }

    private static IEnumerable<ResolvedGateway> Gateways(ResolvedRoute route)
    {
        var seen = new HashSet<ObjectKey>();
        foreach (ResolvedParent parent in route.Parents)
        {
            if (parent is { Outcome: AttachOutcome.Attached, Gateway: { } gateway } && seen.Add(gateway.Key))
            {
                yield return gateway;
            }
        }
    }

    private static string Plain(string text) => FieldDocumentation.Escape(text);
}
