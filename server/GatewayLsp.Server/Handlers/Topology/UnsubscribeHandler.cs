using System.Text.Json;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Publishing;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Handlers.Topology;

/// <summary><c>gatewayLsp/topology/unsubscribe</c>: no more of it, also for one that is not there.</summary>
internal sealed class UnsubscribeHandler(TopologyPublisher publisher) : IMutatingHandler<JsonElement, JsonElement>
{
    public JsonElement Handle(JsonElement parameters)
    {
        publisher.Unsubscribe(SubscribeHandler.NameOf(parameters));
        return TopologyMessage.Nothing;
    }
}
