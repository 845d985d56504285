using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Deploying;

/// <summary>A plan that was shown and may be carried out: an apply with what it was made of, or the way back from one.</summary>
/// <param name="Targets">The clusters that it is for, as they were reached when it was made.</param>
internal sealed record StoredPlan(string Id, ImmutableArray<ClusterTarget> Targets)
{
    public ApplyPlan? Apply { get; init; }

    public DeployScope? Scope { get; init; }

    public RollbackPlan? Rollback { get; init; }

    /// <summary>The journal's file of <see cref="Rollback"/>.</summary>
    public KeptApply? Kept { get; init; }
}

/// <summary>What a connection has in hand of writes to clusters: plans that were shown, the journal, who is being written to.</summary>
internal sealed class DeploySession(ClusterSession clusters, FileJournal journal)
{
    /// <summary>Plans that can still be carried out; the oldest go first.</summary>
    private const int MaxPlans = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<StoredPlan> _plans = new();
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);

    public FileJournal Journal => journal;

    /// <summary>The clients of contexts, until the result is disposed of.</summary>
    /// <exception cref="RpcErrorException">One of them is not connected.</exception>
    public HeldClients Hold(IReadOnlyList<string> contexts) =>
        contexts.Count == 0
            ? throw new RpcErrorException(ErrorCode.InvalidParams, "No context is named: a cluster is never implied.")
            : clusters.Hold([.. contexts.Distinct(StringComparer.Ordinal)]);

    /// <summary>The clients of what a plan was made for, until the result is disposed of.</summary>
    /// <exception cref="RpcErrorException">One of them is not connected any more, or its context leads elsewhere than when the plan was shown.</exception>
    public HeldClients Hold(ImmutableArray<ClusterTarget> planned)
    {
        HeldClients held = Hold([.. planned.Select(target => target.Context)]);
        foreach (ClusterTarget target in planned)
        {
            if (held.Clients.All(client => client.Target != target))
            {
                held.Dispose();
                throw new RpcErrorException(ErrorCode.RequestFailed, $"The kubeconfig or the settings say something else of {target.Label} than when the plan was made. Look at a new plan.");
            }
        }
        return held;
    }

    /// <summary>Keeps a plan under an id of its own.</summary>
    public StoredPlan Add(StoredPlan plan)
    {
        StoredPlan kept = plan with { Id = NewId() };
        lock (_gate)
        {
            _plans.AddLast(kept);
            if (_plans.Count > MaxPlans)
            {
                _plans.RemoveFirst();
            }
        }
        return kept;
    }

    /// <summary>Takes a plan out: each is carried out once.</summary>
    /// <exception cref="RpcErrorException">There is no such plan any more.</exception>
    public StoredPlan Find(string id)
    {
        lock (_gate)
        {
            return _plans.FirstOrDefault(plan => plan.Id == id) ?? throw new RpcErrorException(ErrorCode.RequestFailed, "There is no such plan any more. Make a new one.");
        }
    }

    public void Forget(StoredPlan plan)
    {
        lock (_gate)
        {
            _plans.Remove(plan);
        }
    }

    /// <summary>Nobody else writes to these contexts from here until the result is disposed of.</summary>
    /// <exception cref="RpcErrorException">Somebody does.</exception>
    public IDisposable Occupy(IEnumerable<string> contexts)
    {
        string[] wanted = [.. contexts];
        lock (_gate)
        {
            foreach (string context in wanted)
            {
                if (_busy.Contains(context))
                {
                    throw new RpcErrorException(ErrorCode.RequestFailed, $"Another apply to `{context}` is under way.");
                }
                if (journal.Of(context).FirstOrDefault()?.Obstacle(context) is { } obstacle)
                {
                    throw new RpcErrorException(ErrorCode.RequestFailed, char.ToUpperInvariant(obstacle[0]) + obstacle[1..] + ".");
                }
            }
            _busy.UnionWith(wanted);
        }
        return new Ending(this, wanted);
    }

    public static string NewId() => Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12];

    private sealed class Ending(DeploySession owner, string[] contexts) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._busy.ExceptWith(contexts);
            }
        }
    }
}
