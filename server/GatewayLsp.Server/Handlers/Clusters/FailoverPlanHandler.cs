using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary>
/// <c>gatewayLsp/failover/plan</c>: the change that shifts traffic away from backends without ready endpoints, or back, made of what
/// the connected clusters are seen to have. Carried out with <c>gatewayLsp/apply</c> like any other plan.
/// </summary>
internal sealed class FailoverPlanHandler(ClusterSession clusters, DeploySession session) : IAsyncHandler<FailoverPlanParams, FailoverPlanResult>
{
    public async Task<FailoverPlanResult> HandleAsync(FailoverPlanParams parameters, Snapshot snapshot, CancellationToken token)
    {
        ObservedCluster[] seen = [.. clusters.Observed.Values.OrderBy(one => one.Target.Context, StringComparer.Ordinal)];
        ImmutableHashSet<string> lost = [.. parameters.Lost ?? []];
        FailoverPlan plan = parameters.Back ? FailoverPlanner.Back(seen, lost) : FailoverPlanner.Plan(seen, lost);
        ClusterShift[] shifts = [.. plan.Clusters.Where(one => one.Routes.Any(route => route.Prepared is not null))];
        string[] notes = Notes(plan, parameters.Back);
        if (shifts.Length == 0)
        {
            return new FailoverPlanResult(null, [], notes);
        }
        using HeldClients held = session.Hold([.. shifts.Select(one => one.Target.Context)]);
        var options = new PlanOptions { Force = parameters.Force };
        TargetPlan[] targets = await Task.WhenAll(shifts.Select(shift => OneAsync(held.Clients.First(one => one.Target.Context == shift.Target.Context), shift, options, snapshot, token))).ConfigureAwait(false);
        StoredPlan stored = session.Add(new StoredPlan("", [.. targets.Select(one => one.Target)]) { Apply = new ApplyPlan([.. targets]) });
        return new FailoverPlanResult(stored.Id, [.. targets.Select(target => PlanMessages.Of(target, snapshot))], notes);
    }

    private static Task<TargetPlan> OneAsync(IClusterClient client, ClusterShift shift, PlanOptions options, Snapshot snapshot, CancellationToken token)
    {
        Engine.Workspace prepared = FailoverRun.Prepared(shift);
        return new PlanBuilder(client, options).BuildAsync(prepared, ApplyScope.Live(prepared, snapshot.Analysis.Workspace), token);
    }

    private static string[] Notes(FailoverPlan plan, bool isBack)
    {
        using var text = new StringWriter();
        FailoverText.Write(plan, text, isBack);
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
