using GatewayLsp.Engine.Model;

namespace GatewayLsp.Sandbox.Traffic;

/// <summary>How often one request may be tried (<c>retry</c> of a rule).</summary>
/// <param name="isSafe">True when the request can be sent again as it is.</param>
internal sealed class Attempts(RetryPolicy? policy, bool isSafe)
{
    private const int DefaultAttempts = 1;
    private const int MostAttempts = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private int _left = policy is null || !isSafe ? 0 : Math.Clamp(policy.Attempts ?? DefaultAttempts, 0, MostAttempts);

    public bool IsSafe => isSafe;

    /// <summary>True for an answer after which the rule wants another try, and one is left; it is used up by that.</summary>
    public bool WantsAgain(int status) => policy is not null && policy.Codes.Contains(status) && MayTryAgain();

    /// <summary>After a connection that failed.</summary>
    public bool MayTryAgain()
    {
        if (_left == 0)
        {
            return false;
        }
        _left--;
        return true;
    }

    public Task Pause(CancellationToken cancel) => policy?.Backoff is { } pause && pause > TimeSpan.Zero
        ? Task.Delay(pause < LongestPause ? pause : LongestPause, cancel).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
        : Task.CompletedTask;
}
