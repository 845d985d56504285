using System.Collections.Immutable;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/documentSymbol.</summary>
internal static class OutlineProvider
{
    public static ImmutableArray<OutlineItem> Outline(Workspace workspace, string path, CancellationToken cancel) => [];
}
