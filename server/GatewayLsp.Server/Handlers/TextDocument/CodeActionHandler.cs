using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/codeAction</c>.</summary>
internal sealed class CodeActionHandler : IReadHandler<CodeActionParams, IReadOnlyList<CodeAction>>
{
    public IReadOnlyList<CodeAction> Handle(CodeActionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var found = snapshot.Analysis.Actions(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Range), token);
        var actions = new List<CodeAction>(found.Length);
        foreach (var item in found)
        {
            if (ConvertCodeActions.IsWanted(item.Kind, parameters.Context?.Only))
            {
                actions.Add(ConvertCodeActions.ToLsp(item, snapshot));
            }
        }

        return actions;
    }
}
