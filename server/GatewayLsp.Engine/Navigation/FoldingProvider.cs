using System.Collections.Immutable;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/foldingRange.</summary>
internal static class FoldingProvider
{
    public static ImmutableArray<FoldingItem> Fold(Workspace workspace, string path, CancellationToken cancel) => [];
}
