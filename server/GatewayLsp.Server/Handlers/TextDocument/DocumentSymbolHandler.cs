using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/documentSymbol</c>.</summary>
internal sealed class DocumentSymbolHandler : IReadHandler<DocumentParams, IReadOnlyList<DocumentSymbol>>
{
    public IReadOnlyList<DocumentSymbol> Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var outline = snapshot.Analysis.Outline(DocumentKey.Of(parameters.TextDocument.Uri), token);
        return snapshot.Client.HierarchicalSymbols
            ? ConvertSymbols.Tree(outline)
            : ConvertSymbols.Flat(outline, parameters.TextDocument.Uri);
    }
}
