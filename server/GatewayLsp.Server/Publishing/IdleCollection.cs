namespace GatewayLsp.Server.Publishing;

/// <summary>
/// Collects garbage while the user reads what was told, so that the next edit doesn't have to wait for it. What one look at a
/// large workspace leaves behind is about as much as the collector waits for.
/// </summary>
internal sealed class IdleCollection
{
    /// <summary>Less is left to the collector. In bytes.</summary>
    private const long Worth = 2 << 20;

    /// <summary>Who types goes on within that time as a rule.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(60);

    private long _allocated;

    /// <param name="token">Cancelled when there is something to do.</param>
    public async Task RunAsync(CancellationToken token)
    {
        if (GC.GetTotalAllocatedBytes() - _allocated < Worth)
        {
            return;
        }

        await Task.Delay(Pause, token).ConfigureAwait(false);
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        _allocated = GC.GetTotalAllocatedBytes();
    }
}
