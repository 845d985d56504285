using System.Buffers;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Sending;
using GatewayLsp.Server.Tracing;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/sendRequest</c>: sends test requests through a Gateway of a connected cluster; what for, a match in a file or a request tells.</summary>
internal sealed class SendRequestHandler(ClusterSession clusters) : IAsyncHandler<SendRequestParams, JsonElement>
{
    public async Task<JsonElement> HandleAsync(SendRequestParams parameters, Snapshot snapshot, CancellationToken token)
    {
        int count = parameters.Count ?? TestWish.DefaultCount;
        if (count is < 1 or > TestWish.MaxCount)
        {
            throw new RpcErrorException(ErrorCode.InvalidParams, $"`count` is not from 1 to {TestWish.MaxCount}.");
        }
        IClusterClient client = clusters.Client(parameters.Context);
        var wish = new TestWish(Request(parameters, snapshot), null, 0, count) { Address = parameters.Address };
        (TestResult? result, string problem) = await TestRun.RunAsync(client, wish, token).ConfigureAwait(false);
        if (result is null)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, problem);
        }
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            TestJson.Write(json, result);
            json.WriteEndObject();
        }
        using JsonDocument answer = JsonDocument.Parse(buffer.WrittenMemory);
        return answer.RootElement.Clone();
    }

    private static TraceRequest Request(SendRequestParams parameters, Snapshot snapshot)
    {
        if (parameters.Request.ValueKind == JsonValueKind.Object)
        {
            TraceRequestReading reading = TraceRequestReader.Read(parameters.Request);
            // A cluster of the settings is not what is meant: the context says where it goes.
            return reading.Request is { } request ? request with { Cluster = null } : throw new RpcErrorException(ErrorCode.InvalidParams, reading.Problem!);
        }
        if (parameters is not { Uri: { } uri, Position: { } position })
        {
            throw new RpcErrorException(ErrorCode.InvalidParams, "Either `request` or `uri` and `position` have to be there.");
        }
        RequestSample sample = snapshot.Analysis.RequestAt(DocumentKey.Of(uri), Convert.ToEngine(position))
            ?? throw new RpcErrorException(ErrorCode.RequestFailed, "There is no match or listener here that a request could be made for.");
        return RequestLine.Parse(sample.Text, out string problem) is { } parsed
            ? parsed with { Gateway = sample.Gateway, ClientNamespace = sample.ClientNamespace }
            : throw new RpcErrorException(ErrorCode.RequestFailed, problem);
    }
}
