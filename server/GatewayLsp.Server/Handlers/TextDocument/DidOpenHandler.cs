using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/didOpen</c>: from now on the editor's text counts, not the disk's.</summary>
internal sealed class DidOpenHandler(Session session) : IMutatingHandler<DidOpenParams>
{
    public void Handle(DidOpenParams parameters)
        => session.Open(parameters.TextDocument.Uri, parameters.TextDocument.Text, parameters.TextDocument.Version);
}
