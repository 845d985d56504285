using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// A Service that is exported, its ServiceExport and the ServiceImport that comes of it share one name in one namespace (Multi-Cluster
/// Services API): renamed alone, one of them would be cut off from the others.
/// </summary>
internal static class ExportedService
{
    private static readonly (string Group, string Kind)[] Kinds =
    [
        (ApiGroups.Core, "Service"),
        (ApiGroups.MultiCluster, "ServiceExport"), (ApiGroups.MultiCluster, "ServiceImport"),
        (ApiGroups.GkeMultiCluster, "ServiceExport"), (ApiGroups.GkeMultiCluster, "ServiceImport"),
    ];

    /// <summary>The symbol, and those that have their name from the same Service. Only an export ties them together.</summary>
    public static IReadOnlyList<Symbol> WithKin(Workspace workspace, Symbol symbol)
    {
        if (symbol is not ObjectSymbol { Key: var key } || !Kinds.Contains((key.Group, key.Kind)))
        {
            return [symbol];
        }
        ObjectKey[] all = [.. Kinds.Select(kind => key with { Group = kind.Group, Kind = kind.Kind })];
        return all.Any(one => one.Kind == "ServiceExport" && !workspace.Index.Find(one).IsEmpty)
            ? [symbol, .. all.Where(one => one != key).Select(one => new ObjectSymbol(one))]
            : [symbol];
    }
}
