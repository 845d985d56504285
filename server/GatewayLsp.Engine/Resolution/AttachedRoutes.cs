using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What is attached to the listeners of an owner, kept with the row of routes that name it. The row is another one as soon as
/// one of the routes is; all else that attachment hangs on are Gateways, and kinds with stamps.
/// </summary>
internal sealed class AttachedRoutes
{
    private static readonly ConditionalWeakTable<Route[], AttachedRoutes> Known = [];

    private readonly Dictionary<Listener, ImmutableArray<AttachedRoute>> _routes;
    private readonly JointDependencies _asked;

    private AttachedRoutes(Resolver resolver, ImmutableArray<Route> all, Dictionary<Listener, ImmutableArray<AttachedRoute>> routes) =>
        (_routes, _asked) = (routes, JointDependencies.Of(resolver, all.Select(route => resolver.Route(route).Dependencies)));

    public static Dictionary<Listener, ImmutableArray<AttachedRoute>>? Find(Resolver resolver, ImmutableArray<Route> routes) =>
        CanKeep(resolver, routes) && Known.TryGetValue(ImmutableCollectionsMarshal.AsArray(routes)!, out AttachedRoutes? known) && known._asked.HoldIn(resolver) ? known._routes : null;

    public static void Keep(Resolver resolver, ImmutableArray<Route> routes, Dictionary<Listener, ImmutableArray<AttachedRoute>> attached)
    {
        if (CanKeep(resolver, routes))
        {
            Known.AddOrUpdate(ImmutableCollectionsMarshal.AsArray(routes)!, new AttachedRoutes(resolver, routes, attached));
        }
    }

    /// <summary>Clusters change without a stamp, and worlds share routes.</summary>
    private static bool CanKeep(Resolver resolver, ImmutableArray<Route> routes) => resolver.Fleet is null && !routes.IsDefaultOrEmpty;
}
