using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/hover</c>.</summary>
internal sealed class HoverHandler : IReadHandler<DocumentPositionParams, Hover?>
{
    public Hover? Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.Hover)
        {
            return null;
        }

        var hover = snapshot.Analysis.Hover(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position), token);
        return hover is null
            ? null
            : new Hover(new MarkupContent(snapshot.Client.MarkdownHover ? "markdown" : "plaintext", hover.Markdown), Convert.ToLsp(hover.Range));
    }
}
