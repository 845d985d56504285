using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/prepareCallHierarchy</c>.</summary>
internal sealed class PrepareCallHierarchyHandler : IReadHandler<DocumentPositionParams, IReadOnlyList<CallHierarchyItem>>
{
    public IReadOnlyList<CallHierarchyItem> Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var found = snapshot.Analysis.PrepareCalls(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position));
        return [.. found.Select(item => ConvertNavigation.ToLsp(item, snapshot))];
    }
}
