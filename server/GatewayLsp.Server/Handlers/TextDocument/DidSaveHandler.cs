using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/didSave</c>: the text is known already; the user expects a fresh look.</summary>
internal sealed class DidSaveHandler(Session session) : IMutatingHandler<DidSaveParams>
{
    public void Handle(DidSaveParams parameters) => session.LookAgain(DocumentKey.Of(parameters.TextDocument.Uri));
}
