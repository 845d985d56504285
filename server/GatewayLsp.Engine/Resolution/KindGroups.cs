using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The objects of one kind in the orders that the resolution asks for. Made once for each state of the kind: as long as no
/// object of the kind changes, snapshots share it.
/// </summary>
internal sealed class KindGroups
{
    private static readonly ConditionalWeakTable<object, KindGroups> Known = [];

    private readonly ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> _objects;
    private ObjectView[]? _inOrder;
    private FrozenDictionary<string, ImmutableArray<ReferenceGrant>>? _grants;
    private FrozenDictionary<ObjectKey, ImmutableArray<ListenerSet>>? _listenerSets;

    private KindGroups(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) => _objects = objects;

    public static KindGroups Of(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) =>
        Known.GetValue(objects, static key => new KindGroups((ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>)key));

    /// <summary>One view for each identity, in order of namespace and name.</summary>
    public IReadOnlyList<ObjectView> InOrder
    {
        get
        {
            if (_inOrder is null)
            {
                ObjectView[] views = [.. Views<ObjectView>()];
                Array.Sort(views, static (a, b) => string.CompareOrdinal(a.Namespace, b.Namespace) is not 0 and var byNamespace ? byNamespace : string.CompareOrdinal(a.Name, b.Name));
                _inOrder = views;
            }
            return _inOrder;
        }
    }

    /// <summary>Of kind ReferenceGrant: by namespace, each in order.</summary>
    public ImmutableArray<ReferenceGrant> GrantsIn(string ns) =>
        (_grants ??= Views<ReferenceGrant>()
            .GroupBy(grant => grant.Namespace, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderBy(grant => grant.Name, StringComparer.Ordinal).ToImmutableArray(), StringComparer.Ordinal))
        .GetValueOrDefault(ns, []);

    /// <summary>Of kind ListenerSet: by the Gateway that they want to join, in order of precedence.</summary>
    public ImmutableArray<ListenerSet> ListenerSetsOf(ObjectKey gateway)
    {
        return (_listenerSets ??= Views<ListenerSet>()
            .Where(set => set.ParentRef.IsKnown)
            .GroupBy(set => set.ParentRef.Key)
            .ToFrozenDictionary(group => group.Key, Sorted))
            .GetValueOrDefault(gateway, []);

        static ImmutableArray<ListenerSet> Sorted(IEnumerable<ListenerSet> sets)
        {
            ListenerSet[] sorted = [.. sets];
            Array.Sort(sorted, ObjectView.CompareAge);
            return [.. sorted];
        }
    }

    private IEnumerable<T> Views<T>() where T : ObjectView
    {
        foreach (ImmutableList<IndexedObject> same in _objects.Values)
        {
            if (Canonical(same)?.Object.View<T>() is { } view)
            {
                yield return view;
            }
        }
    }

    /// <summary>
    /// The one that counts of objects with the same identity, whatever order they came in. Two files that define the same
    /// object are a mistake or different clusters; one of them has to speak for it.
    /// </summary>
    public static IndexedObject? Canonical(ImmutableList<IndexedObject> same)
    {
        if (same.Count < 2)
        {
            return same.IsEmpty ? null : same[0];
        }
        IndexedObject best = same[0];
        foreach (IndexedObject one in same)
        {
            int order = string.CompareOrdinal(one.Path, best.Path);
            order = order != 0 ? order : string.CompareOrdinal(one.Object.Document.Text, best.Object.Document.Text);
            if (order < 0 || (order == 0 && one.Object.Node.Span.Start < best.Object.Node.Span.Start))
            {
                best = one;
            }
        }
        return best;
    }

    /// <summary>True for the one that counts, and for its exact copies in the same file: nothing tells which of those it is.</summary>
    public static bool IsCanonical(ImmutableList<IndexedObject> same, ManifestObject one)
    {
        if (Canonical(same) is not { } best)
        {
            return false;
        }
        if (ReferenceEquals(best.Object, one))
        {
            return true;
        }
        return same.Count > 1 && one.Node.Span.Start == best.Object.Node.Span.Start && one.Document.Text == best.Object.Document.Text
            && same.Exists(other => ReferenceEquals(other.Object, one) && other.Path == best.Path);
    }
}
