using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/prepareRename</c>: null where there is no name, an error with the reason where one can't be changed.</summary>
internal sealed class PrepareRenameHandler : IReadHandler<DocumentPositionParams, PrepareRenameResult?>
{
    public PrepareRenameResult? Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var offer = snapshot.Analysis.PrepareRename(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position));
        if (offer.Refusal is { } why)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, why);
        }

        return offer is { Range: { } range, Name: { } name } ? new PrepareRenameResult(Convert.ToLsp(range), name) : null;
    }
}
