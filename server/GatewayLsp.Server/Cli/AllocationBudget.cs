namespace GatewayLsp.Server.Cli;

/// <summary>
/// A command reads, answers and ends: nearly all that it allocates is in use to the end, so collecting garbage on the way is
/// time spent for nothing. Up to a bound it is put off; a run that needs more goes on with the collector as usual.
/// </summary>
internal static class AllocationBudget
{
    private const long MaxBytes = 480L * 1024 * 1024;

    /// <summary>The part of the memory, of the machine or the container, that may be taken for it.</summary>
    private const int Share = 8;

    public static void Take()
    {
        long bytes = Math.Min(MaxBytes, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Share);
        try
        {
            GC.TryStartNoGCRegion(bytes, disallowFullBlockingGC: true);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // More than the collector grants here: it works as usual.
        }
    }
}
