using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/apply</c>: carries out a plan that the user confirmed. Cancelled, it takes back what it wrote and says so.</summary>
internal sealed class ApplyHandler(DeploySession session, IClient client) : IAsyncHandler<ApplyParams, ApplyResultMessage>
{
    public Task<ApplyResultMessage> HandleAsync(ApplyParams parameters, Snapshot snapshot, CancellationToken token)
        => new DeployRun(session, client, parameters).RunAsync(session.Find(parameters.Plan), snapshot, token);
}
