using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The identities that more than one object of the workspace has. Persistent, and what is made of them is carried from one
/// state to the next: where folders are copies of each other there are thousands, of which an edit touches one.
/// </summary>
internal sealed class SharedIdentities
{
    /// <summary>Identities of one change that are worth being carried over one by one.</summary>
    private const int Few = 8;

    public static readonly SharedIdentities Empty = new(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>.Empty, null, []);

    private readonly object? _before;
    private readonly ImmutableArray<ObjectKey> _touched;
    private ImmutableDictionary<string, ImmutableArray<ImmutableList<IndexedObject>>>? _byPath;
    private ImmutableHashSet<ManifestObject>? _objects;

    private SharedIdentities(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> lists, object? before, ImmutableArray<ObjectKey> touched) =>
        (Lists, _before, _touched) = (lists, before, touched);

    /// <summary>The objects by identity. Each list is the same instance as long as nothing changes in it.</summary>
    public ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> Lists { get; }

    /// <summary>A mark of this state, to be kept by who does not want to keep all of it.</summary>
    public object Mark { get; } = new();

    public bool IsEmpty => Lists.IsEmpty;

    /// <summary>True when one change at most lies between the two states, and it did not touch that identity.</summary>
    /// <param name="mark">The <see cref="Mark"/> of the earlier state.</param>
    public bool IsUntouched(object mark, ObjectView view)
    {
        if (ReferenceEquals(mark, Mark))
        {
            return true;
        }
        if (!ReferenceEquals(mark, _before) || _touched.IsDefault)
        {
            return false;
        }
        foreach (ObjectKey key in _touched)
        {
            if (key.Name == view.Name && key == Resolver.KeyOf(view))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True for an object whose identity others have, too.</summary>
    public bool Contains(ManifestObject one) => !IsEmpty && (_objects ??= AllObjects()).Contains(one);

    /// <summary>The identities that a file has a part in.</summary>
    public ImmutableArray<ImmutableList<IndexedObject>> In(string path) => IsEmpty ? [] : (_byPath ??= AllPaths()).GetValueOrDefault(path, []);

    /// <summary>The state after a change of the objects of some identities.</summary>
    /// <param name="now">All objects of an identity.</param>
    public SharedIdentities With(IReadOnlyCollection<ObjectKey> keys, Func<ObjectKey, ImmutableList<IndexedObject>> now)
    {
        ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>.Builder? lists = null;
        var touched = ImmutableArray.CreateBuilder<ObjectKey>();
        foreach (ObjectKey key in keys)
        {
            ImmutableList<IndexedObject>? before = Lists.GetValueOrDefault(key);
            ImmutableList<IndexedObject> after = now(key);
            if (ReferenceEquals(before, after) || (before is null && after.Count < 2))
            {
                continue;
            }
            lists ??= Lists.ToBuilder();
            touched.Add(key);
            if (after.Count > 1)
            {
                lists[key] = after;
            }
            else
            {
                lists.Remove(key);
            }
        }
        if (lists is null)
        {
            return this;
        }
        if (touched.Count > Few)
        {
            return new SharedIdentities(lists.ToImmutable(), Mark, default);
        }
        var next = new SharedIdentities(lists.ToImmutable(), Mark, touched.DrainToImmutable());
        next.Carry(this);
        return next;
    }

    private void Carry(SharedIdentities before)
    {
        (_byPath, _objects) = (before._byPath, before._objects);
        foreach (ObjectKey key in _touched)
        {
            ImmutableList<IndexedObject> old = before.Lists.GetValueOrDefault(key) ?? [];
            ImmutableList<IndexedObject> now = Lists.GetValueOrDefault(key) ?? [];
            _objects = _objects?.Except(old.Select(static one => one.Object)).Union(now.Select(static one => one.Object));
            if (_byPath is not null)
            {
                foreach (string path in old.Concat(now).Select(static one => one.Path).Distinct())
                {
                    _byPath = _byPath.SetItem(path, Replace(_byPath.GetValueOrDefault(path, []), old, now.Exists(one => one.Path == path) ? now : null));
                }
            }
        }
    }

    /// <summary>In the place of the old one, so that most of the row stays where it was.</summary>
    private static ImmutableArray<ImmutableList<IndexedObject>> Replace(
        ImmutableArray<ImmutableList<IndexedObject>> row, ImmutableList<IndexedObject> old, ImmutableList<IndexedObject>? now)
    {
        int at = old.IsEmpty ? -1 : row.IndexOf(old, 0, row.Length, ReferenceEqualityComparer.Instance);
        return (at, now) switch
        {
            ( < 0, null) => row,
            ( < 0, _) => row.Add(now),
            (_, null) => row.RemoveAt(at),
            _ => row.SetItem(at, now),
        };
    }

    private ImmutableHashSet<ManifestObject> AllObjects()
    {
        ImmutableHashSet<ManifestObject>.Builder objects = ImmutableHashSet.CreateBuilder<ManifestObject>(ReferenceEqualityComparer.Instance);
        foreach ((_, ImmutableList<IndexedObject> same) in Lists)
        {
            foreach (IndexedObject one in same)
            {
                objects.Add(one.Object);
            }
        }
        return objects.ToImmutable();
    }

    private ImmutableDictionary<string, ImmutableArray<ImmutableList<IndexedObject>>> AllPaths()
    {
        var rows = new Dictionary<string, List<ImmutableList<IndexedObject>>>(StringComparer.Ordinal);
        foreach ((_, ImmutableList<IndexedObject> same) in Lists)
        {
            foreach (IndexedObject one in same)
            {
                if (!rows.TryGetValue(one.Path, out List<ImmutableList<IndexedObject>>? row))
                {
                    rows[one.Path] = row = [];
                }
                if (row.Count == 0 || !ReferenceEquals(row[^1], same))
                {
                    row.Add(same);
                }
            }
        }
        return rows.ToImmutableDictionary(static row => row.Key, static row => row.Value.ToImmutableArray(), StringComparer.Ordinal);
    }
}
