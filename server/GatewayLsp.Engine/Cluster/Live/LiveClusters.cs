using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>The connected clusters as they were last seen, by context. Immutable; empty for a workspace that is connected to none.</summary>
public sealed class LiveClusters
{
    public static readonly LiveClusters None = new([]);

    private readonly ImmutableArray<TargetCluster> _targets;

    /// <summary>Every document is looked at as for these, whatever cluster it is marked for.</summary>
    private readonly bool _areForAll;

    private LiveClusters(ImmutableArray<ObservedCluster> all, bool areForAll = false)
    {
        _areForAll = areForAll;
        All = all;
        _targets = [.. all.Select(one => new TargetCluster(one.Target.Label, one.Definitions))];
        HasDefinitions = all.Any(one => one.Definitions is not null);
    }

    /// <summary>In the order of their contexts.</summary>
    public ImmutableArray<ObservedCluster> All { get; }

    public bool IsEmpty => All.IsEmpty;

    /// <summary>True when the own definitions of some cluster are known.</summary>
    internal bool HasDefinitions { get; }

    public ObservedCluster? Find(string context)
    {
        foreach (ObservedCluster one in All)
        {
            if (one.Target.Context == context)
            {
                return one;
            }
        }
        return null;
    }

    public static LiveClusters Of(IEnumerable<ObservedCluster> clusters)
    {
        ImmutableArray<ObservedCluster> all = [.. clusters.OrderBy(one => one.Target.Context, StringComparer.Ordinal)];
        return all.IsEmpty ? None : new LiveClusters(all);
    }

    /// <summary>A cluster of which nothing is known but its own definitions: every document is looked at as for it.</summary>
    public static LiveClusters Only(ClusterTarget target, ClusterDefinitions? definitions) =>
        new([new ObservedCluster(target) { Definitions = definitions }], areForAll: true);

    /// <summary>
    /// Those that a document may be applied to: those that the workspace's clusters of the document are connected by, all of
    /// them for a document of no cluster. A cluster of the workspace whose context is not told goes by its name.
    /// </summary>
    internal ImmutableArray<ObservedCluster> For(Workspace workspace, string path, ManifestDocument document)
    {
        Workspace whole = workspace.Whole;
        return IsEmpty || _areForAll || !whole.HasClusters || whole.ClusterNamesOf(path, document) is not { IsEmpty: false } names ? All
            : [.. names.SelectMany(name => Named(whole.Settings.Clusters, name))];
    }

    /// <summary>
    /// The same with what each of them defines, for the question what a document may have in it; clusters of the workspace that are not connected are there,
    /// too, and define nothing.
    /// </summary>
    internal ImmutableArray<TargetCluster> TargetsOf(Workspace workspace, string path, ManifestDocument document)
    {
        if (!HasDefinitions)
        {
            return [];
        }
        Workspace whole = workspace.Whole;
        if (_areForAll || !whole.HasClusters || whole.ClusterNamesOf(path, document) is not { IsEmpty: false } names)
        {
            return _targets;
        }
        var targets = ImmutableArray.CreateBuilder<TargetCluster>(names.Length);
        foreach (string name in names)
        {
            ImmutableArray<ObservedCluster> connected = Named(whole.Settings.Clusters, name);
            targets.Add(connected is [var one] ? new TargetCluster(one.Target.Label, one.Definitions) : new TargetCluster(name, null));
        }
        return targets.MoveToImmutable();
    }

    /// <summary>True when an object of the files may be applied to the cluster of that context.</summary>
    public bool Suits(Workspace workspace, IndexedObject one, string context)
    {
        foreach (ObservedCluster cluster in For(workspace, one.Path, one.Object.Document))
        {
            if (cluster.Target.Context == context)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Those that a world of the workspace is connected to.</summary>
    internal ImmutableArray<ObservedCluster> For(Workspace world) =>
        world.Cluster is { Length: > 0 } name && !_areForAll ? Named(world.Whole.Settings.Clusters, name) : All;

    private ImmutableArray<ObservedCluster> Named(ClusterMap settings, string name) =>
        Find(settings.Find(name)?.Context ?? name) is { } only ? [only] : [];
}

/// <summary>Where an object of a manifest is looked for in a cluster.</summary>
internal static class LiveLookup
{
    /// <summary>Null for an object without name or kind.</summary>
    public static ObjectKey? KeyIn(ObservedCluster cluster, ManifestObject one, Workspace workspace)
    {
        if (one.Name.Length == 0 || one.Kind.Length == 0)
        {
            return null;
        }
        ObjectKey key = ResourceIndex.KeyOf(one, workspace.Catalog);
        // What names no namespace goes to that of the context.
        return key.Namespace.Length > 0 && one.Namespace.Length == 0 ? key with { Namespace = cluster.Target.Namespace } : key;
    }
}
