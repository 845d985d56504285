using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>Where the redirects of rules lead: to a listener of these Gateways, or to a host elsewhere.</summary>
internal sealed class RedirectEdges(GraphDraft draft, GatewayNodes gateways)
{
    public void Add(ResolvedRoute route, RouteRule rule, string id)
    {
        RouteFilter? filter = rule.Filters.FirstOrDefault(one => one.Redirect is not null);
        if (filter?.Redirect is not { } redirect)
        {
            return;
        }
        var reader = new RedirectFilter(redirect.Scheme, redirect.Hostname, redirect.Port, null, redirect.StatusCode);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ResolvedParent parent in route.Parents)
        {
            foreach (AttachedListener at in parent.Listeners)
            {
                if (at.Listener.Listener.Port is not { } port)
                {
                    continue;
                }
                string scheme = at.Listener.Listener.Protocol == "HTTPS" ? "https" : "http";
                foreach (string host in at.Hostnames.IsEmpty ? [""] : at.Hostnames)
                {
                    TracedRedirect target = RedirectTarget.Of(reader, scheme, host, port, "/", RequestMatch.Everything.Path);
                    (string to, string shown) = Target(parent, target);
                    if (seen.Add(to))
                    {
                        draft.Add(new TopologyEdge
                        {
                            Id = TopologyIds.Edge(id, TopologyEdgeKind.Redirects, to), From = id, To = to, Kind = TopologyEdgeKind.Redirects,
                            Label = redirect.StatusCode.ToString(CultureInfo.InvariantCulture), Facts = [new TopologyFact("location", shown)],
                            Place = draft.PlaceOf(route.Route.Object.Document, filter.Node.Span),
                        });
                    }
                }
            }
        }
    }

    /// <summary>A listener of the same Gateway that would take the new request, else of any other, else the host by itself.</summary>
    private (string Id, string Shown) Target(ResolvedParent parent, TracedRedirect target)
    {
        string port = target.Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : "";
        string shown = $"{target.Scheme}://{(target.Host.Length == 0 ? "(same host)" : target.Host)}{port}";
        if (Listener(parent.Gateway, target) is { } own)
        {
            return (own, shown);
        }
        foreach (Gateway gateway in target.Host.Length == 0 ? [] : draft.Resolver.All<Gateway>(ApiGroups.Gateway, "Gateway"))
        {
            if (Listener(draft.Resolver.Gateway(Resolver.KeyOf(gateway)), target) is { } other)
            {
                return (other, shown);
            }
        }
        string id = TopologyIds.ExternalHost(shown);
        draft.Add(new TopologyNode { Id = id, Kind = TopologyNodeKind.ExternalHost, Label = shown });
        return (id, shown);
    }

    private string? Listener(ResolvedGateway? gateway, TracedRedirect target)
    {
        if (gateway is null || (target.Port ?? RedirectTarget.PortOf(target.Scheme)) is not { } port)
        {
            return null;
        }
        ResolvedListener? best = null;
        foreach (ResolvedListener one in gateway.AllListeners)
        {
            if (one.IsValid && one.Listener.Port == port && one.Listener.Protocol == (target.Scheme == "https" ? "HTTPS" : "HTTP")
                && HostnameMatch.TryIntersect(one.Listener.Hostname, target.Host.Length == 0 ? null : target.Host, out _)
                && (best is null || HostnameMatch.Rank(one.Listener.Hostname) > HostnameMatch.Rank(best.Listener.Hostname)))
            {
                best = one;
            }
        }
        return best is null ? null : gateways.Of(best.Listener);
    }
}
