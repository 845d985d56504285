using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>A listener that is in service, and the routes that are attached to it.</summary>
internal sealed class ListenerTable(TracedListener listener, bool isPassthrough)
{
    public TracedListener Listener => listener;

    /// <summary>True when TLS goes through unopened.</summary>
    public bool IsPassthrough => isPassthrough;

    public HostTable Http { get; } = new();

    public HostTable Grpc { get; } = new();

    /// <summary>TLSRoutes by server name.</summary>
    public HostTable Tls { get; } = new();

    /// <summary>TCPRoutes or UDPRoutes, oldest first once completed.</summary>
    public List<RoutingRoute> Streams { get; } = [];

    public bool IsHttp => listener.Protocol is "HTTP" or "HTTPS";

    /// <summary>True when clients open it with a TLS handshake.</summary>
    public bool IsTls => listener.Protocol is "HTTPS" or "TLS";

    public void Complete()
    {
        Http.Complete();
        Grpc.Complete();
        Tls.Complete();
        Streams.Sort((a, b) => a.CompareTo(b));
    }

    public override string ToString() =>
        $"Listener {listener.Name}" + (listener.ListenerSet is { } set ? $" of ListenerSet {set}" : "")
        + $" ({listener.Protocol} {listener.Port}, {listener.Hostname ?? "all hostnames"})";
}

/// <summary>A route that asks for this Gateway and is not attached to one of its listeners.</summary>
/// <param name="Reason">In the words of the specification.</param>
internal sealed record UnattachedRoute(TracedRoute Route, string Reason);

/// <summary>What a Gateway does with requests: its listeners in service, those of its ListenerSets included.</summary>
internal sealed class GatewayTable
{
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

    /// <summary>The table of a listener; null when it is not in service.</summary>
    public ListenerTable? Find(ResolvedListener listener)
    {
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
