using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Which listeners can't be told apart (Gateway API, "Distinct" listeners). Within one owner all of them lose; between
/// owners those that come first keep their place: the Gateway, then its ListenerSets in order.
/// </summary>
internal static class ListenerConflicts
{
    /// <param name="owners">The listeners of the Gateway, then those of each ListenerSet that may join, in order of precedence.</param>
    public static void Mark(IEnumerable<IReadOnlyList<ResolvedListener>> owners)
    {
        var taken = new Dictionary<int, List<ResolvedListener>>();
        foreach (IReadOnlyList<ResolvedListener> listeners in owners)
        {
            MarkWithin(listeners);
            foreach (ResolvedListener listener in listeners)
            {
                if (listener.Conflict == ListenerConflict.None && Port(listener) is { } port && taken.TryGetValue(port, out List<ResolvedListener>? earlier))
                {
                    MarkAgainst(listener, earlier);
                }
            }
            foreach (ResolvedListener listener in listeners)
            {
                // What is conflicted is not configured, so it stands in nobody's way.
                if (listener.Conflict == ListenerConflict.None && Port(listener) is { } port)
                {
                    if (!taken.TryGetValue(port, out List<ResolvedListener>? known))
                    {
                        taken[port] = known = [];
                    }
                    known.Add(listener);
                }
            }
        }
        foreach (List<ResolvedListener> samePort in taken.Values)
        {
            MarkOverlaps(samePort);
        }
    }

    private static void MarkWithin(IReadOnlyList<ResolvedListener> listeners)
    {
        foreach (var group in listeners.Where(l => Port(l) is not null).GroupBy(Port))
        {
            List<ResolvedListener> samePort = [.. group];
            foreach (ResolvedListener listener in samePort)
            {
                MarkAgainst(listener, samePort);
            }
        }
    }

    private static void MarkAgainst(ResolvedListener listener, List<ResolvedListener> others)
    {
        foreach (ResolvedListener other in others)
        {
            ListenerConflict conflict = ReferenceEquals(other, listener) ? ListenerConflict.None : Between(listener.Listener, other.Listener);
            // That protocols can't share the port is the more basic trouble.
            if (conflict > listener.Conflict)
            {
                listener.Conflict = conflict;
                listener.ConflictsWith = other.Listener;
            }
        }
    }

    /// <summary>The conflict of two listeners on the same port.</summary>
    public static ListenerConflict Between(Listener a, Listener b)
    {
        ProtocolFamily one = ListenerProtocols.Family(a.Protocol);
        ProtocolFamily other = ListenerProtocols.Family(b.Protocol);
        if (one == ProtocolFamily.Unknown || other == ProtocolFamily.Unknown)
        {
            return ListenerConflict.None;
        }
        if (one == ProtocolFamily.Udp || other == ProtocolFamily.Udp)
        {
            // Ports of UDP are other ports.
            return one == other ? ListenerConflict.Protocol : ListenerConflict.None;
        }
        if (one != other || one == ProtocolFamily.Tcp)
        {
            return ListenerConflict.Protocol;
        }
        return a.Hostname == b.Hostname ? ListenerConflict.Hostname : ListenerConflict.None;
    }

    /// <summary>On one port, listeners with TLS whose hostnames share some: a client's connection may serve the wrong one.</summary>
    private static void MarkOverlaps(List<ResolvedListener> samePort)
    {
        foreach (ResolvedListener listener in samePort)
        {
            foreach (ResolvedListener other in samePort)
            {
                if (!ReferenceEquals(listener, other) && HasTls(listener) && HasTls(other)
                    && HostnameMatch.TryIntersect(listener.Listener.Hostname, other.Listener.Hostname, out _))
                {
                    listener.OverlapsWith ??= other.Listener;
                }
            }
        }
    }

    private static bool HasTls(ResolvedListener listener) => ListenerProtocols.Family(listener.Listener.Protocol) == ProtocolFamily.Tls;

    /// <summary>Null for what is not known well enough to be compared.</summary>
    private static int? Port(ResolvedListener listener) => listener.Listener.IsTemplated ? null : listener.Listener.Port;
}
