using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/rename</c>. What a rename does not reach is told in a message, since edits can't say it.</summary>
internal sealed class RenameHandler(IClient client) : IReadHandler<RenameParams, WorkspaceEdit>
{
    public WorkspaceEdit Handle(RenameParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        var rename = snapshot.Analysis.Rename(key, Convert.ToEngine(parameters.Position), parameters.NewName, token);
        if (rename.Refusal is { } why)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, why);
        }

        if (!rename.Notes.IsEmpty)
        {
            client.Notify("window/showMessage", new ShowMessageParams(MessageType.Warning, string.Join(' ', rename.Notes)), LspJson.Default.ShowMessageParams);
        }

        return ConvertNavigation.ToLsp(rename, key, snapshot);
    }
}
