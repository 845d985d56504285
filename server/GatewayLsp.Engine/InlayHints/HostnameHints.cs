using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>
/// Which hostnames are left of a route's after intersection with those of its listeners, where that is something else. A route
/// without hostnames takes over its listeners'. Silent as soon as one parent is not known.
/// </summary>
internal static class HostnameHints
{
    private const int MaxShown = 3;
    private const string Arrow = "→ ";

    public static void Add(Resolver resolver, Route route, HintList list)
    {
        if (route.Type is RouteKind.Tcp or RouteKind.Udp || route.Object.At("spec") is not YamlMapping spec || !list.IsWanted(spec.Span))
        {
            return;
        }
        ResolvedRoute resolved = resolver.Route(route);
        if (route.Hostnames.IsEmpty)
        {
            AddInherited(route, resolved, list);
        }
        else
        {
            AddEffective(route, resolved, list);
        }
    }

    private static void AddInherited(Route route, ResolvedRoute resolved, HintList list)
    {
        if (route.Object.At("spec", "hostnames") is { } hostnames && !hostnames.IsNull() && hostnames is not YamlSequence { Items.Length: 0 })
        {
            return;
        }
        foreach (ResolvedParent parent in resolved.Parents)
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            bool isOpen = parent.Listeners.IsEmpty;
            foreach (AttachedListener at in parent.Listeners)
            {
                isOpen |= at.Hostnames.IsEmpty || at.Listener.Listener.IsTemplated;
                names.UnionWith(at.Hostnames);
            }
            if (!isOpen && parent.Ref.Node is YamlMapping mapping && mapping.Find("name")?.Value is YamlScalar name)
            {
                list.Add(name.Span.End, Arrow + Shown(names), "The route names no hostnames: it serves those of the listeners.");
            }
        }
    }

    private static void AddEffective(Route route, ResolvedRoute resolved, HintList list)
    {
        var listeners = new List<string?>();
        foreach (ResolvedParent parent in resolved.Parents)
        {
            if (parent.Outcome is AttachOutcome.Unknown or AttachOutcome.ForeignParent || parent.Target is Service)
            {
                return;
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                if (at.Listener.Listener.IsTemplated)
                {
                    return;
                }
                listeners.Add(at.Listener.Listener.Hostname);
            }
        }
        // What is not attached at all is a problem of its own, not one of its hostnames.
        if (listeners.Count == 0)
        {
            return;
        }
        foreach (RouteHostname hostname in route.Hostnames)
        {
            if (hostname.Value is not { Length: > 0 } value || !ReferenceEquals(hostname.Node.Parent, route.Object.At("spec", "hostnames")))
            {
                continue;
            }
            var left = new SortedSet<string>(StringComparer.Ordinal);
            foreach (string? own in listeners)
            {
                if (HostnameMatch.TryIntersect(own, value, out string? both))
                {
                    left.Add(both ?? value);
                }
            }
            if (left.Count == 0)
            {
                list.Add(hostname.Node.Span.End, Arrow + "no listener", "None of the listeners that the route is attached to serves this hostname.");
            }
            else if (!left.Contains(value))
            {
                list.Add(hostname.Node.Span.End, Arrow + Shown(left), "What is left of it at the route's listeners.");
            }
        }
    }

    private static string Shown(SortedSet<string> names) =>
        names.Count <= MaxShown ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MaxShown))} +{names.Count - MaxShown}";
}
