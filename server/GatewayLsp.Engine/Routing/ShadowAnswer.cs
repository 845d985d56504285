using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>
/// Which matches of a route get no requests at one listener and hostname: an answer that can be remembered. Other routes
/// come and go there; it stays the same as long as those that matter to this route do.
/// </summary>
internal sealed class ShadowAnswer : IRememberedAnswer
{
    private readonly ResolvedListener _listener;
    private readonly Route _route;
    private readonly string? _hostname;
    private EntryList? _list;

    private ShadowAnswer(Resolver resolver, ResolvedListener listener, Route route, string? hostname)
    {
        (_listener, _route, _hostname) = (listener, route, hostname);
        (IsInService, EntryList? list) = Find(resolver);
        _list = list;
        Shadows = list?.ShadowedOf(Name) ?? [];
    }

    /// <summary>False when the listener serves nobody.</summary>
    public bool IsInService { get; }

    /// <summary>False when no route is served under that hostname.</summary>
    public bool IsServed => _list is not null;

    public IReadOnlyList<Shadow> Shadows { get; }

    private TracedRoute Name => new(_route.Kind, _route.Namespace, _route.Name);

    /// <param name="hostname">Exactly this one; null for the entries that are for all hosts.</param>
    public static ShadowAnswer Of(Resolver resolver, ResolvedListener listener, Route route, string? hostname) => new(resolver, listener, route, hostname);

    public bool HoldsIn(Resolver later)
    {
        (bool isInService, EntryList? list) = Find(later);
        if (isInService != IsInService || list is null != _list is null)
        {
            return false;
        }
        if (list is null || ReferenceEquals(list, _list))
        {
            return true;
        }
        IReadOnlyList<Shadow> now = list.ShadowedOf(Name);
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
        // Found sooner the next time; nothing else of it differs.
        _list = list;
        return true;
    }

    private (bool IsInService, EntryList? List) Find(Resolver resolver)
    {
        Gateway gateway = _listener.Gateway;
        ListenerTable? table = RoutingTable.Of(resolver).Gateway(new ObjectName(gateway.Namespace, gateway.Name))?.Find(_listener);
        return (table is not null, table?.Of(_route.Type).Find(_hostname));
    }
}
