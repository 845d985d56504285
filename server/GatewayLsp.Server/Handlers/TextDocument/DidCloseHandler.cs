using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Publishing;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/didClose</c>: what is on disk counts again, if it belongs to the workspace.</summary>
internal sealed class DidCloseHandler(Session session, PulledSets pulled) : IMutatingHandler<DidCloseParams>
{
    public void Handle(DidCloseParams parameters)
    {
        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        pulled.Forget(key);
        session.Close(parameters.TextDocument.Uri, session.IsInFolders(key) ? ManifestReader.Read(DocumentKey.ToPath(key)) : null);
    }
}
