using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/didChange</c>: the edits in their order, each on the text that the one before left.</summary>
internal sealed class DidChangeHandler(Session session, Log log) : IMutatingHandler<DidChangeParams>
{
    public void Handle(DidChangeParams parameters)
    {
        var changes = new TextChange[parameters.ContentChanges.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            var change = parameters.ContentChanges[i];
            changes[i] = new TextChange(change.Range is { } range ? Convert.ToEngine(range) : null, change.Text);
        }

        if (!session.Edit(parameters.TextDocument.Uri, changes, parameters.TextDocument.Version))
        {
            log.Warning("A change of a document that is not open is ignored.");
        }
    }
}
