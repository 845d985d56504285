using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>An object and the file it stands in.</summary>
public sealed record IndexedObject(string Path, ManifestObject Object);

/// <summary>
/// Every object of the workspace by kind and name. Persistent: an edit takes out the objects of the documents that went
/// and puts in those of the documents that came, the rest is shared with the index before.
/// </summary>
public sealed class ResourceIndex
{
    public static readonly ResourceIndex Empty = new(
        ImmutableDictionary<(string, string), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>>.Empty,
        ImmutableDictionary<(string, string), KindNames>.Empty, KindStamps.Empty, SharedIdentities.Empty);

    private readonly ImmutableDictionary<(string Group, string Kind), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> _byKind;
    private readonly ImmutableDictionary<(string Group, string Kind), KindNames> _names;
    private ReferenceIndex? _references;
    private Vocabulary? _vocabulary;

    private ResourceIndex(ImmutableDictionary<(string, string), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> byKind,
        ImmutableDictionary<(string, string), KindNames> names, KindStamps stamps,
        SharedIdentities shared)
    {
        _byKind = byKind;
        _names = names;
        Stamps = stamps;
        Shared = shared;
    }

    internal KindStamps Stamps { get; }

    /// <summary>True when some identity has more than one object.</summary>
    internal bool HasDuplicates => !Shared.IsEmpty;

    /// <summary>The identities that have more than one object: the same instance as long as nothing changes in any of them.</summary>
    internal SharedIdentities Shared { get; }

    /// <summary>All objects of a kind, any version, in no particular order.</summary>
    public IEnumerable<IndexedObject> OfKind(string group, string kind)
    {
        if (_byKind.TryGetValue((group, kind), out var objects))
        {
            foreach (ImmutableList<IndexedObject> same in objects.Values)
            {
                // Nearly always one; its list's enumerator costs far more than the object.
                if (same.Count == 1)
                {
                    yield return same[0];
                    continue;
                }
                foreach (IndexedObject one in same)
                {
                    yield return one;
                }
            }
        }
    }

    /// <summary>Group and kind of all that is known, of some perhaps no object any more.</summary>
    internal IEnumerable<(string Group, string Kind)> Kinds => _byKind.Keys;

    /// <summary>All objects of a kind as they are kept: the same instance as long as none of the kind changes.</summary>
    internal ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> Kind(string group, string kind) =>
        _byKind.GetValueOrDefault((group, kind)) ?? ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>.Empty;

    /// <summary>The names that objects of a kind have: the same instance as long as none comes or goes.</summary>
    internal KindNames Names(string group, string kind) => _names.GetValueOrDefault((group, kind)) ?? KindNames.Empty;

    public IEnumerable<IndexedObject> All => _byKind.Keys.SelectMany(kind => OfKind(kind.Group, kind.Kind));

    /// <summary>The identities of all objects, in no particular order.</summary>
    public IEnumerable<ObjectKey> Keys => _byKind.Values.SelectMany(static objects => objects.Keys);

    /// <summary>Objects of that identity: none, one, or several when a workspace defines it twice (overlays, clusters).</summary>
    public ImmutableList<IndexedObject> Find(ObjectKey key) =>
        _byKind.TryGetValue((key.Group, key.Kind), out var objects) && objects.TryGetValue(key, out ImmutableList<IndexedObject>? same) ? same : [];

    /// <summary>The identity of an object: its namespace is left out where the kind has none.</summary>
    public static ObjectKey KeyOf(ManifestObject one, SchemaCatalog catalog)
    {
        bool clusterScoped = catalog.Kind(one.Gvk)?.Scope == ResourceScope.Cluster;
        return new ObjectKey(one.Gvk.Group, one.Kind, clusterScoped ? "" : one.NamespaceOrDefault, one.Name);
    }

    /// <summary>Who refers to these objects: read when first asked for (two threads may both do it), from then on kept up with every change.</summary>
    internal ReferenceIndex ReferencesWith(SchemaCatalog catalog) => _references ??= ReferenceIndex.Empty.With(Documents, catalog);

    /// <summary>The words that objects use; read when first asked for, as the references are.</summary>
    internal Vocabulary Vocabulary => _vocabulary ??= Vocabulary.Empty.With(Documents);

    private IEnumerable<DocumentChange> Documents => All.Select(one => new DocumentChange(one.Path, one.Object.Document, IsAdded: true)).Distinct();

    internal ResourceIndex With(IReadOnlyCollection<DocumentChange> changes, SchemaCatalog catalog, CancellationToken cancel)
    {
        var builder = _byKind.ToBuilder();
        var touched = new HashSet<(string Group, string Kind)>();
        var keys = new HashSet<ObjectKey>();
        var moves = new List<(ObjectKey Key, ManifestObject Object, int Change)>();
        foreach (DocumentChange change in changes)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (ManifestObject one in ManifestObject.Of(change.Document))
            {
                if (one.Kind.Length == 0 || one.Name.Length == 0)
                {
                    continue;
                }
                ObjectKey key = KeyOf(one, catalog);
                var objects = builder.GetValueOrDefault((key.Group, key.Kind)) ?? ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>.Empty;
                ImmutableList<IndexedObject> same = objects.GetValueOrDefault(key) ?? [];
                same = change.IsAdded
                    ? same.Add(new IndexedObject(change.Path, one))
                    : same.RemoveAll(known => ReferenceEquals(known.Object.Document, change.Document) && known.Path == change.Path);
                touched.Add((key.Group, key.Kind));
                keys.Add(key);
                moves.Add((key, one, change.IsAdded ? 1 : -1));
                builder[(key.Group, key.Kind)] = same.IsEmpty ? objects.Remove(key) : objects.SetItem(key, same);
            }
        }
        var byKind = builder.ToImmutable();
        foreach ((string group, string kind) in touched)
        {
            if (CrossReferences.Knows(group, kind) && _byKind.TryGetValue((group, kind), out var earlier))
            {
                CrossReferences.Carry(earlier, byKind[(group, kind)],
                    moves.Where(move => move.Key.Group == group && move.Key.Kind == kind && move.Object.View() is not null).Select(static move => (move.Object.View()!, move.Change)));
            }
        }
        SharedIdentities shared = Shared.With(keys, key => byKind.TryGetValue((key.Group, key.Kind), out var objects) && objects.TryGetValue(key, out ImmutableList<IndexedObject>? same) ? same : []);
        return new ResourceIndex(byKind, NamesAfter(byKind, keys), Stamps.After(keys), shared)
        {
            _references = _references?.With(changes, catalog), _vocabulary = _vocabulary?.With(changes),
        };
    }

    private ImmutableDictionary<(string Group, string Kind), KindNames> NamesAfter(
        ImmutableDictionary<(string Group, string Kind), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> now, HashSet<ObjectKey> touched)
    {
        var changed = new HashSet<(string Group, string Kind)>();
        foreach (ObjectKey key in touched)
        {
            (string, string) kind = (key.Group, key.Kind);
            if (!changed.Contains(kind) && Has(_byKind, kind, key) != Has(now, kind, key))
            {
                changed.Add(kind);
            }
        }
        ImmutableDictionary<(string Group, string Kind), KindNames> names = _names;
        foreach ((string, string) kind in changed)
        {
            names = names.SetItem(kind, new KindNames());
        }
        return names;

        static bool Has(ImmutableDictionary<(string, string), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> byKind, (string, string) kind, ObjectKey key) =>
            byKind.TryGetValue(kind, out var objects) && objects.ContainsKey(key);
    }
}

/// <summary>A document that came into or went out of the workspace.</summary>
internal readonly record struct DocumentChange(string Path, ManifestDocument Document, bool IsAdded)
{
    /// <summary>Characters that are read in a few milliseconds.</summary>
    private const int QuicklyRead = 128 * 1024;

    public bool IsLarge => Document.Text.Length > QuicklyRead;

    /// <summary>True when it would have to be read first, and that takes long.</summary>
    public bool IsCostly => IsLarge && !Document.IsRead;
}
