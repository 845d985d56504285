using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/documentLink</c>.</summary>
internal sealed class DocumentLinkHandler : IReadHandler<DocumentParams, IReadOnlyList<DocumentLink>>
{
    public IReadOnlyList<DocumentLink> Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var links = snapshot.Analysis.Links(DocumentKey.Of(parameters.TextDocument.Uri), token);
        return [.. links.Select(link => new DocumentLink(Convert.ToLsp(link.Range), snapshot.UriOf(link.Target), link.Tooltip))];
    }
}
