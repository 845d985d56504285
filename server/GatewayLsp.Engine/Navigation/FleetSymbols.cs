using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// What other clusters have to do with a name. The same name in two clusters is two objects, with one exception: an import
/// stands for the Services that clusters export under its name.
/// </summary>
internal static class FleetSymbols
{
    /// <summary>Where the Service is that a route can't find in its cluster; the exports and Services behind an import.</summary>
    public static IEnumerable<Occurrence> DefinitionsOf(Workspace workspace, Symbol symbol)
    {
        if (workspace.Cluster is null || symbol is not ObjectSymbol { Key: var key })
        {
            return [];
        }
        if (IsImport(key))
        {
            return workspace.Whole.AllWorlds.Where(world => IsExported(world, key))
                .SelectMany(world => world.Index.Find(ClusterBackends.ExportOf(key)).Concat(world.Index.Find(ServiceOf(key)))).Select(SymbolOccurrences.OfObject);
        }
        return key is { Group: ApiGroups.Core, Kind: "Service" } && workspace.Index.Find(key).IsEmpty
            ? workspace.Whole.AllWorlds.SelectMany(world => world.Index.Find(key)).Select(SymbolOccurrences.OfObject)
            : [];
    }

    /// <summary>
    /// The places of an import in all clusters. With <paramref name="withServices"/> those of what they export, too, from
    /// whichever of them: they share one name in one namespace, and renamed alone one would be cut off from the others.
    /// </summary>
    public static IEnumerable<Occurrence> UsesOf(Workspace workspace, string path, Symbol symbol, bool withServices, CancellationToken cancel)
    {
        ObjectKey? named = symbol switch { ObjectSymbol one => one.Key, SectionSymbol section => section.Owner, PortSymbol port => port.Owner, _ => null };
        if (workspace.Cluster is null || named is not { } key)
        {
            yield break;
        }
        foreach (Workspace world in Sharing(workspace, key))
        {
            foreach (Occurrence found in SymbolOccurrences.DefinitionsOf(world, path, symbol).Concat(SymbolOccurrences.UsesOf(world, path, symbol, cancel)))
            {
                yield return found;
            }
        }
        foreach (ObjectKey import in symbol is ObjectSymbol ? ImportsOf(workspace, key, withServices) : [])
        {
            foreach (Workspace world in workspace.Whole.AllWorlds)
            {
                Symbol[] symbols = withServices && IsExported(world, import) ? [new ObjectSymbol(import), new ObjectSymbol(ServiceOf(import))] : [new ObjectSymbol(import)];
                foreach (Symbol one in symbols)
                {
                    foreach (Occurrence found in SymbolOccurrences.DefinitionsOf(world, path, one).Concat(SymbolOccurrences.UsesOf(world, path, one, cancel)))
                    {
                        yield return found;
                    }
                }
            }
        }
    }

    /// <summary>The other clusters that have the very same definition, such as one of a base: there it is one and the same name.</summary>
    private static IEnumerable<Workspace> Sharing(Workspace workspace, ObjectKey key)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (IndexedObject one in workspace.Index.Find(key))
        {
            names.UnionWith(workspace.Whole.ClustersOf(one.Path, one.Object.Document));
        }
        return names.Where(name => name != workspace.Cluster).Select(name => workspace.Whole.World(name)).OfType<Workspace>();
    }

    private static IEnumerable<ObjectKey> ImportsOf(Workspace workspace, ObjectKey key, bool withServices)
    {
        if (IsImport(key))
        {
            return [key];
        }
        return withServices && key.Kind is "Service" or "ServiceExport"
            ? ClusterBackends.Groups.Select(group => key with { Group = group, Kind = "ServiceImport" }).Where(import => IsExported(workspace, import))
            : [];
    }

    /// <summary>The clusters that have an object of that identity, by name; none where the cluster that is looked from has it.</summary>
    public static IReadOnlyList<string> ClustersWith(Workspace workspace, ObjectKey key) =>
        workspace.Cluster is null ? [] : [.. workspace.Whole.AllWorlds.Where(world => world.Cluster is { Length: > 0 } && !world.Index.Find(key).IsEmpty).Select(world => world.Cluster!)];

    public static bool IsImport(ObjectKey key) => key.Kind == "ServiceImport" && ClusterBackends.Groups.Contains(key.Group);

    private static bool IsExported(Workspace world, ObjectKey import) => !world.Index.Find(ClusterBackends.ExportOf(import)).IsEmpty;

    private static ObjectKey ServiceOf(ObjectKey import) => import with { Group = ApiGroups.Core, Kind = "Service" };
}
