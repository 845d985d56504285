using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/didGrantTrust</c>: the user trusts the workspace from now on.</summary>
internal sealed class DidGrantTrustHandler(ClusterSession clusters) : IMutatingHandler<NoParams>
{
    public void Handle(NoParams parameters) => clusters.Trust();
}
