using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// What a result was made from: every question that was asked of the snapshot, with its answer. While all answers are the
/// same in a later snapshot, so is the result.
/// </summary>
internal sealed class Dependencies
{
    /// <summary>The same question comes again soon or never; asking twice later only costs time.</summary>
    private const int RemembersBack = 16;

    private enum Question : byte { Object, Grants, ListenerSets, Declared, Certificates, Gateway }

    private readonly record struct Asked(Question Question, ObjectKey Key, object? Answer, int Slot);

    private Resolver? _snapshot;
    private readonly bool _isComplete;
    private readonly List<Asked> _asked = [];
    private KindStamps _stamps;

    public Dependencies(Resolver resolver)
    {
        _snapshot = resolver;
        _isComplete = resolver.IsComplete;
        _stamps = resolver.Index.Stamps;
    }

    /// <summary>True when what is not in the workspace is absent.</summary>
    public bool IsComplete => _isComplete;

    private Resolver Snapshot => _snapshot ?? throw new InvalidOperationException("The result is made.");

    /// <summary>Nothing more will be asked. Lets go of the snapshot, which would live as long as the result otherwise.</summary>
    public void Seal() => _snapshot = null;

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
        return _isComplete || Declares(key.Group, key.Kind, key.Namespace) ? Presence.Absent : Presence.Unknown;
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
        return declares ? Presence.Absent : Presence.Unknown;
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
        if (later.IsComplete != _isComplete)
        {
            return false;
        }
        KindStamps now = later.Index.Stamps;
        KindStamps before = _stamps;
        if (ReferenceEquals(now, before))
        {
            return true;
        }
        foreach (Asked asked in _asked)
        {
            // These depend on more kinds than the one that is asked about.
            bool isWide = asked.Question is Question.Gateway or Question.Certificates or Question.ListenerSets;
            if ((isWide || !now.IsSame(before, asked.Slot)) && !HoldsIn(later, asked))
            {
                return false;
            }
        }
        _stamps = now;
        return true;
    }

    private static bool HoldsIn(Resolver later, Asked asked) => asked.Question switch
    {
        Question.Object => ReferenceEquals(later.Index.Find(asked.Key), asked.Answer),
        Question.Grants => Same(later.GrantsIn(asked.Key.Namespace), (ImmutableArray<ReferenceGrant>)asked.Answer!),
        Question.ListenerSets => Same(later.ListenerSetsOf(asked.Key), (ImmutableArray<ListenerSet>)asked.Answer!),
        Question.Gateway => ReferenceEquals(later.Gateway(asked.Key), asked.Answer),
        Question.Certificates => later.DeclaresCertificates(asked.Key) == (bool)asked.Answer!,
        _ => later.DeclaresKind(asked.Key.Group, asked.Key.Kind, asked.Key.Namespace) == (bool)asked.Answer!,
    };

    private void Remember(Question question, ObjectKey key, object? answer)
    {
        for (int i = _asked.Count - 1; i >= Math.Max(0, _asked.Count - RemembersBack); i--)
        {
            if (_asked[i].Question == question && _asked[i].Key == key)
            {
                return;
            }
        }
        _asked.Add(new Asked(question, key, answer, KindStamps.SlotOf(key.Group, key.Kind)));
    }

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
