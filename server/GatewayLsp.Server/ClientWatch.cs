using System.Diagnostics;

namespace GatewayLsp.Server;

/// <summary>
/// Ends the server when the process of the client is gone. A process that cannot be seen at the start (the client
/// may live in another container) is not watched; the end of stdin tells there.
/// </summary>
internal sealed class ClientWatch(Action onGone) : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private Timer? _timer;

    public void Start(int processId)
    {
        // The first look happens on the timer as well: initialize does not wait for it.
        var seen = false;
        _timer?.Dispose();
        _timer = new Timer(
            _ =>
            {
                if (IsAlive(processId))
                {
                    seen = true;
                }
                else
                {
                    _timer?.Dispose();
                    if (seen)
                    {
                        onGone();
                    }
                }
            },
            null,
            TimeSpan.FromMilliseconds(100),
            Interval);
    }

    public void Dispose() => _timer?.Dispose();

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is there, but not ours to look at.
            return true;
        }
    }
}
