using System.Collections.Immutable;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/documentLink.</summary>
internal static class LinkProvider
{
    public static ImmutableArray<LinkItem> Links(Workspace workspace, string path, CancellationToken cancel) => [];
}
