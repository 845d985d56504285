using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/foldingRange</c>: whole lines, which every client can show.</summary>
internal sealed class FoldingRangeHandler : IReadHandler<DocumentParams, IReadOnlyList<FoldingRange>>
{
    public IReadOnlyList<FoldingRange> Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var items = snapshot.Analysis.Fold(DocumentKey.Of(parameters.TextDocument.Uri), token);
        return [.. items.Select(item => new FoldingRange(item.StartLine, item.EndLine, item.IsComment ? "comment" : null))];
    }
}
