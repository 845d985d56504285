using System.Collections.Immutable;

namespace GatewayLsp.Engine.Navigation;

/// <summary>workspace/symbol.</summary>
internal static class WorkspaceSymbolProvider
{
    public static ImmutableArray<WorkspaceItem> Find(Workspace workspace, string query, CancellationToken cancel) => [];
}
