using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>completionItem/resolve</c>: adds the documentation, if the item's list is still known.</summary>
internal sealed class CompletionResolveHandler(RecentCompletions recent) : IReadHandler<CompletionItem, CompletionItem>
{
    public CompletionItem Handle(CompletionItem item, Snapshot snapshot, CancellationToken token)
    {
        var text = item.Data is { } data ? recent.Find(data.List, data.Index)?.Documentation?.Invoke() : null;
        return text is null
            ? item
            : item with { Documentation = new MarkupContent(snapshot.Client.MarkdownCompletion ? "markdown" : "plaintext", text) };
    }
}
