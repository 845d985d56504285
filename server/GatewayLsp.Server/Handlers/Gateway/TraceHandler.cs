using System.Buffers;
using System.Text.Json;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Tracing;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Handlers.Gateway;

/// <summary><c>gatewayLsp/trace</c>: a request as in <c>trace --jsonl</c>; its trace and, as <c>location</c>, the match that took it.</summary>
internal sealed class TraceHandler : IReadHandler<JsonElement, JsonElement>
{
    public JsonElement Handle(JsonElement parameters, Snapshot snapshot, CancellationToken token)
    {
        JsonElement? id = parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("id", out JsonElement known) ? known : null;
        TraceRequestReading reading = TraceRequestReader.Read(parameters);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (reading.Request is { } request)
            {
                RequestTrace trace = snapshot.Analysis.Trace(request);
                TracedPlace? place = snapshot.Analysis.PlaceOf(trace);
                trace = trace with { Why = [.. trace.Why.Select(snapshot.Say)] };
                TraceJson.Write(json, id, trace, place is null ? null : new Location(snapshot.UriOf(place.Path), Convert.ToLsp(place.Range)));
            }
            else
            {
                TraceJson.WriteError(json, id, reading.Problem!);
            }
        }
        using JsonDocument answer = JsonDocument.Parse(buffer.WrittenMemory);
        return answer.RootElement.Clone();
    }
}
