using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>codeAction/resolve</c>: the edits of an action that was offered without; others stay as they are.</summary>
internal sealed class CodeActionResolveHandler : IReadHandler<CodeAction, CodeAction>
{
    public CodeAction Handle(CodeAction action, Snapshot snapshot, CancellationToken token)
    {
        if (action.Data is not { } data)
        {
            return action;
        }

        if (snapshot.VersionOf(data.Uri) != data.Version)
        {
            throw new RpcErrorException(ErrorCode.ContentModified, "The document changed in the meantime.");
        }

        var made = snapshot.Analysis.ResolveAction(DocumentKey.Of(data.Uri), Convert.ToEngine(data.Range), action.Kind, data.Title, token);
        return made is null
            ? throw new RpcErrorException(ErrorCode.RequestFailed, $"\"{action.Title}\" can't be done here: the document would have errors that it does not have now.")
            : ConvertCodeActions.ToLsp(made, snapshot);
    }
}
