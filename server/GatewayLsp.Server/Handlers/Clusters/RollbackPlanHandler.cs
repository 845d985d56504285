using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/rollback/plan</c>: the way back from an apply to a context, the last one unless another is named.</summary>
internal sealed class RollbackPlanHandler(DeploySession session) : IAsyncHandler<RollbackPlanParams, PlanResult>
{
    public async Task<PlanResult> HandleAsync(RollbackPlanParams parameters, Snapshot snapshot, CancellationToken token)
    {
        using HeldClients held = session.Hold([parameters.Context]);
        IClusterClient client = held.Clients[0];
        // One that is named is found wherever it went, to say why it can't be taken back.
        ImmutableArray<KeptApply> all = parameters.Id is null ? session.Journal.Of(client.Target) : session.Journal.Of(parameters.Context);
        if (parameters.Id is null && FileJournal.Latest(all)?.Obstacle(parameters.Context) is { } obstacle)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"There is nothing to take back now: {obstacle}.");
        }
        KeptApply? kept = all.FirstOrDefault(one => one.Record is { Written.IsEmpty: false } record && (parameters.Id is null || record.Head.Id == parameters.Id));
        if (kept is not { Record: { } record })
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"There is no apply to {client.Target.Label} to take back.");
        }
        if (record.Head.Server != client.Target.Server)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"That apply went to {record.Head.Server}; `{parameters.Context}` is another cluster now.");
        }
        RollbackPlan plan = await new Rollback(client, TimeProvider.System).PlanAsync(record, token).ConfigureAwait(false);
        StoredPlan stored = session.Add(new StoredPlan("", [client.Target]) { Rollback = plan, Kept = kept });
        return new PlanResult(stored.Id, [PlanMessages.Of(plan)]);
    }
}
