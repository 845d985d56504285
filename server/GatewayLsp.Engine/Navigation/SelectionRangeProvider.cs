using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/selectionRange: from the word outwards to the whole document, each range holding the one before.</summary>
internal static class SelectionRangeProvider
{
    public static ImmutableArray<LineRange> Ranges(Workspace workspace, string path, LinePosition position) => [];
}
