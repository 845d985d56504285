using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine;

/// <summary>A file that the workspace knows. <c>Version</c> is the editor's while it is open there, else null.</summary>
public sealed record WorkspaceFile(ManifestFile Manifest, int? Version)
{
    public bool IsOpen => Version is not null;
}

/// <summary>
/// Everything known at one moment: files, settings and what follows from them. Immutable, so any number of readers may
/// hold on to it while the next one is made. What is costly is computed when first asked for and handed on to the
/// successor, which only adds what changed.
/// </summary>
public sealed partial class Workspace
{
    public static readonly Workspace Empty = new(
        ImmutableDictionary<string, WorkspaceFile>.Empty.WithComparers(StringComparer.Ordinal), WorkspaceSettings.Default,
        ImmutableDictionary<ManifestDocument, string>.Empty, ImmutableDictionary<ManifestDocument, string>.Empty, ResourceIndex.Empty, []);

    /// <summary>Changes among which one is looked for: a look that takes longer than reading the document is no gain.</summary>
    private const int MaxJoined = 256;

    private const int ManyDocuments = 64;

    /// <summary>Characters to be read, and documents to be taken in, that nobody notices.</summary>
    private const int QuicklyRead = 128 * 1024;
    private const int QuicklyTaken = 2000;

    private readonly Lock _gate = new();

    /// <summary>Apart from the other gate: bringing the index up to date may take long, and much can be said without it.</summary>
    private readonly Lock _indexing = new();
    private readonly ImmutableDictionary<ManifestDocument, string> _definitions;
    private readonly ImmutableDictionary<ManifestDocument, string> _kustomizations;
    private volatile IndexState _state;
    private SchemaCatalog? _catalog;
    private PartialObjects? _partials;
    private KustomizedFiles? _kustomized;
    private Overlays? _overlays;

    /// <summary>Those of a snapshot before, to be kept when these are the same.</summary>
    private Overlays? _overlaysBefore;
    private Resolver? _resolver;
    private LiveClusters _live = LiveClusters.None;
    private AnnouncedClasses? _announced;

    /// <summary>Those of the snapshot before, to be kept when these say the same.</summary>
    private AnnouncedClasses _announcedBefore = AnnouncedClasses.None;
    private DocumentContext? _context;
    private DocumentContext? _partialContext;

    private Workspace(
        ImmutableDictionary<string, WorkspaceFile> files, WorkspaceSettings settings, ImmutableDictionary<ManifestDocument, string> definitions,
        ImmutableDictionary<ManifestDocument, string> kustomizations, ResourceIndex index, ImmutableList<DocumentChange> pending)
    {
        Files = files;
        Settings = settings;
        _definitions = definitions;
        _kustomizations = kustomizations;
        _state = new IndexState(index, pending);
    }

    public ImmutableDictionary<string, WorkspaceFile> Files { get; }

    public WorkspaceSettings Settings { get; }

    /// <summary>The connected clusters as they were last seen. Nothing in the index hangs on them, in the resolver what their classes say.</summary>
    public LiveClusters Live => _whole?._live ?? _live;

    /// <summary>The bundled kinds and those that CustomResourceDefinitions of the workspace define.</summary>
    public SchemaCatalog Catalog
    {
        get
        {
            if (_whole is not null)
            {
                return _whole.Catalog;
            }
            lock (_gate)
            {
                return _catalog ??= _definitions.IsEmpty
                    ? SchemaCatalog.Bundled
                    : SchemaCatalog.Bundled.With(_definitions
                        .OrderBy(one => one.Value, StringComparer.Ordinal)
                        .SelectMany(one => ManifestObject.Of(one.Key))
                        .SelectMany(one => CrdReader.Read(one.Node)));
            }
        }
    }

    /// <summary>The kinds as they count for a document of a file: where its clusters are connected and have the same, as they define them.</summary>
    public SchemaCatalog CatalogOf(string path, ManifestDocument document) => TargetFindings.CatalogOf(this, path, document);

    /// <summary>The files that kustomizations use as patches: their objects are partial, so nothing is missing in them.</summary>
    public PartialObjects Partials
    {
        get
        {
            if (_whole is not null)
            {
                return _whole.Partials;
            }
            lock (_gate)
            {
                return _partials ??= PartialObjects.Of(_kustomizations);
            }
        }
    }

    /// <summary>The files whose objects kustomizations move or rename; of a cluster, its own kustomizations and those of none.</summary>
    internal KustomizedFiles Kustomized
    {
        get
        {
            lock (_gate)
            {
                _kustomized ??= _kustomizations.IsEmpty ? KustomizedFiles.None : KustomizedFiles.Of(
                    _whole is null ? _kustomizations : _kustomizations.Where(one => IsIn(_whole.ClustersOf(one.Value, one.Key), Cluster!)));
                return Deployment?.WithUnseen(_kustomized) ?? _kustomized;
            }
        }
    }

    /// <summary>What kustomizations change of objects.</summary>
    internal Overlays Overlays
    {
        get
        {
            if (_whole is not null)
            {
                return _whole.Overlays;
            }
            lock (_gate)
            {
                return _overlays ??= _kustomizations.IsEmpty ? Overlays.None : Overlays.Of(_kustomizations, path => File(path)?.Manifest, _overlaysBefore);
            }
        }
    }

    /// <summary>What findings of the file's documents depend on besides their text; the same instance for all files of a snapshot and, as a rule, the next.</summary>
    internal DocumentContext ContextOf(string path)
    {
        bool isPartial = Partials.Contains(path);
        DocumentContext? known = isPartial ? _partialContext : _context;
        SchemaCatalog catalog = Catalog;
        if (known is null || !ReferenceEquals(known.Catalog, catalog) || !ReferenceEquals(known.Settings, Settings))
        {
            known = new DocumentContext(catalog, Settings, isPartial);
            _ = isPartial ? _partialContext = known : _context = known;
        }
        return known;
    }

    /// <summary>True for a document that may hold patches of its own.</summary>
    internal bool IsKustomization(ManifestDocument document) => _kustomizations.ContainsKey(document);

    /// <summary>All objects by kind and name. The first access after a change reads what changed.</summary>
    public ResourceIndex Index
    {
        get
        {
            SchemaCatalog catalog = Catalog;
            lock (_indexing)
            {
                IndexState state = _state;
                if (!state.Pending.IsEmpty)
                {
                    if (state.Pending.Count > ManyDocuments)
                    {
                        // Reading them is nearly all of the work and needs no order.
                        Parallel.ForEach(state.Pending.ToArray(), static change =>
                        {
                            if (change.IsAdded)
                            {
                                ReferenceFinder.Of(change.Document);
                            }
                        });
                    }
                    _state = new IndexState(state.Index.With(state.Pending, catalog, CancellationToken.None), []);
                }
                return _state.Index;
            }
        }
    }

    /// <summary>Which objects refer to an object.</summary>
    public ReferenceIndex References => Index.ReferencesWith(Catalog);

    /// <summary>
    /// The index for those who can't wait while a very large document is read anew: of such ones it has the objects from
    /// before the last edits. Other documents are up to date.
    /// </summary>
    internal ResourceIndex IndexAtHand
    {
        get
        {
            SchemaCatalog catalog = Catalog;
            lock (_indexing)
            {
                IndexState state = _state;
                HashSet<string> late = [.. state.Pending.Where(static change => change.IsAdded && change.IsCostly).Select(static change => change.Path)];
                ImmutableList<DocumentChange> now = late.Count == 0 ? state.Pending : state.Pending.RemoveAll(change => change.IsLarge && late.Contains(change.Path));
                if (!now.IsEmpty)
                {
                    _state = new IndexState(
                        state.Index.With(now, catalog, CancellationToken.None),
                        late.Count == 0 ? [] : state.Pending.RemoveAll(change => !(change.IsLarge && late.Contains(change.Path))));
                }
                return _state.Index;
            }
        }
    }

    /// <summary>
    /// True while so much beside a file is still to be read that whoever asks what its objects mean would have to wait. Waits for
    /// nobody itself.
    /// </summary>
    internal bool IsBehind(string path)
    {
        if (HasClusters)
        {
            return _worlds is not { } worlds ? Files.Count > ManyDocuments : (worlds.GetValueOrDefault(First(ClustersOf(path))) ?? worlds[""]).Lacks(path);
        }
        return Lacks(path);
    }

    private bool Lacks(string path)
    {
        int characters = 0;
        int documents = 0;
        foreach (DocumentChange change in _state.Pending)
        {
            if (change.IsAdded && change.Path != path)
            {
                documents++;
                characters += change.Document.IsRead ? 0 : change.Document.Text.Length;
                if (documents > QuicklyTaken || characters > QuicklyRead)
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The documents that say how others are put together, and the files that they stand in.</summary>
    internal IReadOnlyCollection<KeyValuePair<ManifestDocument, string>> Kustomizations => _kustomizations;

    /// <summary>True when a kustomization patches objects, or gives them other names or namespaces: in a cluster they are not what the files say.</summary>
    public bool AreChangedByKustomizations => !Overlays.IsEmpty || Kustomized.ChangesIdentities;

    /// <summary>True when a kustomization changes that field of the object, around it or within it.</summary>
    public bool IsChangedByKustomization(string path, Model.ManifestObject one, string field) =>
        !Overlays.IsEmpty && Overlays.Touch(Overlays.FieldsOf(path, one, withAdded: false), field);

    /// <summary>What the objects mean together.</summary>
    public Resolver Resolver => _resolver ??= new Resolver(Index, References, Settings.IsComplete && Cluster is not { Length: 0 }, Kustomized)
    {
        WholeKinds = Settings.WholeKinds,
        AreParametersElsewhere = Settings.AreParametersElsewhere,
        Implementations = Settings.Implementations,
        Announced = Announced,
        Overlays = Overlays,
        Fleet = Cluster is null ? null : new Fleet(Whole, Cluster),
    };

    /// <summary>What the connected clusters of these objects say of their GatewayClasses; the same instance while they say the same.</summary>
    internal AnnouncedClasses Announced => Live.IsEmpty ? AnnouncedClasses.None : _announced ??= LiveFeatures.Of(Live.For(this), _announcedBefore);

    /// <summary>What Gateways and meshes do with requests.</summary>
    internal RoutingTable Routing => RoutingTable.Of(Resolver);

    public WorkspaceFile? File(string path) => Files.GetValueOrDefault(path);

    internal Workspace WithFile(string path, ManifestFile? manifest, int? version)
    {
        ImmutableArray<DocumentSlot> before = Files.TryGetValue(path, out WorkspaceFile? known) ? known.Manifest.Documents : [];
        ImmutableArray<DocumentSlot> after = manifest?.Documents ?? [];
        int head = 0;
        while (head < before.Length && head < after.Length && ReferenceEquals(before[head].Document, after[head].Document))
        {
            head++;
        }
        int tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && ReferenceEquals(before[^(tail + 1)].Document, after[^(tail + 1)].Document))
        {
            tail++;
        }
        ImmutableDictionary<ManifestDocument, string> definitions = _definitions;
        ImmutableDictionary<ManifestDocument, string> kustomizations = _kustomizations;
        var changes = new List<DocumentChange>();
        foreach (DocumentSlot slot in before.AsSpan()[head..(before.Length - tail)])
        {
            changes.Add(new DocumentChange(path, slot.Document, IsAdded: false));
            definitions = definitions.Remove(slot.Document);
            kustomizations = kustomizations.Remove(slot.Document);
        }
        foreach (DocumentSlot slot in after.AsSpan()[head..(after.Length - tail)])
        {
            changes.Add(new DocumentChange(path, slot.Document, IsAdded: true));
            if (slot.Document.Text.Contains("CustomResourceDefinition", StringComparison.Ordinal))
            {
                definitions = definitions.SetItem(slot.Document, path);
            }
            if (PartialObjects.IsKustomization(path, slot.Document))
            {
                kustomizations = kustomizations.SetItem(slot.Document, path);
            }
        }
        ImmutableDictionary<string, WorkspaceFile> files = manifest is null
            ? Files.Remove(path)
            : Files.SetItem(path, new WorkspaceFile(manifest, version));
        // Without the gate: who holds it may be reading thousands of documents, for which the next edit is not to wait.
        bool sameDefinitions = ReferenceEquals(definitions, _definitions);
        IndexState state = _state;
        var next = new Workspace(files, Settings, definitions, kustomizations, sameDefinitions ? state.Index : ResourceIndex.Empty,
            sameDefinitions ? Join(state.Pending, changes) : AllOf(files)) { _live = _live, _announcedBefore = _announced ?? _announcedBefore };
        if (sameDefinitions)
        {
            next._catalog = _catalog;
            bool sameKustomizations = ReferenceEquals(kustomizations, _kustomizations);
            next._partials = sameKustomizations ? _partials : null;
            next._kustomized = sameKustomizations ? _kustomized : null;
            next._overlays = sameKustomizations && _overlays?.Sources.Contains(path) == false ? _overlays : null;
            next._overlaysBefore = _overlays ?? _overlaysBefore;
            next._context = _context;
            next._partialContext = _partialContext;
        }
        next.TakeWorlds(this, path, changes, sameDefinitions);
        next.TakeDeployment(this);
        return next;
    }

    /// <summary>The same files and all that is known of them, with other clusters: costs next to nothing, however many files there are.</summary>
    internal Workspace WithLive(LiveClusters live)
    {
        IndexState state = _state;
        var next = new Workspace(Files, Settings, _definitions, _kustomizations, state.Index, state.Pending)
        {
            _catalog = _catalog, _partials = _partials, _kustomized = _kustomized, _overlays = _overlays, _overlaysBefore = _overlaysBefore, _heads = _heads, _marks = _marks,
            _live = live, _context = _context, _partialContext = _partialContext, _announcedBefore = _announced ?? _announcedBefore,
        };
        next._resolver = _resolver is { } resolver && ReferenceEquals(next.Announced, resolver.Announced) ? resolver : null;
        next.TakeWorlds(this);
        next.TakeDeployment(this);
        return next;
    }

    internal Workspace WithSettings(WorkspaceSettings settings)
    {
        IndexState state = _state;
        var next = new Workspace(Files, settings, _definitions, _kustomizations, state.Index, state.Pending)
        {
            _catalog = _catalog, _partials = _partials, _kustomized = _kustomized, _overlays = _overlays, _overlaysBefore = _overlaysBefore, _heads = _heads, _marks = _marks,
            _live = _live, _announcedBefore = _announced ?? _announcedBefore,
        };
        next.TakeDeployment(this);
        return next;
    }

    /// <summary>What came and went before anybody looked is forgotten: it would be read, and kept, for nothing.</summary>
    private static ImmutableList<DocumentChange> Join(ImmutableList<DocumentChange> pending, List<DocumentChange> changes)
    {
        if (pending.Count > MaxJoined)
        {
            return pending.AddRange(changes);
        }
        foreach (DocumentChange change in changes)
        {
            int came = change.IsAdded ? -1 : pending.FindLastIndex(known => known.IsAdded && ReferenceEquals(known.Document, change.Document) && known.Path == change.Path);
            pending = came < 0 ? pending.Add(change) : pending.RemoveAt(came);
        }
        return pending;
    }

    /// <summary>Scopes of kinds may have changed with the definitions, and with them identities: index anew.</summary>
    private static ImmutableList<DocumentChange> AllOf(ImmutableDictionary<string, WorkspaceFile> files)
    {
        ImmutableList<DocumentChange>.Builder all = ImmutableList.CreateBuilder<DocumentChange>();
        foreach ((string path, WorkspaceFile file) in files)
        {
            foreach (DocumentSlot slot in file.Manifest.Documents)
            {
                all.Add(new DocumentChange(path, slot.Document, IsAdded: true));
            }
        }
        return all.ToImmutable();
    }

    /// <summary>How far the index has come, and what it lacks yet. One object, so that both are read together.</summary>
    private sealed record IndexState(ResourceIndex Index, ImmutableList<DocumentChange> Pending);
}
