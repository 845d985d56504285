using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Which matches of a route get no requests at one listener and hostname: an answer that can be remembered. Other routes
/// come and go there; it stays the same as long as those that matter to this route do.
/// </summary>
internal sealed class ShadowAnswer : IGroundedAnswer
{
    private readonly ResolvedListener _listener;
    private readonly Route _route;
    private readonly string? _hostname;
    private ListenerTable? _table;
    private EntryList? _list;

    private ShadowAnswer(Resolver resolver, ResolvedListener listener, Route route, string? hostname)
    {
        (_listener, _route, _hostname) = (listener, route, hostname);
        _table = TableIn(resolver);
        _list = _table?.Of(_route.Type).Find(_hostname);
        Shadows = _list?.ShadowedOf(Name) ?? [];
    }

    /// <summary>False when the listener serves nobody.</summary>
    public bool IsInService => _table is not null;

    /// <summary>False when no route is served under that hostname.</summary>
    public bool IsServed => _list is not null;

    public IReadOnlyList<Shadow> Shadows { get; }

    public object Ground => _listener;

    private TracedRoute Name => new(_route.Kind, _route.Namespace, _route.Name);

    /// <param name="hostname">Exactly this one; null for the entries that are for all hosts.</param>
    public static ShadowAnswer Of(Resolver resolver, ResolvedListener listener, Route route, string? hostname) => new(resolver, listener, route, hostname);

    public bool HoldsIn(Resolver later)
    {
        ListenerTable? table = TableIn(later);
        if (ReferenceEquals(table, _table))
        {
            return true;
        }
        EntryList? list = table?.Of(_route.Type).Find(_hostname);
        if (table is null || _table is null || list is null != _list is null)
        {
            return false;
        }
        if (!ReferenceEquals(list, _list) && !IsSame(list!.ShadowedOf(Name)))
        {
            return false;
        }
        // Found sooner the next time; nothing else of it differs.
        (_table, _list) = (table, list);
        return true;
    }

    /// <summary>The table of the listener: while it is the same, every answer about it is.</summary>
    public object? GroundIn(Resolver resolver) => TableIn(resolver);

    private bool IsSame(IReadOnlyList<Shadow> now)
    {
        if (now.Count != Shadows.Count)
        {
            return false;
        }
        for (int i = 0; i < now.Count; i++)
        {
            if (now[i] != Shadows[i])
            {
                return false;
            }
        }
        return true;
    }

    private ListenerTable? TableIn(Resolver resolver) => TableOf(_listener, resolver);

    /// <summary>The table of a listener in a snapshot; null when the listener serves nobody.</summary>
    public static ListenerTable? TableOf(ResolvedListener listener, Resolver resolver)
    {
        // Of thousands of routes at a listener, the first to ask in a snapshot has the table made.
        if (listener.Table is ListenerState { Table: var known } state && ReferenceEquals(state.Snapshot, resolver.Token))
        {
            return known;
        }
        Gateway gateway = listener.Gateway;
        return RoutingTable.Of(resolver).Gateway(new ObjectName(gateway.Namespace, gateway.Name))?.Find(listener);
    }
}
