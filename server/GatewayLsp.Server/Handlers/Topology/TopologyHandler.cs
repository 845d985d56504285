using System.Text.Json;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Handlers.Topology;

/// <summary><c>gatewayLsp/topology</c>: the graph of the workspace, a file or an object, once.</summary>
internal sealed class TopologyHandler : IReadHandler<JsonElement, JsonElement>
{
    public JsonElement Handle(JsonElement parameters, Snapshot snapshot, CancellationToken token)
    {
        TopologyQuery query = TopologyQuery.Read(parameters, snapshot);
        var format = TopologyQuery.FormatOf(parameters);
        var graph = query.Of(snapshot.Analysis.Topology(token));
        return format is null ? TopologyMessage.Of(graph, snapshot) : TopologyMessage.Of(TopologyText.Of(graph, format));
    }
}
