using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/completion</c>.</summary>
internal sealed class CompletionHandler(RecentCompletions recent) : IReadHandler<DocumentPositionParams, CompletionList>
{
    private static readonly CompletionList Nothing = new(false, []);

    public CompletionList Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.Completion)
        {
            return Nothing;
        }

        var list = snapshot.Analysis.Complete(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position), token);
        return list.Items.IsEmpty && !list.IsIncomplete
            ? Nothing
            : ConvertCompletion.ToLsp(list, snapshot.Client, recent.Keep(list));
    }
}
