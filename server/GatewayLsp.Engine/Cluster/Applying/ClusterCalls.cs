namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>Calls that are made again when the cluster does not answer for a moment.</summary>
internal static class ClusterCalls
{
    private const int MaxTries = 6;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>After so long nothing is tried again: a cluster that takes every request and answers none is away, too.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads until there is an answer that counts, at most for <see cref="Patience"/> and one call.</summary>
    public static async Task<Answered<ObservedResource>> GetAsync(IClusterClient client, ResourceAddress address, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            Answered<ObservedResource> answer = await client.GetAsync(address, cancellation).ConfigureAwait(false);
            if (answer.IsOk || !answer.Error.IsTransient || attempt + 1 >= MaxTries || time.GetElapsedTime(start) > Patience)
            {
                return answer;
            }
            await PauseAsync(attempt, answer.Error.RetryAfter, time, cancellation).ConfigureAwait(false);
        }
    }

    public static Task PauseAsync(int attempt, TimeSpan? asked, TimeProvider time, CancellationToken cancellation)
    {
        TimeSpan pause = asked ?? TimeSpan.FromMilliseconds(200 << Math.Min(attempt, 5));
        return Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellation);
    }
}
