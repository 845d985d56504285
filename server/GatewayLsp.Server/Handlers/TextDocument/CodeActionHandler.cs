using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/codeAction</c>.</summary>
internal sealed class CodeActionHandler(ClusterSession clusters, DeploySession deploys) : IReadHandler<CodeActionParams, IReadOnlyList<CodeAction>>
{
    public IReadOnlyList<CodeAction> Handle(CodeActionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var key = DocumentKey.Of(parameters.TextDocument.Uri);
        var range = Convert.ToEngine(parameters.Range);
        var found = snapshot.Analysis.Actions(key, range, token);
        var actions = new List<CodeAction>(found.Length);
        foreach (var item in found)
        {
            if (!ConvertCodeActions.IsWanted(item.Kind, parameters.Context?.Only) || (!snapshot.Client.CreatesFiles && item.Edits.Any(file => file.CreatesFile)))
            {
                continue;
            }

            if (item.IsDeferred && snapshot.Client.ResolvesActions)
            {
                actions.Add(ConvertCodeActions.Deferred(item, parameters, snapshot));
            }
            else if ((item.IsDeferred ? snapshot.Analysis.ResolveAction(key, range, item.Kind, item.Title, token) : item) is { } made)
            {
                actions.Add(ConvertCodeActions.ToLsp(made, snapshot));
            }
        }

        if (TopologyAction.Of(parameters, snapshot) is { } topology)
        {
            actions.Add(topology);
        }

        actions.AddRange(DeployActions.At(parameters, snapshot, clusters, deploys));
        return actions;
    }
}
