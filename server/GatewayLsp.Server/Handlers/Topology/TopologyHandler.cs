using System.Text.Json;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Handlers.Topology;

/// <summary><c>gatewayLsp/topology</c>: the graph of the workspace, a file or an object, once; or that of what clusters have.</summary>
internal sealed class TopologyHandler(LiveTopology live) : IReadHandler<JsonElement, JsonElement>
{
    public JsonElement Handle(JsonElement parameters, Snapshot snapshot, CancellationToken token)
    {
        TopologyQuery query = TopologyQuery.Read(parameters, snapshot);
        string? format = TopologyQuery.FormatOf(parameters);
        TopologyGraph graph = query.Of(query.Source switch
        {
            TopologySource.Live => live.Live(query.Contexts, snapshot, token),
            TopologySource.Difference => live.Difference(query.Contexts, snapshot, token),
            _ => snapshot.Analysis.Topology(token),
        }, snapshot);
        return format is null ? TopologyMessage.Of(graph, snapshot) : TopologyMessage.Of(TopologyText.Of(graph, format));
    }
}
