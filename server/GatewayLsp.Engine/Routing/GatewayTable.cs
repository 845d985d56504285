using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>A listener that is in service, and the routes that are attached to it. Filled once, then only read.</summary>
internal sealed class ListenerTable
{
    /// <summary>From that many routes on, they are read by several threads.</summary>
    private const int ManyRoutes = 256;

    private ListenerTable(TracedListener listener, bool isPassthrough, ImmutableArray<AttachedRoute> attached)
    {
        Listener = listener;
        IsPassthrough = isPassthrough;
        Attached = attached;
    }

    public TracedListener Listener { get; }

    /// <summary>True when TLS goes through unopened.</summary>
    public bool IsPassthrough { get; }

    /// <summary>What the table was made from, in order of precedence.</summary>
    public ImmutableArray<AttachedRoute> Attached { get; }

    public HostTable Http { get; private init; } = new();

    public HostTable Grpc { get; private init; } = new();

    /// <summary>TLSRoutes by server name.</summary>
    public HostTable Tls { get; private init; } = new();

    /// <summary>TCPRoutes or UDPRoutes, oldest first.</summary>
    public ImmutableArray<RoutingRoute> Streams { get; private init; } = [];

    /// <summary>What was answered about its HTTPRoutes and GRPCRoutes. Caches: they follow from the table alone.</summary>
    internal KindAtAnswer? HttpAt, GrpcAt;

    public bool IsHttp => Listener.Protocol is "HTTP" or "HTTPS";

    /// <summary>True when clients open it with a TLS handshake.</summary>
    public bool IsTls => Listener.Protocol is "HTTPS" or "TLS";

    public HostTable Of(RouteKind kind) => kind switch { RouteKind.Http => Http, RouteKind.Grpc => Grpc, _ => Tls };

    public static ListenerTable Of(TracedListener listener, bool isPassthrough, ImmutableArray<AttachedRoute> attached)
    {
        if (attached.Length >= ManyRoutes)
        {
            Parallel.For(0, attached.Length, i => _ = RouteReader.Of(attached[i].Resolved));
        }
        return new(listener, isPassthrough, attached)
        {
            Http = Hosts(attached.AsSpan(), RouteKind.Http),
            Grpc = Hosts(attached.AsSpan(), RouteKind.Grpc),
            Tls = Hosts(attached.AsSpan(), RouteKind.Tls),
            Streams = StreamsOf(attached),
        };
    }

    /// <summary>The table of the same listener with other routes attached. What they have in common is shared.</summary>
    public ListenerTable With(ImmutableArray<AttachedRoute> attached)
    {
        int head = 0;
        while (head < Attached.Length && head < attached.Length && IsSame(Attached[head], attached[head]))
        {
            head++;
        }
        int tail = 0;
        while (tail < Attached.Length - head && tail < attached.Length - head && IsSame(Attached[^(tail + 1)], attached[^(tail + 1)]))
        {
            tail++;
        }
        ReadOnlySpan<AttachedRoute> went = Attached.AsSpan()[head..(Attached.Length - tail)];
        ReadOnlySpan<AttachedRoute> came = attached.AsSpan()[head..(attached.Length - tail)];
        if (went.IsEmpty && came.IsEmpty)
        {
            return this;
        }
        if (came.Length + went.Length > attached.Length / 2)
        {
            return Of(Listener, IsPassthrough, attached);
        }
        var removed = new HashSet<RoutingRoute>(ReferenceEqualityComparer.Instance);
        foreach (AttachedRoute one in went)
        {
            removed.Add(RouteReader.Of(one.Resolved));
        }
        return new ListenerTable(Listener, IsPassthrough, attached)
        {
            Http = Http.With(Hosts(went, RouteKind.Http), removed, Hosts(came, RouteKind.Http)),
            Grpc = Grpc.With(Hosts(went, RouteKind.Grpc), removed, Hosts(came, RouteKind.Grpc)),
            Tls = Tls.With(Hosts(went, RouteKind.Tls), removed, Hosts(came, RouteKind.Tls)),
            Streams = StreamsOf(attached),
        };
    }

    private static bool IsSame(AttachedRoute a, AttachedRoute b) => ReferenceEquals(a.Resolved, b.Resolved) && ReferenceEquals(a.At, b.At);

    private static HostTable Hosts(ReadOnlySpan<AttachedRoute> attached, RouteKind kind)
    {
        var table = new HostTable();
        foreach (AttachedRoute one in attached)
        {
            if (one.Route.Type == kind)
            {
                GatewayTableBuilder.Add(table, RouteReader.Of(one.Resolved), one.At.Hostnames);
            }
        }
        table.Complete();
        return table;
    }

    private static ImmutableArray<RoutingRoute> StreamsOf(ImmutableArray<AttachedRoute> attached)
    {
        List<RoutingRoute>? streams = null;
        foreach (AttachedRoute one in attached)
        {
            if (one.Route.Type is RouteKind.Tcp or RouteKind.Udp)
            {
                (streams ??= []).Add(RouteReader.Of(one.Resolved));
            }
        }
        streams?.Sort(static (a, b) => a.CompareTo(b));
        return streams is null ? [] : [.. streams];
    }

    public override string ToString() =>
        $"Listener {Listener.Name}" + (Listener.ListenerSet is { } set ? $" of ListenerSet {set}" : "")
        + $" ({Listener.Protocol} {Listener.Port}, {Listener.Hostname ?? "all hostnames"})";
}

/// <summary>The table of a listener and the mark of the snapshot that it was made for.</summary>
internal sealed record ListenerState(object Snapshot, ListenerTable Table);

/// <summary>A route that asks for this Gateway and is not attached to one of its listeners.</summary>
/// <param name="Reason">In the words of the specification.</param>
internal sealed record UnattachedRoute(TracedRoute Route, string Reason);

/// <summary>What a Gateway does with requests: its listeners in service, those of its ListenerSets included.</summary>
internal sealed class GatewayTable
{
    private const int MaxNamed = 5;

    public required ObjectName Name { get; init; }

    public required ImmutableArray<ListenerTable> Listeners { get; init; }

    /// <summary>Listeners that are not in service, each with the reason.</summary>
    public ImmutableArray<string> OutOfService { get; init; } = [];

    /// <summary>Asked for only where nothing took a request.</summary>
    public required Lazy<ImmutableArray<UnattachedRoute>> Unattached { get; init; }

    /// <summary>What a port that ends TLS wants of clients, in words; null when it asks for no certificate.</summary>
    public required Func<int, string?> ClientCheck { get; init; }

    /// <summary>A backend as a Gateway connects to it, TLS included.</summary>
    public required Func<BackendTarget, BackendTarget> Connect { get; init; }

    /// <summary>By the listener as it was resolved; every one of them that is in service.</summary>
    public required Dictionary<ResolvedListener, ListenerTable> ByListener { get; init; }

    /// <summary>The table of a listener; null when it is not in service.</summary>
    public ListenerTable? Find(ResolvedListener listener)
    {
        if (ByListener.TryGetValue(listener, out ListenerTable? table))
        {
            return table;
        }
        foreach (ListenerTable one in Listeners)
        {
            if (one.Listener.Name == listener.Name
                && (listener.Owner is ListenerSet set ? one.Listener.ListenerSet is { } owner && owner.Name == set.Name && owner.Namespace == set.Namespace : one.Listener.ListenerSet is null))
            {
                return one;
            }
        }
        return null;
    }

    /// <summary>That clients turn away the certificate they are shown for a name; null when it fits or is not known.</summary>
    public string? RefusedCertificate(ListenerTable table, string serverName)
    {
        foreach ((ResolvedListener listener, ListenerTable one) in ByListener)
        {
            if (ReferenceEquals(one, table))
            {
                return serverName.Length == 0 || listener.CertificateNames is not { IsDefaultOrEmpty: false } names || names.Any(name => HostnameMatch.IsCertifiedBy(serverName, name))
                    ? null
                    : $"Clients refuse the connection: the certificate is for {string.Join(", ", names.Distinct().Take(MaxNamed))}, not for {serverName}. What follows holds for clients that do not check it.";
            }
        }
        return null;
    }

    /// <summary>The listener whose hostname fits best among those that may take it; the first of equals. Null when none fits.</summary>
    public ListenerTable? Best(int port, string host, Func<ListenerTable, bool> mayTake)
    {
        ListenerTable? best = null;
        foreach (ListenerTable one in Listeners)
        {
            if (one.Listener.Port == port && mayTake(one) && HostnameMatch.Covers(one.Listener.Hostname, host)
                && (best is null || HostnameMatch.Rank(one.Listener.Hostname) > HostnameMatch.Rank(best.Listener.Hostname)))
            {
                best = one;
            }
        }
        return best;
    }
}
