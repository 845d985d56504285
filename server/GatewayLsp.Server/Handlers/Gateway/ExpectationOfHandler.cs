using System.Text.Json;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Tracing;

namespace GatewayLsp.Server.Handlers.Gateway;

/// <summary><c>gatewayLsp/expectationOf</c>: params of <c>gatewayLsp/trace</c>; the edit that keeps the outcome as an expectation.</summary>
internal sealed class ExpectationOfHandler : IReadHandler<JsonElement, ExpectationOfResult>
{
    public ExpectationOfResult Handle(JsonElement parameters, Snapshot snapshot, CancellationToken token)
    {
        var reading = TraceRequestReader.Read(parameters);
        if (reading.Request is not { } request)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, reading.Problem!);
        }

        var made = snapshot.Analysis.ExpectationOf(request);
        return made.Edit is { } edit
            ? new ExpectationOfResult(made.Text, ConvertCodeActions.ToEdit([edit], snapshot))
            : throw new RpcErrorException(ErrorCode.RequestFailed, made.Problem!);
    }
}
