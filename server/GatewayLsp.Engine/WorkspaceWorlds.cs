using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine;

/// <summary>
/// The clusters of a workspace. Each is a workspace of its own, a world, that has the files of the cluster and those of no
/// cluster; the files of no cluster are one more world. A file that kustomizations of several clusters pull in is in all of theirs. Worlds are made when first asked for, then kept up with every change.
/// Without clusters there are none, and the workspace is its own world.
/// </summary>
public sealed partial class Workspace
{
    private ImmutableDictionary<ManifestDocument, string> _marks = ImmutableDictionary<ManifestDocument, string>.Empty;
    private ImmutableDictionary<string, string> _heads = ImmutableDictionary<string, string>.Empty;
    private ImmutableSortedDictionary<string, Workspace>? _worlds;
    private ClusterOverlays? _reach;
    private Workspace? _whole;

    /// <summary>Of a world: its cluster; empty for the files of no cluster. Null for a whole workspace.</summary>
    public string? Cluster { get; private init; }

    /// <summary>Of a world: the workspace that it is a part of; else itself.</summary>
    public Workspace Whole => _whole ?? this;

    /// <summary>True when settings or the manifests themselves tell of clusters.</summary>
    public bool HasClusters => _whole is null && (!Settings.Clusters.IsEmpty || !_heads.IsEmpty || !_marks.IsEmpty);

    /// <summary>Their names, sorted.</summary>
    public IEnumerable<string> Clusters => HasClusters ? Worlds.Keys.Where(static name => name.Length > 0) : [];

    /// <summary>The world of a cluster; null when there is none of that name.</summary>
    public Workspace? World(string cluster) => HasClusters ? Worlds.GetValueOrDefault(cluster) : null;

    /// <summary>Every world, that of the files of no cluster first; the workspace itself without clusters.</summary>
    public IEnumerable<Workspace> AllWorlds => HasClusters ? Worlds.Values : [this];

    /// <summary>The world that a file is in; the first of them where it is in those of several clusters.</summary>
    public Workspace WorldOf(string path) => HasClusters ? WorldNamed(ClusterOf(path)) : this;

    /// <summary>The world that a document of a file is in; the first of them where it is in those of several clusters.</summary>
    internal Workspace WorldOf(string path, ManifestDocument document) => HasClusters ? WorldNamed(First(ClustersOf(path, document))) : this;

    /// <summary>The worlds that a document of a file is in: several for what overlays of several clusters have in common, in the order of their names.</summary>
    internal ImmutableArray<Workspace> WorldsOf(string path, ManifestDocument document) =>
        HasClusters && ClustersOf(path, document) is { Length: > 1 } clusters ? ImmutableArray.CreateRange(clusters, WorldNamed) : [WorldOf(path, document)];

    /// <summary>A file that the workspace does not have may be for a cluster of which it has nothing.</summary>
    private Workspace WorldNamed(string cluster) => Worlds.GetValueOrDefault(cluster) ?? Worlds[""];

    /// <summary>The world of the document at a place of a file.</summary>
    public Workspace WorldAt(string path, LinePosition position) =>
        HasClusters && File(path) is { } file && position.Line >= 0 ? WorldOf(path, file.Manifest.At(position).Document) : this;

    private ImmutableSortedDictionary<string, Workspace> Worlds
    {
        get
        {
            lock (_gate)
            {
                return _worlds ??= BuildWorlds();
            }
        }
    }

    /// <summary>The clusters that a document of a file is for, sorted; empty for none.</summary>
    public ImmutableArray<string> ClusterNamesOf(string path, ManifestDocument document) => HasClusters ? ClustersOf(path, document) : [];

    /// <summary>
    /// By the document's annotation, or the file's first line, which both decide alone; else by the settings and by the kustomizations
    /// of clusters that pull the file in.
    /// </summary>
    internal ImmutableArray<string> ClustersOf(string path, ManifestDocument document) =>
        !_marks.IsEmpty && _marks.TryGetValue(document, out string? mark) ? [mark] : ClustersOf(path);

    private ImmutableArray<string> ClustersOf(string path)
    {
        if (_heads.TryGetValue(path, out string? head))
        {
            return [head];
        }
        ImmutableArray<string> reached = Reach.ClustersOf(path);
        return Settings.Clusters.Paths?.ClusterOf(path) is not { Length: > 0 } set || reached.Contains(set) ? reached
            : reached.IsEmpty ? [set] : [.. reached.Append(set).Order(StringComparer.Ordinal)];
    }

    private string ClusterOf(string path) => First(ClustersOf(path));

    private static string First(ImmutableArray<string> clusters) => clusters.IsEmpty ? "" : clusters[0];

    private ClusterOverlays Reach => _reach ??= _kustomizations.IsEmpty ? ClusterOverlays.None : ClusterOverlays.Of(_kustomizations, OwnClusterOf);

    /// <summary>What a kustomization itself says of its cluster, or the settings say of its file.</summary>
    private string? OwnClusterOf(string path, ManifestDocument document) =>
        _marks.GetValueOrDefault(document) ?? _heads.GetValueOrDefault(path) ?? Settings.Clusters.Paths?.ClusterOf(path);

    /// <summary>False in the world of a cluster for an object of no cluster, which is there as a copy.</summary>
    internal bool Owns(Model.ObjectView view)
    {
        if (Cluster is not { Length: > 0 })
        {
            return true;
        }
        foreach (IndexedObject one in Index.Find(Resolver.KeyOf(view)))
        {
            if (ReferenceEquals(one.Object, view.Object))
            {
                return Whole.ClustersOf(one.Path, one.Object.Document).Contains(Cluster);
            }
        }
        return true;
    }

    private ImmutableSortedDictionary<string, Workspace> BuildWorlds()
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { "" };
        names.UnionWith(Settings.Clusters.Clusters.Select(static one => one.Name));
        names.UnionWith(_heads.Values);
        names.UnionWith(_marks.Values);
        names.UnionWith(Files.Keys.SelectMany(path => ClustersOf(path)));
        ImmutableList<DocumentChange> all = AllOf(Files);
        return names.ToImmutableSortedDictionary(static name => name, name => new Workspace(
            Files.RemoveRange(Files.Where(file => !IsIn(file.Key, file.Value, name)).Select(static file => file.Key)), Settings, _definitions, _kustomizations,
            ResourceIndex.Empty, all.RemoveAll(change => !IsIn(change, name))) { _whole = this, Cluster = name }, StringComparer.Ordinal);
    }

    /// <summary>Takes over the worlds of the workspace before, with what changed in a file.</summary>
    private void TakeWorlds(Workspace before, string path, List<DocumentChange> changes, bool areKindsSame)
    {
        string? head = ClusterMarks.Of(File(path)?.Manifest);
        bool isHeadSame = head == before._heads.GetValueOrDefault(path);
        _heads = isHeadSame ? before._heads : head is null ? before._heads.Remove(path) : before._heads.SetItem(path, head);
        _marks = before._marks;
        foreach (DocumentChange change in changes)
        {
            if (!change.IsAdded)
            {
                _marks = _marks.Remove(change.Document);
            }
            else if (ClusterMarks.Of(change.Document) is { } mark)
            {
                _marks = _marks.SetItem(change.Document, mark);
            }
        }
        if (isHeadSame && ReferenceEquals(_kustomizations, before._kustomizations))
        {
            _reach = before._reach;
        }
        if (!HasClusters || before._worlds is not { } worlds || !isHeadSame || !areKindsSame || !Reach.Equals(before.Reach))
        {
            return;
        }
        // What went belongs where it was, what came where it is now.
        List<(DocumentChange Change, ImmutableArray<string> Clusters)> placed =
            [.. changes.Select(change => (change, (change.IsAdded ? this : before).ClustersOf(path, change.Document)))];
        if (placed.TrueForAll(one => one.Clusters.All(worlds.ContainsKey)))
        {
            _worlds = worlds.ToImmutableSortedDictionary(static world => world.Key, world => world.Value.After(this, path, placed), StringComparer.Ordinal);
        }
    }

    /// <summary>Takes over the worlds of a workspace with the same files.</summary>
    private void TakeWorlds(Workspace before)
    {
        _reach = before._reach;
        if (before._worlds is { } worlds)
        {
            _worlds = worlds.ToImmutableSortedDictionary(static world => world.Key, world => world.Value.In(this), StringComparer.Ordinal);
        }
    }

    /// <summary>The same world as a part of another workspace.</summary>
    private Workspace In(Workspace whole)
    {
        IndexState state = _state;
        return new Workspace(Files, whole.Settings, _definitions, _kustomizations, state.Index, state.Pending) { _whole = whole, Cluster = Cluster, _kustomized = _kustomized, _announcedBefore = _announced ?? _announcedBefore };
    }

    private Workspace After(Workspace whole, string path, List<(DocumentChange Change, ImmutableArray<string> Clusters)> changes)
    {
        List<DocumentChange> own = [.. changes.Where(one => one.Clusters.IsEmpty || one.Clusters.Contains(Cluster!)).Select(static one => one.Change)];
        ImmutableDictionary<string, WorkspaceFile> files = whole.File(path) is { } file && whole.IsIn(path, file, Cluster!) ? Files.SetItem(path, file) : Files.Remove(path);
        IndexState state = _state;
        return new Workspace(files, whole.Settings, whole._definitions, whole._kustomizations, state.Index, Join(state.Pending, own))
        {
            _whole = whole, Cluster = Cluster, _kustomized = ReferenceEquals(whole._kustomizations, _kustomizations) ? _kustomized : null,
            _announcedBefore = _announced ?? _announcedBefore,
        };
    }

    private bool IsIn(DocumentChange change, string cluster) => IsIn(ClustersOf(change.Path, change.Document), cluster);

    private bool IsIn(string path, WorkspaceFile file, string cluster) =>
        IsIn(ClustersOf(path), cluster) || (!_marks.IsEmpty && file.Manifest.Documents.Any(slot => _marks.GetValueOrDefault(slot.Document) == cluster));

    private static bool IsIn(ImmutableArray<string> clusters, string cluster) => clusters.IsEmpty || clusters.Contains(cluster);
}
