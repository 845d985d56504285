using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>One way into a rule: a hostname that listener and route share, and one of the rule's matches.</summary>
/// <param name="Hostname">Lower case; null for all hosts.</param>
internal sealed record RouteEntry(string? Hostname, RoutingRoute Route, RoutingRule Rule, RequestMatch Match)
{
    /// <summary>Precedence among entries that all fit a request, complete: equal only for one and the same. Negative: <paramref name="a"/> wins.</summary>
    public static int Compare(RouteEntry a, RouteEntry b)
    {
        int order = HostnameMatch.Rank(b.Hostname).CompareTo(HostnameMatch.Rank(a.Hostname));
        if (order == 0)
        {
            order = MatchPrecedence.Compare(a.Match, b.Match);
        }
        if (order == 0 && !ReferenceEquals(a.Route, b.Route))
        {
            order = a.Route.CompareTo(b.Route);
        }
        if (order == 0)
        {
            order = a.Rule.Index.CompareTo(b.Rule.Index);
        }
        return order != 0 ? order : Nullable.Compare(a.Match.Index, b.Match.Index);
    }

    /// <summary>By what this entry wins over one that fits the request too, in words.</summary>
    public string ReasonOver(RouteEntry loser)
    {
        if (HostnameMatch.Rank(Hostname) != HostnameMatch.Rank(loser.Hostname))
        {
            return $"hostname {Hostname} is more specific than {loser.Hostname ?? "none"}";
        }
        if (MatchPrecedence.Reason(Match, loser.Match) is { } reason)
        {
            return reason;
        }
        if (ReferenceEquals(Route, loser.Route))
        {
            return "it stands first in the route";
        }
        return Route.CreatedAt is not null && Route.CreatedAt != loser.Route.CreatedAt ? "its route is older" : "its route comes first by namespace and name";
    }

    /// <summary><c>HTTPRoute shop/web, rule 1 (canary), match 2</c>; places count from 1 as people do.</summary>
    public override string ToString() =>
        $"{Route.Name}, rule {Rule.Index + 1}" + (Rule.Name is null ? "" : $" ({Rule.Name})") + (Match.Index is { } match && Rule.Matches.Length > 1 ? $", match {match + 1}" : "");
}
