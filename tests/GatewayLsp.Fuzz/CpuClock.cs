using System.Diagnostics;
using System.Globalization;

namespace GatewayLsp.Fuzz;

/// <summary>
/// Time that one thread has spent on a processor, so that a busy machine does not look like a slow engine. Where the system
/// does not tell (no Linux), time on the wall.
/// </summary>
internal sealed class CpuClock
{
    private readonly string? _file;

    private CpuClock(string? file) => _file = file;

    public static CpuClock OfThisThread()
    {
        string? task = File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.FullName;
        return new CpuClock(task is null ? null : Path.Combine(task, "schedstat"));
    }

    public TimeSpan Now()
    {
        if (_file is null || !File.Exists(_file))
        {
            return Stopwatch.GetElapsedTime(0);
        }
        string text = File.ReadAllText(_file);
        return TimeSpan.FromMicroseconds(long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 1000);
    }
}
