using System.Text.Json;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Publishing;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Handlers.Topology;

/// <summary><c>gatewayLsp/topology/subscribe</c>: from now on the client is told of the graph and its changes.</summary>
internal sealed class SubscribeHandler(Session session, TopologyPublisher publisher) : IMutatingHandler<JsonElement, JsonElement>
{
    public JsonElement Handle(JsonElement parameters)
    {
        Snapshot snapshot = session.TakeSnapshot();
        TopologyQuery query = TopologyQuery.Read(parameters, snapshot);
        publisher.Subscribe(NameOf(parameters), query, snapshot);
        return TopologyMessage.Nothing;
    }

    /// <summary>The name that the client gives a subscription, so that it knows it before anything is sent.</summary>
    public static string NameOf(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("subscription", out JsonElement name) && name is { ValueKind: JsonValueKind.String } && name.GetString() is { Length: > 0 and <= 128 } text
            ? text
            : throw new RpcErrorException(ErrorCode.InvalidParams, "`subscription` is a text of 1 to 128 characters.");
}
