using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Server.Cli.Contexts;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/contexts</c>: the clusters of the kubeconfig and, on demand, whether they answer.</summary>
internal sealed class ContextsHandler(ClusterSession clusters) : IAsyncHandler<ContextsParams, ContextsResult>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<ContextsResult> HandleAsync(ContextsParams parameters, Snapshot snapshot, CancellationToken token)
    {
        ClusterTargets found = clusters.Contexts();
        ImmutableArray<ClusterTarget> targets = parameters.Contexts is { } wanted
            ? found.Targets.RemoveAll(target => !wanted.Contains(target.Context, StringComparer.Ordinal))
            : found.Targets;
        ImmutableArray<ContextState> states = parameters.Reach
            ? await AskAsync(targets, token).ConfigureAwait(false)
            : [.. targets.Select(target => new ContextState(target, null, null))];
        return new ContextsResult([.. states.Select(Entry)], [.. found.Problems.Select(problem => problem.ToString())]);
    }

    private async Task<ImmutableArray<ContextState>> AskAsync(ImmutableArray<ClusterTarget> targets, CancellationToken token)
    {
        (ClusterDirectory directory, IDisposable permission) = clusters.Look([.. targets.Select(target => target.Context)]);
        using (permission)
        {
            return await ContextProbe.RunAsync(directory, targets, Patience).WaitAsync(token).ConfigureAwait(false);
        }
    }

    private ContextEntry Entry(ContextState state)
    {
        ClusterTarget target = state.Target;
        ObservedCluster? known = clusters.Observed.GetValueOrDefault(target.Context);
        return new ContextEntry(target.Context, ContextsJson.NameOf(target.Provider), target.Label, target.Cluster, target.Role, target.IsProtected,
            clusters.Connected.Contains(target.Context), state.IsReachable, (state.Version ?? known?.Version)?.GitVersion, state.Error?.Message, state.Error?.Hint, target.Insecurity);
    }
}
