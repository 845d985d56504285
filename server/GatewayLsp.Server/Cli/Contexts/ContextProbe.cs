using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes;

namespace GatewayLsp.Server.Cli.Contexts;

/// <summary>A context and, if it was asked, what came of it.</summary>
/// <param name="Version">Set when the cluster answered.</param>
/// <param name="Error">Set when it did not.</param>
internal sealed record ContextState(ClusterTarget Target, ClusterVersion? Version, ClusterError? Error)
{
    /// <summary>Null when it was not asked.</summary>
    public bool? IsReachable => Version is not null ? true : Error is not null ? false : null;
}

/// <summary>Asks clusters for their version, all at once, with one deadline for all.</summary>
internal static class ContextProbe
{
    private const int AtOnce = 16;

    public static async Task<ImmutableArray<ContextState>> RunAsync(ClusterDirectory directory, ImmutableArray<ClusterTarget> targets, TimeSpan deadline)
    {
        using var timer = new CancellationTokenSource(deadline);
        using var slots = new SemaphoreSlim(AtOnce);
        ContextState[] states = await Task.WhenAll(targets.Select(async target =>
        {
            try
            {
                await slots.WaitAsync(timer.Token).ConfigureAwait(false);
                try
                {
                    return await AskAsync(directory, target, timer.Token).ConfigureAwait(false);
                }
                finally
                {
                    slots.Release();
                }
            }
            catch (OperationCanceledException)
            {
                return new ContextState(target, null, new ClusterError(ClusterErrorKind.Timeout, $"No answer within {deadline.TotalSeconds:0.#} seconds."));
            }
        })).ConfigureAwait(false);
        return [.. states];
    }

    private static async Task<ContextState> AskAsync(ClusterDirectory directory, ClusterTarget target, CancellationToken cancellation)
    {
        Answered<IClusterClient> client = await Task.Run(() => directory.Connect(target.Context), cancellation).ConfigureAwait(false);
        if (!client.IsOk)
        {
            return new ContextState(target, null, client.Error);
        }
        Answered<ClusterVersion> version = await client.Value.GetVersionAsync(cancellation).ConfigureAwait(false);
        return version.IsOk
            ? new ContextState(directory.Complete(target, version.Value), version.Value, null)
            : new ContextState(target, null, version.Error);
    }
}
