using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/documentHighlight</c>: what defines a name is written, what uses it is read.</summary>
internal sealed class DocumentHighlightHandler : IReadHandler<DocumentPositionParams, IReadOnlyList<DocumentHighlight>>
{
    public IReadOnlyList<DocumentHighlight> Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var found = snapshot.Analysis.Highlights(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position), token);
        return [.. found.Select(one => new DocumentHighlight(Convert.ToLsp(one.Range), one.IsDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read))];
    }
}
