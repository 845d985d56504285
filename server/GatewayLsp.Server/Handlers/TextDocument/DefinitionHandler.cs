using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/definition</c>.</summary>
internal sealed class DefinitionHandler : IReadHandler<DocumentPositionParams, IReadOnlyList<DefinitionTarget>>
{
    public IReadOnlyList<DefinitionTarget> Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var item = snapshot.Analysis.Definition(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position));
        return ConvertNavigation.ToLsp(item, snapshot, snapshot.Client.DefinitionLinks);
    }
}
