using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.Gateway;

/// <summary><c>gatewayLsp/requestAt</c>: a request that the match or listener at a position would take; null elsewhere.</summary>
internal sealed class RequestAtHandler : IReadHandler<DocumentPositionParams, RequestAtResult?>
{
    public RequestAtResult? Handle(DocumentPositionParams parameters, Snapshot snapshot, CancellationToken token)
        => snapshot.Analysis.RequestAt(DocumentKey.Of(parameters.TextDocument.Uri), Convert.ToEngine(parameters.Position)) is not { } sample
            ? null
            : new RequestAtResult(
                sample.Text,
                sample.Gateway is { } gateway ? new NamedObject(gateway.Namespace, gateway.Name) : null,
                sample.ClientNamespace is { } ns ? new TraceClient(ns) : null);
}
