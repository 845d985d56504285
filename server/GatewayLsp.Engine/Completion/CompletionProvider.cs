using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>textDocument/completion.</summary>
internal static class CompletionProvider
{
    public static CompletionList Complete(Workspace workspace, string path, LinePosition position, CancellationToken cancel) =>
        CompletionList.Empty(position);
}
