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

    private enum Question : byte { Object, Grants, ListenerSets, Declared, Gateway }

    private readonly record struct Asked(Question Question, ObjectKey Key, object? Answer);

    private readonly Resolver _resolver;
    private readonly bool _isComplete;
    private readonly List<Asked> _asked = [];

    public Dependencies(Resolver resolver)
    {
        _resolver = resolver;
        _isComplete = resolver.IsComplete;
    }

    /// <summary>The objects of an identity, remembered.</summary>
    public T? Find<T>(ObjectKey key) where T : ObjectView
    {
        ImmutableList<IndexedObject> found = _resolver.Index.Find(key);
        Remember(Question.Object, key, found);
        return KindGroups.Canonical(found)?.Object.View<T>();
    }

    public Presence PresenceOf(ObjectKey key)
    {
        ImmutableList<IndexedObject> found = _resolver.Index.Find(key);
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
        ImmutableList<IndexedObject> found = _resolver.Index.Find(key);
        Remember(Question.Object, key, found);
        if (!found.IsEmpty)
        {
            return Presence.Present;
        }
        ObjectKey asked = key with { Name = "" };
        bool declares = _resolver.DeclaresCertificates(asked);
        Remember(Question.Declared, asked, declares);
        return declares ? Presence.Absent : Presence.Unknown;
    }

    public ImmutableArray<ReferenceGrant> GrantsIn(string ns)
    {
        ImmutableArray<ReferenceGrant> grants = _resolver.GrantsIn(ns);
        Remember(Question.Grants, new ObjectKey("", "", ns, ""), grants);
        return grants;
    }

    public ImmutableArray<ListenerSet> ListenerSetsOf(ObjectKey gateway)
    {
        ImmutableArray<ListenerSet> sets = _resolver.ListenerSetsOf(gateway);
        Remember(Question.ListenerSets, gateway, sets);
        return sets;
    }

    public ResolvedGateway? Gateway(ObjectKey key)
    {
        ResolvedGateway? gateway = _resolver.Gateway(key);
        Remember(Question.Gateway, key, gateway);
        return gateway;
    }

    public bool Declares(string group, string kind, string ns)
    {
        bool declares = _resolver.DeclaresKind(group, kind, ns);
        Remember(Question.Declared, new ObjectKey(group, kind, ns, "?"), declares);
        return declares;
    }

    /// <summary>True when the snapshot of that resolver gives the same answers to all that was asked.</summary>
    public bool HoldIn(Resolver later)
    {
        if (later.IsComplete != _isComplete)
        {
            return false;
        }
        foreach ((Question question, ObjectKey key, object? answer) in _asked)
        {
            bool same = question switch
            {
                Question.Object => ReferenceEquals(later.Index.Find(key), answer),
                Question.Grants => Same(later.GrantsIn(key.Namespace), (ImmutableArray<ReferenceGrant>)answer!),
                Question.ListenerSets => Same(later.ListenerSetsOf(key), (ImmutableArray<ListenerSet>)answer!),
                Question.Gateway => ReferenceEquals(later.Gateway(key), answer),
                _ => (key.Name.Length == 0 ? later.DeclaresCertificates(key) : later.DeclaresKind(key.Group, key.Kind, key.Namespace)) == (bool)answer!,
            };
            if (!same)
            {
                return false;
            }
        }
        return true;
    }

    private void Remember(Question question, ObjectKey key, object? answer)
    {
        for (int i = _asked.Count - 1; i >= Math.Max(0, _asked.Count - RemembersBack); i--)
        {
            if (_asked[i].Question == question && _asked[i].Key == key)
            {
                return;
            }
        }
        _asked.Add(new Asked(question, key, answer));
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
