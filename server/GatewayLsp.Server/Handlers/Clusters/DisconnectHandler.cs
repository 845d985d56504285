using System.Text.Json;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Topology;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/disconnect</c>: from now on nothing is asked of the context; null, also for one that was not connected.</summary>
internal sealed class DisconnectHandler(ClusterSession clusters) : IMutatingHandler<ContextParams, JsonElement>
{
    public JsonElement Handle(ContextParams parameters)
    {
        clusters.Disconnect(parameters.Context);
        return TopologyMessage.Nothing;
    }
}
