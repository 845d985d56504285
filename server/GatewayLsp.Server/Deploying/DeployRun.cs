using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Deploying;

/// <summary>Carries out a plan that the user confirmed: checks that it still is what was shown, writes, waits, tells.</summary>
internal sealed class DeployRun(DeploySession session, IClient client, ApplyParams asked)
{
    private const double LongestWait = 600;

    public async Task<ApplyResultMessage> RunAsync(StoredPlan plan, Snapshot snapshot, CancellationToken cancellation)
    {
        ImmutableArray<ClusterTarget> targets = Targets(plan);
        Confirm(targets);
        if (plan.Scope is { } scope && !scope.IsCurrent(snapshot.Analysis.Workspace))
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, "The files changed since the plan was made. Look at a new plan.");
        }
        using IDisposable occupied = session.Occupy(targets.Select(target => target.Context));
        using HeldClients held = session.Hold(targets);
        using var progress = new DeployProgress(client, asked, plan.Id);
        if (plan.Rollback is { } rollback)
        {
            return await BackAsync(plan, rollback, held.Clients[0], progress, cancellation).ConfigureAwait(false);
        }
        Unfinished(targets);
        session.Forget(plan);
        return await ApplyAsync(held.Clients, plan.Apply! with { Targets = [.. plan.Apply.Targets.Where(one => targets.Contains(one.Target))] }, progress, cancellation).ConfigureAwait(false);
    }

    private ImmutableArray<ClusterTarget> Targets(StoredPlan plan)
    {
        ImmutableArray<ClusterTarget> all = plan.Targets;
        if (asked.Contexts is not { } wanted)
        {
            return all;
        }
        if (wanted.Count == 0 || wanted.Any(context => !all.Any(target => target.Context == context)))
        {
            throw new RpcErrorException(ErrorCode.InvalidParams, "The plan has no such context.");
        }
        return all.RemoveAll(target => !wanted.Contains(target.Context, StringComparer.Ordinal));
    }

    private void Confirm(ImmutableArray<ClusterTarget> targets)
    {
        if (!asked.Confirmed)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, "Nothing is written before the user has confirmed it.");
        }
        foreach (ClusterTarget target in targets)
        {
            if (target.IsProtected && asked.Typed?.GetValueOrDefault(target.Context) != target.Context)
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, $"{target.Label} is protected: its context's name, `{target.Context}`, has to be typed.");
            }
        }
    }

    private void Unfinished(ImmutableArray<ClusterTarget> targets)
    {
        foreach (ClusterTarget target in targets)
        {
            if (FileJournal.Unfinished(session.Journal.Of(target)) is not { Record: { } record } last)
            {
                continue;
            }
            if (!asked.Resume)
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, string.Create(CultureInfo.InvariantCulture,
                    $"An apply to {target.Label} was interrupted after {record.Written.Length} of {record.Head.Steps.Length} objects. Roll it back, or go on with it."));
            }
            if (FileJournal.Keep(last, TimeProvider.System.GetUtcNow()) is { } reason)
            {
                throw new RpcErrorException(ErrorCode.RequestFailed, $"The journal can't be written: {reason}");
            }
        }
    }

    private async Task<ApplyResultMessage> ApplyAsync(ImmutableArray<IClusterClient> clients, ApplyPlan plan, DeployProgress progress, CancellationToken cancellation)
    {
        var runner = new ApplyRunner(clients, session.Journal, TimeProvider.System, progress);
        ApplyResult result = await runner.RunAsync(plan, DeploySession.NewId(), cancellation).ConfigureAwait(false);
        ImmutableArray<WaitedObject> waited = [];
        if (result.Outcome == ApplyOutcome.Applied && asked.Wait > 0)
        {
            progress.Tell("Waiting for controllers");
            try
            {
                var limit = TimeSpan.FromSeconds(Math.Min(asked.Wait, LongestWait));
                waited = await new StatusWaiter(clients, TimeProvider.System)
                    .WaitAsync([.. result.Objects.Select(one => (one.Context, one.Address))], limit, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // It is applied; only the waiting was given up.
            }
        }
        return new ApplyResultMessage([.. plan.Targets.Select(target => Target(target.Target.Context, result, waited, progress, cancellation.IsCancellationRequested))]);
    }

    private async Task<ApplyResultMessage> BackAsync(StoredPlan stored, RollbackPlan plan, IClusterClient cluster, DeployProgress progress, CancellationToken cancellation)
    {
        if (plan.IsContested && !asked.Force)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"Others changed these objects since. With `force` {plan.Consequence}.");
        }
        session.Forget(stored);
        Answered<IJournalLog> log = FileJournal.Reopen(stored.Kept!.Path);
        if (!log.IsOk)
        {
            throw new RpcErrorException(ErrorCode.RequestFailed, $"The journal can't be written: {log.Error.Message}");
        }
        using IJournalLog open = log.Value;
        ApplyResult result = await new Rollback(cluster, TimeProvider.System).RunAsync(plan, open, progress, cancellation).ConfigureAwait(false);
        return new ApplyResultMessage([Target(plan.Target.Context, result, [], progress, cancellation.IsCancellationRequested)]);
    }

    private static AppliedTarget Target(string context, ApplyResult result, ImmutableArray<WaitedObject> waited, DeployProgress progress, bool isCancelled)
    {
        var conditions = new List<ConditionMessage>();
        var addresses = new List<string>();
        foreach (WaitedObject one in waited.Where(one => one.Context == context && one.Conditions is not null))
        {
            addresses.AddRange(one.Conditions!.Addresses);
            HashSet<LiveCondition> bad = [.. one.Conditions.Bad];
            conditions.AddRange(one.Conditions.Conditions.Select(condition => new ConditionMessage(
                one.Address.ToString(), condition.Of, condition.Type, condition.Status, condition.Reason, condition.Message, bad.Contains(condition))));
        }
        AppliedObject[] own = [.. result.Objects.Where(one => one.Context == context)];
        foreach (AppliedObject one in own)
        {
            progress.Done(one);
        }
        string outcome = result.Outcome switch
        {
            ApplyOutcome.Applied or ApplyOutcome.NothingToDo => "applied",
            ApplyOutcome.Refused => isCancelled ? "cancelled" : "refused",
            ApplyOutcome.RolledBack => isCancelled ? "cancelled" : "rolledBack",
            _ => "failed",
        };
        return new AppliedTarget(context, outcome, [.. own.Select(PlanMessages.Of)], conditions, [.. addresses.Distinct(StringComparer.Ordinal)], result.Message.Length > 0 ? result.Message : null);
    }
}
