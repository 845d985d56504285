using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Features;

namespace GatewayLsp.Engine.Resolution;

/// <summary>An answer that can find out itself whether a later snapshot gives the same one.</summary>
internal interface IRememberedAnswer
{
    bool HoldsIn(Resolver later);
}

/// <summary>An answer that many others have the ground in common with: while that is the same instance, all of them hold.</summary>
internal interface IGroundedAnswer : IRememberedAnswer
{
    /// <summary>What tells the grounds apart.</summary>
    object Ground { get; }

    object? GroundIn(Resolver resolver);
}

/// <summary>
/// What a result was made from: every question that was asked of the snapshot, with its answer. While all answers are the
/// same in a later snapshot, so is the result. Who makes a result that is to be kept asks here and nowhere else.
/// </summary>
internal sealed class Dependencies
{
    /// <summary>The same question comes again soon or never; asking twice later only costs time.</summary>
    private const int RemembersBack = 16;

    /// <summary>Longer lists are let go of.</summary>
    private const int MaxKept = 256;

    internal enum Question : byte { Object, Grants, ListenerSets, Declared, Certificates, Gateway, Kind, Names, Route, Own }

    /// <summary>Small: there are some for each of thousands of results, and an edit of a Gateway looks at them all.</summary>
    internal readonly record struct Asked(ObjectKey Key, object? Answer, Question Question, sbyte Slot, ushort Slots);

    /// <summary>Lists to be filled again: a Gateway that changes makes thousands of results, each of which asks a little.</summary>
    [ThreadStatic]
    private static Stack<List<Asked>>? t_lists;

    private Resolver? _snapshot;
    private readonly bool _isComplete;
    private readonly bool _areParametersElsewhere;
    private readonly ImmutableHashSet<GroupKind> _wholeKinds;
    private readonly ImmutableDictionary<string, string> _implementations;
    private readonly AnnouncedClasses _announced;
    private readonly string? _cluster;
    private List<Asked>? _open = t_lists is { Count: > 0 } lists ? lists.Pop() : [];
    private Asked[] _asked = [];
    private KindStamps _stamps;

    /// <summary>True when some answer may change though no stamp does, as those about routes.</summary>
    private bool _hasUnstamped;

    /// <summary>The slots, as bits, of all kinds that an answer hangs on, directly or through what was resolved of them.</summary>
    private int _slots;

    public Dependencies(Resolver resolver)
    {
        _snapshot = resolver;
        _isComplete = resolver.IsComplete;
        _areParametersElsewhere = resolver.AreParametersElsewhere;
        _wholeKinds = resolver.WholeKinds;
        _implementations = resolver.Implementations;
        _announced = resolver.Announced;
        _cluster = resolver.Cluster;
        Kustomized = resolver.Kustomized;
        Overlays = resolver.Overlays;
        _stamps = resolver.Index.Stamps;
    }

    /// <summary>All that was asked, each question once or a few times.</summary>
    public ReadOnlySpan<Asked> AllAsked => _asked;

    /// <summary>True when what is not in the workspace is absent.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>True when the settings of classes and Gateways may be kept elsewhere.</summary>
    public bool AreParametersElsewhere => _areParametersElsewhere;

    /// <summary>True when an object of that kind that is not in the workspace is absent.</summary>
    public bool IsWhole(string group, string kind) => _isComplete || (!_wholeKinds.IsEmpty && _wholeKinds.Contains(new GroupKind(group, kind)));

    /// <summary>The cluster that the objects are for; empty for those of no cluster, null where there are no clusters.</summary>
    public string? Cluster => _cluster;

    /// <summary>
    /// True for manifests of no cluster beside those of clusters: they are applied together with the manifests of some cluster,
    /// so that nothing is missing from among them.
    /// </summary>
    public bool IsShared => _cluster is { Length: 0 };

    /// <summary>What the user says about clusters; null where there are none.</summary>
    public ClusterMap? Clusters => Snapshot.Fleet?.Settings;

    /// <summary>The objects of an identity in every cluster that has one, by name of the cluster; empty where there are no clusters.</summary>
    public ImmutableArray<ClusterObjects> InFleet(ObjectKey key) => _cluster is null ? [] : Ask(snapshot => FleetAnswer.Of(snapshot, key)).Found;

    /// <summary>The clusters that are in one Istio mesh.</summary>
    public ImmutableArray<string> Meshed() => _cluster is null ? [] : Ask(MeshAnswer.Of).Clusters;

    /// <summary>The files whose objects are not what they are written as.</summary>
    public KustomizedFiles Kustomized { get; }

    /// <summary>What kustomizations change of objects.</summary>
    public Overlays Overlays { get; }

    private Resolver Snapshot => _snapshot ?? throw new InvalidOperationException("The result is made.");

    /// <summary>Nothing more will be asked. Lets go of the snapshot, which would live as long as the result otherwise.</summary>
    public void Seal()
    {
        if (_open is { } open)
        {
            _asked = open.Count > 0 ? [.. open] : [];
            if (open.Capacity <= MaxKept)
            {
                open.Clear();
                (t_lists ??= new Stack<List<Asked>>()).Push(open);
            }
        }
        _open = null;
        _snapshot = null;
    }

    /// <summary>All objects of an identity.</summary>
    public ImmutableList<IndexedObject> Objects(ObjectKey key)
    {
        ImmutableList<IndexedObject> found = Snapshot.Index.Find(key);
        Remember(Question.Object, key, found);
        return found;
    }

    /// <summary>Who implements a class: a matter of the class, the settings and what connected clusters say.</summary>
    public ClassImplementation? ImplementationOf(string className)
    {
        Objects(new ObjectKey(ApiGroups.Gateway, "GatewayClass", "", className));
        return Snapshot.ImplementationOf(className);
    }

    /// <summary>All objects of a kind, grouped. Anything that changes in one of them is a change of the answer.</summary>
    public KindGroups Kind(string group, string kind) => KindGroups.Of(KindObjects(group, kind));

    /// <summary>All objects of a kind as the index keeps them. Anything that changes in one of them is a change of the answer.</summary>
    public ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> KindObjects(string group, string kind)
    {
        ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects = Snapshot.Index.Kind(group, kind);
        Remember(Question.Kind, new ObjectKey(group, kind, "", ""), objects);
        return objects;
    }

    /// <summary>The objects of a kind that count for their identities, in order of namespace and name.</summary>
    public IEnumerable<T> All<T>(string group, string kind) where T : ObjectView => Kind(group, kind).InOrder.OfType<T>();

    /// <summary>The names of a kind in a namespace, sorted.</summary>
    public ImmutableArray<string> NamesIn(string group, string kind, string ns) => Names(group, kind).In(ns, Snapshot.Index.Kind(group, kind));

    /// <summary>The namespaces that have an object of that kind and name, sorted.</summary>
    public ImmutableArray<string> NamespacesOf(string group, string kind, string name) => Names(group, kind).NamespacesOf(name, Snapshot.Index.Kind(group, kind));

    private KindNames Names(string group, string kind)
    {
        KindNames names = Snapshot.Index.Names(group, kind);
        Remember(Question.Names, new ObjectKey(group, kind, "", ""), names);
        return names;
    }

    public ResolvedRoute Route(Route route)
    {
        ResolvedRoute resolved = Snapshot.Route(route);
        Remember(Question.Route, Resolver.KeyOf(route), resolved);
        return resolved;
    }

    /// <summary>What became of a ListenerSet; null when its Gateway is not there.</summary>
    public ResolvedListenerSet? ListenerSet(ListenerSet set)
    {
        if (set.ParentRef.IsKnown)
        {
            Gateway(set.ParentRef.Key);
        }
        return Snapshot.ListenerSet(set);
    }

    public ResolvedPolicy Policy(BackendTlsPolicy policy)
    {
        ResolvedPolicy resolved = Snapshot.Policy(policy);
        Remember(new PolicyAnswer(resolved));
        return resolved;
    }

    /// <summary>The objects that refer to one in any of these roles, each once.</summary>
    public IReadOnlyCollection<ObjectView> Referring(ObjectKey target, params ReadOnlySpan<ReferenceRole> roles)
    {
        IReadOnlyCollection<ObjectView> views = Snapshot.Referring(target, roles);
        Remember(new ReferringAnswer(target, [.. roles], [.. views]));
        return views;
    }

    /// <summary>Whatever else can be asked of a snapshot: the answer knows how to be asked for again.</summary>
    public T Ask<T>(Func<Resolver, T> ask) where T : class, IRememberedAnswer
    {
        T answer = ask(Snapshot);
        Remember(answer);
        return answer;
    }

    private void Remember(IRememberedAnswer answer)
    {
        _open!.Add(new Asked(default, answer, Question.Own, KindStamps.None, KindStamps.AllSlots));
        _hasUnstamped = true;
        _slots = KindStamps.AllSlots;
    }

    /// <summary>The objects of an identity, remembered.</summary>
    public T? Find<T>(ObjectKey key) where T : ObjectView
    {
        ImmutableList<IndexedObject> found = Snapshot.Index.Find(key);
        Remember(Question.Object, key, found);
        return KindGroups.Canonical(found)?.Object.View<T>();
    }

    public Presence PresenceOf(ObjectKey key)
    {
        ImmutableList<IndexedObject> found = Snapshot.Index.Find(key);
        Remember(Question.Object, key, found);
        if (!found.IsEmpty)
        {
            return Presence.Present;
        }
        return !IsShared && (IsWhole(key.Group, key.Kind) || Declares(key.Group, key.Kind, key.Namespace)) ? Presence.Absent : Presence.Unknown;
    }

    /// <summary>
    /// Presence of a Secret with a certificate or a ConfigMap with CA certificates. These are made by controllers or put into
    /// the cluster by hand as a rule: that one is not in the files says something only where others of its like are.
    /// </summary>
    public Presence PresenceOfCertificate(ObjectKey key)
    {
        ImmutableList<IndexedObject> found = Snapshot.Index.Find(key);
        Remember(Question.Object, key, found);
        if (!found.IsEmpty)
        {
            return Presence.Present;
        }
        ObjectKey asked = key with { Name = "" };
        bool declares = Snapshot.DeclaresCertificates(asked);
        Remember(Question.Certificates, asked, declares);
        return declares && !IsShared ? Presence.Absent : Presence.Unknown;
    }

    public ImmutableArray<ReferenceGrant> GrantsIn(string ns)
    {
        ImmutableArray<ReferenceGrant> grants = Snapshot.GrantsIn(ns);
        Remember(Question.Grants, new ObjectKey(ApiGroups.Gateway, "ReferenceGrant", ns, ""), grants);
        return grants;
    }

    public ImmutableArray<ListenerSet> ListenerSetsOf(ObjectKey gateway)
    {
        ImmutableArray<ListenerSet> sets = Snapshot.ListenerSetsOf(gateway);
        Remember(Question.ListenerSets, gateway, sets);
        return sets;
    }

    public ResolvedGateway? Gateway(ObjectKey key)
    {
        ResolvedGateway? gateway = Snapshot.Gateway(key);
        Remember(Question.Gateway, key, gateway);
        return gateway;
    }

    public bool Declares(string group, string kind, string ns)
    {
        bool declares = Snapshot.DeclaresKind(group, kind, ns);
        Remember(Question.Declared, new ObjectKey(group, kind, ns, ""), declares);
        return declares;
    }

    /// <summary>True when the snapshot of that resolver gives the same answers to all that was asked.</summary>
    public bool HoldIn(Resolver later)
    {
        if (!IsOfFrame(later))
        {
            return false;
        }
        KindStamps now = later.Index.Stamps;
        KindStamps before = _stamps;
        int changed = ReferenceEquals(now, before) ? 0 : now.Changed(before);
        if ((changed & _slots) == 0 && !_hasUnstamped)
        {
            _stamps = now;
            return true;
        }
        foreach (ref readonly Asked asked in _asked.AsSpan())
        {
            if (asked.Slot != KindStamps.None && (asked.Slots & changed) == 0)
            {
                continue;
            }
            bool isUntouched = asked.Question == Question.Object && asked.Slot != KindStamps.None && now.IsUntouched(before, asked.Slot, asked.Key);
            if (!isUntouched && !HoldsIn(later, asked))
            {
                return false;
            }
        }
        _stamps = now;
        return true;
    }

    /// <summary>False when something is different that all questions hang on.</summary>
    public bool IsOfFrame(Resolver later) =>
        later.IsComplete == _isComplete && ReferenceEquals(later.Kustomized, Kustomized) && ReferenceEquals(later.Overlays, Overlays)
        && later.AreParametersElsewhere == _areParametersElsewhere && ReferenceEquals(later.WholeKinds, _wholeKinds) && ReferenceEquals(later.Implementations, _implementations) && ReferenceEquals(later.Announced, _announced) && later.Cluster == _cluster;

    /// <summary>True when that question has the same answer.</summary>
    internal static bool HoldsIn(Resolver later, in Asked asked) => asked.Question switch
    {
        Question.Object => ReferenceEquals(later.Index.Find(asked.Key), asked.Answer),
        Question.Grants => Same(later.GrantsIn(asked.Key.Namespace), (ImmutableArray<ReferenceGrant>)asked.Answer!),
        Question.ListenerSets => Same(later.ListenerSetsOf(asked.Key), (ImmutableArray<ListenerSet>)asked.Answer!),
        Question.Gateway => ReferenceEquals(later.Gateway(asked.Key), asked.Answer),
        Question.Kind => ReferenceEquals(later.Index.Kind(asked.Key.Group, asked.Key.Kind), asked.Answer),
        Question.Names => ReferenceEquals(later.Index.Names(asked.Key.Group, asked.Key.Kind), asked.Answer),
        Question.Route => ReferenceEquals(later.Route(((ResolvedRoute)asked.Answer!).Route), asked.Answer),
        Question.Own => ((IRememberedAnswer)asked.Answer!).HoldsIn(later),
        Question.Certificates => later.DeclaresCertificates(asked.Key) == (bool)asked.Answer!,
        _ => later.DeclaresKind(asked.Key.Group, asked.Key.Kind, asked.Key.Namespace) == (bool)asked.Answer!,
    };

    private void Remember(Question question, ObjectKey key, object? answer)
    {
        List<Asked> open = _open!;
        for (int i = open.Count - 1; i >= Math.Max(0, open.Count - RemembersBack); i--)
        {
            if (open[i].Question == question && open[i].Key == key)
            {
                return;
            }
        }
        // A route's resolution is made of stamped kinds alone, beside the route itself; where there are clusters, of those of others, too.
        int slot = question != Question.Route ? KindStamps.SlotOf(key.Group, key.Kind) : _cluster is null ? KindStamps.Others : KindStamps.None;
        _hasUnstamped |= slot == KindStamps.None;
        int slots = SlotsOf(question, answer, slot);
        _slots |= slots;
        open.Add(new Asked(key, answer, question, (sbyte)slot, (ushort)slots));
    }

    /// <summary>What an answer hangs on: what was resolved of an object on more kinds than its own.</summary>
    private static int SlotsOf(Question question, object? answer, int slot) => question switch
    {
        Question.Gateway => (1 << slot) | ((answer as ResolvedGateway)?.Dependencies._slots ?? 0),
        Question.Route => ((ResolvedRoute)answer!).Dependencies._slots,
        Question.Certificates => KindStamps.CertificateSlots,
        Question.ListenerSets => KindStamps.ListenerSetSlots,
        _ => slot == KindStamps.None ? 0 : 1 << slot,
    };

    private static bool Same<T>(ImmutableArray<T> a, ImmutableArray<T> b) where T : class
    {
        if (a == b)
        {
            return true;
        }
        if (a.Length != b.Length)
        {
            return false;
        }
        for (int i = 0; i < a.Length; i++)
        {
            if (!ReferenceEquals(a[i], b[i]))
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>A policy and what became of it.</summary>
internal sealed class PolicyAnswer(ResolvedPolicy answer) : IRememberedAnswer
{
    public bool HoldsIn(Resolver later) => ReferenceEquals(later.Policy(answer.Policy), answer);
}

/// <summary>Who referred to an object.</summary>
internal sealed class ReferringAnswer(ObjectKey target, ReferenceRole[] roles, ObjectView[] views) : IRememberedAnswer
{
    public bool HoldsIn(Resolver later)
    {
        IReadOnlyCollection<ObjectView> now = later.Referring(target, roles);
        if (now.Count != views.Length)
        {
            return false;
        }
        int i = 0;
        foreach (ObjectView view in now)
        {
            if (!ReferenceEquals(view, views[i++]))
            {
                return false;
            }
        }
        return true;
    }
}
