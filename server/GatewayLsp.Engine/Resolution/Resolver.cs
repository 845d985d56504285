using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What the objects of one snapshot mean together: which listeners stand, which routes are attached where, what every
/// reference leads to. Answers are computed when asked for, kept with the object, and taken over from earlier snapshots
/// when nothing that they were made from has changed. Thread-safe.
/// </summary>
public sealed class Resolver
{
    /// <summary>From that many routes of a parent on, they are resolved by several threads.</summary>
    private const int ManyRoutes = 256;

    private readonly ReferenceIndex _references;
    private readonly ConcurrentDictionary<ObjectKey, ResolvedGateway?> _gateways = new();
    private readonly ConcurrentDictionary<ObjectKey, bool> _certificates = new();
    private readonly object _token = new();
    private readonly ConcurrentDictionary<ObjectKey, Lazy<Dictionary<Listener, ImmutableArray<AttachedRoute>>>> _attached = new();
    private object? _routing;

    private readonly ConcurrentDictionary<string, ClassImplementation?> _implementations = new();

    internal Resolver(ResourceIndex index, ReferenceIndex references, bool isComplete, KustomizedFiles? kustomized = null)
    {
        Kustomized = kustomized ?? KustomizedFiles.None;
        Index = index;
        _references = references;
        IsComplete = isComplete;
    }

    public ResourceIndex Index { get; }

    /// <summary>The files whose objects are not what they are written as.</summary>
    internal KustomizedFiles Kustomized { get; }

    /// <summary>What kustomizations change of objects.</summary>
    internal Overlays Overlays { get; init; } = Overlays.None;

    /// <summary>A mark of this snapshot: a result that carries it was found to hold here.</summary>
    internal object Token => _token;

    /// <summary>What is made of this snapshot by those who build on it; see <see cref="Engine.Routing.RoutingTable.Of"/>.</summary>
    internal T Routing<T>(Func<Resolver, T> make) where T : class =>
        (T)(Volatile.Read(ref _routing) ?? Interlocked.CompareExchange(ref _routing, make(this), null) ?? _routing!);

    /// <summary>True when what is not in the workspace is absent.</summary>
    public bool IsComplete { get; }

    /// <summary>True when the settings of classes and Gateways may be kept elsewhere.</summary>
    internal bool AreParametersElsewhere { get; init; }

    /// <summary>Kinds of which there are no other objects than those here.</summary>
    internal ImmutableHashSet<GroupKind> WholeKinds { get; init; } = [];

    /// <summary>What the user says about who implements which class.</summary>
    internal ImmutableDictionary<string, string> Implementations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What connected clusters say of their classes.</summary>
    internal AnnouncedClasses Announced { get; init; } = AnnouncedClasses.None;

    /// <summary>The clusters around; null where there is only one world.</summary>
    public Fleet? Fleet { get; internal init; }

    /// <summary>The cluster whose objects these are; empty for those of no cluster, null where there are no clusters.</summary>
    public string? Cluster => Fleet?.Own;

    /// <summary>Who implements the Gateways of a class; null when nobody knows.</summary>
    public ClassImplementation? ImplementationOf(string className) =>
        _implementations.GetOrAdd(className, static (name, resolver) => ClassImplementation.Of(name, resolver.Index, resolver.Implementations, resolver.Announced), this);

    /// <summary>The object of that identity; null when there is none or it has no view of that type.</summary>
    public T? Find<T>(ObjectKey key) where T : ObjectView => KindGroups.Canonical(Index.Find(key))?.Object.View<T>();

    /// <summary>All objects of a kind: one for each identity, in order of namespace and name.</summary>
    public IEnumerable<T> All<T>(string group, string kind) where T : ObjectView => KindGroups.Of(Index.Kind(group, kind)).InOrder.OfType<T>();

    public ResolvedGateway? Gateway(ObjectKey key) => _gateways.GetOrAdd(key, static (key, resolver) => resolver.Resolve(key), this);

    public ResolvedGateway? Gateway(string ns, string name) => Gateway(new ObjectKey(ApiGroups.Gateway, "Gateway", ns, name));

    /// <summary>What became of a ListenerSet; null when its Gateway is not there.</summary>
    public ResolvedListenerSet? ListenerSet(ListenerSet set)
    {
        if (!set.ParentRef.IsKnown || Gateway(set.ParentRef.Key) is not { } gateway)
        {
            return null;
        }
        foreach (ResolvedListenerSet one in gateway.ListenerSets)
        {
            if (ReferenceEquals(one.Set, set))
            {
                return one;
            }
        }
        return null;
    }

    public ResolvedRoute Route(Route route)
    {
        if (PerCluster.Get<ResolvedRoute>(route.Resolved, Cluster) is { } known && (ReferenceEquals(known.Checked, _token) || known.Dependencies.HoldIn(this)))
        {
            known.Checked = _token;
            return known;
        }
        ResolvedRoute made = RouteResolver.Resolve(this, route);
        made.Dependencies.Seal();
        made.Checked = _token;
        PerCluster.Set(ref route.Resolved, Cluster, made);
        return made;
    }

    /// <summary>The routes that name a Gateway, ListenerSet or Service as parent, attached or not, in order of precedence: by age, then namespace and name.</summary>
    public ImmutableArray<Route> RoutesOf(ObjectKey parent)
    {
        ImmutableArray<Route> all = RouteOrder.Of(_references.To(parent));
        if (!Index.HasDuplicates)
        {
            return all;
        }
        int first = 0;
        while (first < all.Length && (!Index.Shared.Contains(all[first].Object) || Counts(all[first])))
        {
            first++;
        }
        if (first == all.Length)
        {
            return all;
        }
        var counting = ImmutableArray.CreateBuilder<Route>(all.Length);
        counting.AddRange(all, first);
        for (int i = first + 1; i < all.Length; i++)
        {
            if (!Index.Shared.Contains(all[i].Object) || Counts(all[i]))
            {
                counting.Add(all[i]);
            }
        }
        return counting.DrainToImmutable();
    }

    /// <summary>The routes that are attached to a listener of a Gateway or ListenerSet, in order of precedence.</summary>
    public ImmutableArray<AttachedRoute> RoutesAt(ResolvedListener listener) =>
        _attached.GetOrAdd(KeyOf(listener.Owner), static (owner, resolver) => new(() => resolver.Attached(owner)), this).Value.GetValueOrDefault(listener.Listener, []);

    public ResolvedPolicy Policy(BackendTlsPolicy policy)
    {
        if (PerCluster.Get<ResolvedPolicy>(policy.Resolved, Cluster) is { } known && (ReferenceEquals(known.Checked, _token) || known.Dependencies.HoldIn(this)))
        {
            known.Checked = _token;
            return known;
        }
        ResolvedPolicy made = PolicyResolver.Resolve(this, policy);
        made.Dependencies.Seal();
        made.Checked = _token;
        PerCluster.Set(ref policy.Resolved, Cluster, made);
        return made;
    }

    /// <summary>The objects that refer to one in any of these roles, each once.</summary>
    public IReadOnlyCollection<ObjectView> Referring(ObjectKey target, params ReadOnlySpan<ReferenceRole> roles)
    {
        var found = new HashSet<ObjectView>(ReferenceEqualityComparer.Instance);
        foreach (Referrer referrer in _references.To(target))
        {
            if (roles.Contains(referrer.Reference.Role) && Owner(referrer) is { } view)
            {
                found.Add(view);
            }
        }
        return found;
    }

    public static ObjectKey KeyOf(ObjectView view) => new(view.Group, view.Kind, view.Namespace, view.Name);

    public ImmutableArray<ReferenceGrant> GrantsIn(string ns) => KindGroups.Of(Index.Kind(ApiGroups.Gateway, "ReferenceGrant")).GrantsIn(ns);

    /// <summary>The ListenerSets that name a Gateway, in order of precedence.</summary>
    public ImmutableArray<ListenerSet> ListenerSetsOf(ObjectKey gateway)
    {
        ImmutableArray<ListenerSet> sets = KindGroups.Of(Index.Kind(ApiGroups.Gateway, "ListenerSet")).ListenerSetsOf(gateway);
        ImmutableArray<ListenerSet> old = KindGroups.Of(Index.Kind(ApiGroups.GatewayExperimental, "XListenerSet")).ListenerSetsOf(gateway);
        return old.IsEmpty ? sets : [.. sets.Concat(old).Order(Comparer<ListenerSet>.Create(ObjectView.CompareAge))];
    }

    /// <summary>True when some object of that kind and namespace is in the workspace.</summary>
    internal bool DeclaresKind(string group, string kind, string ns) => Index.Names(group, kind).HasNamespace(ns, Index.Kind(group, kind));

    /// <summary>True for the one object that counts for its identity; another one of the same identity does not.</summary>
    internal bool Counts(ObjectView view) => KindGroups.IsCanonical(Index.Find(KeyOf(view)), view.Object);

    /// <summary>True when the workspace has an object of that kind and namespace that holds certificates or is referred to for them.</summary>
    internal bool DeclaresCertificates(ObjectKey kind) => _certificates.GetOrAdd(kind, static (kind, resolver) => resolver.HasCertificates(kind), this);

    private bool HasCertificates(ObjectKey kind)
    {
        foreach ((ObjectKey key, ImmutableList<IndexedObject> same) in Index.Kind(kind.Group, kind.Kind))
        {
            if (key.Namespace != kind.Namespace)
            {
                continue;
            }
            bool holds = KindGroups.Canonical(same)?.Object.View() switch
            {
                Secret secret => secret.Type == Secret.TlsType || secret.Certificate != ContentState.Absent || secret.CaCertificates != ContentState.Absent,
                ConfigMap map => map.CaCertificates != ContentState.Absent,
                _ => false,
            };
            if (holds || IsReferredToAsCertificate(key))
            {
                return true;
            }
        }
        return false;
    }

    private bool IsReferredToAsCertificate(ObjectKey key)
    {
        foreach (Referrer referrer in _references.To(key))
        {
            if (referrer.Reference.Role is ReferenceRole.Certificate or ReferenceRole.ClientCertificate or ReferenceRole.CaCertificate)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The object that refers, when it is the one that counts for its identity.</summary>
    private ObjectView? Owner(Referrer referrer)
    {
        ObjectView? view = referrer.Reference.From.View();
        return view is not null && (!Index.HasDuplicates || Counts(view)) ? view : null;
    }

    private Dictionary<Listener, ImmutableArray<AttachedRoute>> Attached(ObjectKey owner)
    {
        ImmutableArray<Route> routes = RoutesOf(owner);
        // Where some of them do not count, the row is one of this snapshot alone.
        bool isWhole = !Index.HasDuplicates || routes == RouteOrder.Of(_references.To(owner));
        if (isWhole && AttachedRoutes.Find(this, routes) is { } known)
        {
            return known;
        }
        if (routes.Length >= ManyRoutes)
        {
            // What all of them ask first, so that no two threads make it.
            _ = owner.Kind == "Gateway" ? Gateway(owner) : Find<ListenerSet>(owner) is { ParentRef.IsKnown: true } set ? Gateway(set.ParentRef.Key) : null;
            Parallel.For(0, routes.Length, i => _ = Route(routes[i]));
        }
        var lists = new Dictionary<Listener, ImmutableArray<AttachedRoute>.Builder>(ReferenceEqualityComparer.Instance);
        foreach (Route route in routes)
        {
            ResolvedRoute resolved = Route(route);
            if (resolved.IsRejected)
            {
                continue;
            }
            foreach (ResolvedParent parent in resolved.Parents)
            {
                if (parent.Ref.Key != owner)
                {
                    continue;
                }
                foreach (AttachedListener at in parent.Listeners)
                {
                    if (!lists.TryGetValue(at.Listener.Listener, out ImmutableArray<AttachedRoute>.Builder? list))
                    {
                        lists[at.Listener.Listener] = list = ImmutableArray.CreateBuilder<AttachedRoute>();
                    }
                    // Two of its parentRefs may lead to the same listener.
                    if (list.Count == 0 || !ReferenceEquals(list[^1].Route, route))
                    {
                        list.Add(new AttachedRoute(resolved, parent, at));
                    }
                }
            }
        }
        var attached = new Dictionary<Listener, ImmutableArray<AttachedRoute>>(ReferenceEqualityComparer.Instance);
        foreach ((Listener listener, ImmutableArray<AttachedRoute>.Builder list) in lists)
        {
            attached[listener] = list.DrainToImmutable();
        }
        if (isWhole)
        {
            AttachedRoutes.Keep(this, routes, attached);
        }
        return attached;
    }

    private ResolvedGateway? Resolve(ObjectKey key)
    {
        if (Find<Gateway>(key) is not { } gateway)
        {
            return null;
        }
        if (PerCluster.Get<ResolvedGateway>(gateway.Resolved, Cluster) is { } known && known.Dependencies.HoldIn(this))
        {
            return known;
        }
        ResolvedGateway made = GatewayResolver.Resolve(this, gateway);
        made.Dependencies.Seal();
        PerCluster.Set(ref gateway.Resolved, Cluster, made);
        return made;
    }
}
