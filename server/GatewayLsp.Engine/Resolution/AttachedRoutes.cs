using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What is attached to the listeners of an owner, kept with the row of routes that name it. The row is another one as soon as
/// one of the routes is; all else that attachment hangs on are Gateways, and kinds with stamps.
/// </summary>
internal sealed class AttachedRoutes
{
    private static readonly ConditionalWeakTable<Route[], AttachedRoutes> Known = [];

    private readonly Dictionary<Listener, ImmutableArray<AttachedRoute>> _routes;
    private readonly Dictionary<ObjectKey, ResolvedGateway?> _gateways = [];
    private readonly HashSet<ObjectKey> _objects = [];
    private readonly int _slots;
    private readonly bool _isComplete;
    private readonly KustomizedFiles _kustomized;
    private readonly ImmutableDictionary<string, string> _implementations;
    private readonly AnnouncedClasses _announced;
    private KindStamps _stamps;

    private AttachedRoutes(Resolver resolver, ImmutableArray<Route> all, Dictionary<Listener, ImmutableArray<AttachedRoute>> routes)
    {
        (_routes, _isComplete) = (routes, resolver.IsComplete);
        foreach (Route route in all)
        {
            _slots |= resolver.Route(route).Dependencies.Sum(_objects, _gateways);
        }
        (_kustomized, _implementations, _announced, _stamps) = (resolver.Kustomized, resolver.Implementations, resolver.Announced, resolver.Index.Stamps);
    }

    public static Dictionary<Listener, ImmutableArray<AttachedRoute>>? Find(Resolver resolver, ImmutableArray<Route> routes) =>
        CanKeep(resolver, routes) && Known.TryGetValue(ImmutableCollectionsMarshal.AsArray(routes)!, out AttachedRoutes? known) && known.HoldsIn(resolver) ? known._routes : null;

    public static void Keep(Resolver resolver, ImmutableArray<Route> routes, Dictionary<Listener, ImmutableArray<AttachedRoute>> attached)
    {
        if (CanKeep(resolver, routes))
        {
            Known.AddOrUpdate(ImmutableCollectionsMarshal.AsArray(routes)!, new AttachedRoutes(resolver, routes, attached));
        }
    }

    /// <summary>Clusters change without a stamp, and worlds share routes.</summary>
    private static bool CanKeep(Resolver resolver, ImmutableArray<Route> routes) => resolver.Fleet is null && !routes.IsDefaultOrEmpty;

    private bool HoldsIn(Resolver later)
    {
        KindStamps now = later.Index.Stamps;
        if (later.IsComplete != _isComplete || !ReferenceEquals(later.Kustomized, _kustomized) || !ReferenceEquals(later.Implementations, _implementations) || !ReferenceEquals(later.Announced, _announced))
        {
            return false;
        }
        if (ReferenceEquals(now, _stamps))
        {
            return true;
        }
        if ((now.Changed(_stamps) & _slots) != 0 || !now.AreUntouched(_stamps, _objects))
        {
            return false;
        }
        foreach ((ObjectKey key, ResolvedGateway? gateway) in _gateways)
        {
            if (!ReferenceEquals(later.Gateway(key), gateway))
            {
                return false;
            }
        }
        _stamps = now;
        return true;
    }
}
