using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/connect</c>: the user picks a context; the answer is what its cluster is like, or why it can't be said.</summary>
internal sealed class ConnectHandler(ClusterSession clusters) : IAsyncHandler<ContextParams, ConnectResult>
{
    public async Task<ConnectResult> HandleAsync(ContextParams parameters, Snapshot snapshot, CancellationToken token)
        => new(ClusterEntries.Of(await clusters.ConnectAsync(parameters.Context, token).ConfigureAwait(false)));
}
