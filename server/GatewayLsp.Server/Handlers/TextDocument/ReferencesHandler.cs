using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.TextDocument;

/// <summary><c>textDocument/references</c>.</summary>
internal sealed class ReferencesHandler : IReadHandler<ReferenceParams, IReadOnlyList<Location>>
{
    public IReadOnlyList<Location> Handle(ReferenceParams parameters, Snapshot snapshot, CancellationToken token)
    {
        var withDefinition = parameters.Context?.IncludeDeclaration ?? true;
        var places = snapshot.Analysis.References(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position), withDefinition, token);
        return ConvertNavigation.ToLsp(places, snapshot);
    }
}
