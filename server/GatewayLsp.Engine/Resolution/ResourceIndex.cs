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
        ImmutableDictionary<(string, string), object>.Empty, new object());

    private readonly ImmutableDictionary<(string Group, string Kind), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> _byKind;
    private readonly ImmutableDictionary<(string Group, string Kind), object> _stamps;
    private ReferenceIndex? _references;
    private Vocabulary? _vocabulary;

    private ResourceIndex(ImmutableDictionary<(string, string), ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>> byKind,
        ImmutableDictionary<(string, string), object> stamps, object basis)
    {
        _byKind = byKind;
        _stamps = stamps;
        Basis = basis;
    }

    /// <summary>
    /// The same object as long as nothing changes that others may refer to: an edit of a route, as most are, leaves what all
    /// the others were resolved with.
    /// </summary>
    internal object Basis { get; }

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

    /// <summary>All objects of a kind as they are kept: the same instance as long as none of the kind changes.</summary>
    internal ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> Kind(string group, string kind) =>
        _byKind.GetValueOrDefault((group, kind)) ?? ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>>.Empty;

    /// <summary>The same object as long as no object of the kind changes; null when there never was one.</summary>
    internal object? Stamp(string group, string kind) => _stamps.GetValueOrDefault((group, kind));

    public IEnumerable<IndexedObject> All => _byKind.Keys.SelectMany(kind => OfKind(kind.Group, kind.Kind));

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
                builder[(key.Group, key.Kind)] = same.IsEmpty ? objects.Remove(key) : objects.SetItem(key, same);
            }
        }
        bool isSameBasis = true;
        var stamps = _stamps.ToBuilder();
        foreach ((string group, string kind) in touched)
        {
            stamps[(group, kind)] = new object();
            isSameBasis &= IsLeaf(group, kind);
        }
        return new ResourceIndex(builder.ToImmutable(), stamps.ToImmutable(), isSameBasis ? Basis : new object())
        {
            _references = _references?.With(changes, catalog), _vocabulary = _vocabulary?.With(changes),
        };
    }

    /// <summary>Kinds of which no other object's meaning depends on what is in them.</summary>
    private static bool IsLeaf(string group, string kind) => group switch
    {
        ApiGroups.Gateway => kind.EndsWith("Route", StringComparison.Ordinal),
        "apps" or "batch" or "autoscaling" or "policy" or "rbac.authorization.k8s.io" => true,
        _ => false,
    };
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
