using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/liveObjects</c>: the objects of Gateway API that a cluster has, and the Services behind its routes.</summary>
internal sealed class LiveObjectsHandler(ClusterSession clusters) : IReadHandler<ContextParams, LiveObjectsResult>
{
    public LiveObjectsResult Handle(ContextParams parameters, Snapshot snapshot, CancellationToken token)
    {
        ObservedCluster cluster = clusters.Observed.GetValueOrDefault(parameters.Context)
            ?? throw new RpcErrorException(ErrorCode.RequestFailed, $"`{parameters.Context}` is not connected.");
        return new LiveObjectsResult(LiveObjectList.Of(cluster, snapshot, token));
    }
}
