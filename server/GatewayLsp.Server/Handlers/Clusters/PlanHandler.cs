using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/plan</c>: what an apply would change at clusters; writes nothing.</summary>
internal sealed class PlanHandler(DeploySession session) : IAsyncHandler<PlanParams, PlanResult>
{
    public async Task<PlanResult> HandleAsync(PlanParams parameters, Snapshot snapshot, CancellationToken token)
    {
        using HeldClients held = session.Hold(parameters.Contexts);
        DeployScope scope = await DeployScope.OfAsync(parameters.Scope, snapshot, token).ConfigureAwait(false);
        var options = new PlanOptions { Force = parameters.Force, CreateNamespaces = parameters.CreateNamespaces };
        TargetPlan[] targets = await Task.WhenAll(held.Clients.Select(client => OneAsync(client, scope, options, token))).ConfigureAwait(false);
        StoredPlan stored = session.Add(new StoredPlan("", [.. targets.Select(one => one.Target)]) { Apply = new ApplyPlan([.. targets]), Scope = scope });
        return new PlanResult(stored.Id, [.. targets.Select(target => PlanMessages.Of(target, snapshot))]);
    }

    private static async Task<TargetPlan> OneAsync(IClusterClient client, DeployScope scope, PlanOptions options, CancellationToken token)
    {
        ImmutableArray<ScopedObject> own = scope.For(client.Target.Context);
        return own.IsEmpty
            ? new TargetPlan(client.Target, [], [new PlanFinding(PlanFindingKind.Refused, true, $"These files are for another cluster than {client.Target.Label}, as the settings or a mark in them say.")])
            : await new PlanBuilder(client, options).BuildAsync(scope.Workspace, own, token).ConfigureAwait(false);
    }
}
