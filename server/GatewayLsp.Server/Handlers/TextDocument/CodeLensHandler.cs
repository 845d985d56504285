using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using CodeLens = GatewayLsp.Server.Protocol.CodeLens;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/codeLens</c>: only places; the words come with <c>codeLens/resolve</c>.</summary>
internal sealed class CodeLensHandler(ClusterSession clusters) : IReadHandler<DocumentParams, IReadOnlyList<CodeLens>>
{
    public IReadOnlyList<CodeLens> Handle(DocumentParams parameters, Snapshot snapshot, CancellationToken token)
    {
        if (!snapshot.Settings.CodeLens)
        {
            return [];
        }

        var found = snapshot.Analysis.Lenses(DocumentKey.Of(parameters.TextDocument.Uri), token);
        var lenses = new List<CodeLens>(found.Length);
        foreach (var item in found)
        {
            if (ConvertLenses.ToLsp(item, parameters.TextDocument.Uri, snapshot) is { } lens)
            {
                lenses.Add(lens);
            }

            if (item.Kind == LensKind.Trace && DeployActions.Lens(new CodeLens(Convert.ToLsp(item.Range)), parameters.TextDocument.Uri, snapshot, clusters) is { } send)
            {
                lenses.Add(send);
            }
        }

        lenses.AddRange(DeployActions.LensesOf(parameters.TextDocument.Uri, snapshot, clusters));
        return lenses;
    }
}
