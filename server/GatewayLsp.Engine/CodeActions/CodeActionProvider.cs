using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.CodeActions;

/// <summary>textDocument/codeAction.</summary>
internal static class CodeActionProvider
{
    public static ImmutableArray<CodeActionItem> Actions(Workspace workspace, string path, LineRange range, CancellationToken cancel) => [];
}
