using System.Collections.Immutable;
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
        var taken = new Dictionary<int, PortUse>();
        foreach (IReadOnlyList<ResolvedListener> listeners in owners)
        {
            var own = new Dictionary<int, PortUse>();
            foreach (ResolvedListener listener in listeners)
            {
                if (Port(listener) is not { } port)
                {
                    continue;
                }
                taken.GetValueOrDefault(port)?.Mark(listener);
                // Who loses to an earlier owner does not stand in the way of its neighbours either.
                if (listener.Conflict == ListenerConflict.None)
                {
                    (own.TryGetValue(port, out PortUse? use) ? use : own[port] = new PortUse()).Add(listener);
                }
            }
            foreach (ResolvedListener listener in listeners)
            {
                if (listener.Conflict == ListenerConflict.None && Port(listener) is { } port)
                {
                    own[port].Mark(listener);
                }
            }
            foreach (ResolvedListener listener in listeners)
            {
                // What is conflicted is not configured, so it conflicts with no other.
                if (listener.Conflict == ListenerConflict.None && Port(listener) is { } port)
                {
                    (taken.TryGetValue(port, out PortUse? use) ? use : taken[port] = new PortUse()).Add(listener);
                }
            }
        }
        foreach (PortUse use in taken.Values)
        {
            use.MarkOverlaps();
        }
    }

    /// <summary>Null for what is not known well enough to be compared.</summary>
    private static int? Port(ResolvedListener listener) => listener.Listener.IsTemplated ? null : listener.Listener.Port;

    /// <summary>The listeners on one port: by protocol, and by hostname where the protocol has those.</summary>
    private sealed class PortUse
    {
        private const string Every = "";

        private readonly Dictionary<ProtocolFamily, List<ResolvedListener>> _families = [];
        private readonly Dictionary<(ProtocolFamily, string), List<ResolvedListener>> _hostnames = [];

        public void Add(ResolvedListener listener)
        {
            ProtocolFamily family = ListenerProtocols.Family(listener.Listener.Protocol);
            Add(_families, family, listener);
            Add(_hostnames, (family, Hostname(listener)), listener);
        }

        /// <summary>That protocols can't share the port is the more basic trouble, so it is what is told.</summary>
        public void Mark(ResolvedListener listener)
        {
            ProtocolFamily family = ListenerProtocols.Family(listener.Listener.Protocol);
            if (listener.Conflict == ListenerConflict.Protocol || family == ProtocolFamily.Unknown)
            {
                return;
            }
            foreach ((ProtocolFamily other, List<ResolvedListener> listeners) in _families)
            {
                if (CannotShare(family, other) && Other(listeners, listener) is { } rival)
                {
                    listener.Conflict = ListenerConflict.Protocol;
                    listener.ConflictsWith = rival.Listener;
                    return;
                }
            }
            if (listener.Conflict == ListenerConflict.None && family is ProtocolFamily.Http or ProtocolFamily.Tls
                && _hostnames.TryGetValue((family, Hostname(listener)), out List<ResolvedListener>? same) && Other(same, listener) is { } twin)
            {
                listener.Conflict = ListenerConflict.Hostname;
                listener.ConflictsWith = twin.Listener;
            }
        }

        /// <summary>Listeners with TLS whose hostnames, or those of their certificates, share some: a connection that a client reuses may reach the wrong one.</summary>
        public void MarkOverlaps()
        {
            if (!_families.TryGetValue(ProtocolFamily.Tls, out List<ResolvedListener>? listeners) || listeners.Count < 2)
            {
                return;
            }
            MarkCertificates(listeners);
            foreach (ResolvedListener listener in listeners)
            {
                // The hostnames that cover this one: every hostname, and the wildcards above it.
                string hostname = Hostname(listener);
                Overlap(listener, hostname.Length == 0 ? null : Every);
                for (int dot = hostname.IndexOf('.'); dot >= 0 && listener.Overlapping is null; dot = hostname.IndexOf('.', dot + 1))
                {
                    string above = "*" + hostname[dot..];
                    Overlap(listener, above == hostname ? null : above);
                }
            }
            if (_hostnames.TryGetValue((ProtocolFamily.Tls, Every), out List<ResolvedListener>? every))
            {
                every[0].Overlapping ??= Other(listeners, every[0]);
            }
        }

        /// <summary>Listeners with certificates for the same hostname, of one name or of a wildcard for it.</summary>
        private static void MarkCertificates(List<ResolvedListener> listeners)
        {
            var first = new Dictionary<string, ResolvedListener>(StringComparer.Ordinal);
            foreach (ResolvedListener listener in listeners)
            {
                foreach (string name in Names(listener))
                {
                    if (!first.TryAdd(name, listener))
                    {
                        Share(listener, first[name]);
                    }
                }
            }
            foreach (ResolvedListener listener in listeners)
            {
                foreach (string name in Names(listener))
                {
                    if (!HostnameMatch.IsWildcard(name) && name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot && first.TryGetValue("*" + name[dot..], out ResolvedListener? wide))
                    {
                        Share(listener, wide);
                    }
                }
            }

            static ImmutableArray<string> Names(ResolvedListener listener) => listener.CertificateNames.IsDefault ? [] : listener.CertificateNames;

            static void Share(ResolvedListener one, ResolvedListener other)
            {
                if (!ReferenceEquals(one, other))
                {
                    one.SharesCertificateNamesWith ??= other.Listener;
                    other.SharesCertificateNamesWith ??= one.Listener;
                }
            }
        }

        private void Overlap(ResolvedListener listener, string? above)
        {
            if (above is not null && _hostnames.TryGetValue((ProtocolFamily.Tls, above), out List<ResolvedListener>? wider))
            {
                listener.Overlapping ??= wider[0];
                wider[0].Overlapping ??= listener;
            }
        }

        /// <summary>Ports of UDP are other ports. TCP tells nobody apart, HTTP and TLS not from each other.</summary>
        private static bool CannotShare(ProtocolFamily a, ProtocolFamily b) =>
            a != ProtocolFamily.Unknown && b != ProtocolFamily.Unknown
            && (a == b ? a is ProtocolFamily.Tcp or ProtocolFamily.Udp : a != ProtocolFamily.Udp && b != ProtocolFamily.Udp);

        private static ResolvedListener? Other(List<ResolvedListener> listeners, ResolvedListener than)
        {
            for (int i = 0; i < listeners.Count && i < 2; i++)
            {
                if (!ReferenceEquals(listeners[i], than))
                {
                    return listeners[i];
                }
            }
            return null;
        }

        private static string Hostname(ResolvedListener listener) => listener.Listener.Hostname ?? Every;

        private static void Add<TKey>(Dictionary<TKey, List<ResolvedListener>> lists, TKey key, ResolvedListener listener) where TKey : notnull
        {
            if (!lists.TryGetValue(key, out List<ResolvedListener>? list))
            {
                lists[key] = list = [];
            }
            list.Add(listener);
        }
    }
}
