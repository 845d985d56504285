using System.Net;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>A row of requests at a steady rate, and what became of them. A client that gets no answer from one gateway takes the next.</summary>
/// <param name="gateways">The gateway of each cluster, in the order in which to try them; null for one that has none.</param>
internal sealed class TrafficRun(Sender sender, IReadOnlyList<Func<IPEndPoint?>> gateways, string host, string path, (string, string)[] headers)
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _who = new(StringComparer.Ordinal);
    private readonly List<TimeSpan> _took = [];
    private volatile int _present;
    private long _firstLoss;
    private long _lastLoss;

    public int Sent { get; private set; }

    public int Lost { get; private set; }

    /// <summary>Requests by who answered them.</summary>
    public IReadOnlyDictionary<string, int> Who
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<string, int>(_who, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>From the first request that was lost to the last one; zero when none was.</summary>
    public TimeSpan Outage => Lost == 0 ? TimeSpan.Zero : System.Diagnostics.Stopwatch.GetElapsedTime(_firstLoss, _lastLoss);

    /// <summary>Forgets what was counted, to count a new part.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _who.Clear();
            _took.Clear();
            Sent = Lost = 0;
        }
    }

    public TimeSpan Percentile(double share)
    {
        lock (_gate)
        {
            if (_took.Count == 0)
            {
                return TimeSpan.Zero;
            }
            List<TimeSpan> sorted = [.. _took.Order()];
            return sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
        }
    }

    public async Task Run(int perSecond, TimeSpan length, CancellationToken cancel)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        var open = new List<Task>();
        for (int i = 0; ; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due >= length || cancel.IsCancellationRequested)
            {
                break;
            }
            TimeSpan wait = due - System.Diagnostics.Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, CancellationToken.None);
            }
            open.Add(One());
            if (open.Count > 1_000)
            {
                open.RemoveAll(task => task.IsCompleted);
            }
        }
        await Task.WhenAll(open);
    }

    /// <summary>A number of requests, some at a time.</summary>
    public async Task Count(int requests, int atOnce = 8)
    {
        int left = requests;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await One();
            }
        }));
    }

    private async Task One()
    {
        int first = _present;
        Reply reply = new(0, null, null, TimeSpan.Zero);
        for (int i = 0; i < gateways.Count; i++)
        {
            int at = (first + i) % gateways.Count;
            if (gateways[at]() is not { } gateway)
            {
                continue;
            }
            reply = await sender.Get(gateway, host, path, headers);
            if (reply.Status != 0)
            {
                _present = at;
                break;
            }
        }
        lock (_gate)
        {
            Sent++;
            _took.Add(reply.Took);
            _who[reply.Who] = _who.GetValueOrDefault(reply.Who) + 1;
            if (!reply.IsFine)
            {
                _lastLoss = System.Diagnostics.Stopwatch.GetTimestamp();
                _firstLoss = Lost++ == 0 ? _lastLoss : _firstLoss;
            }
        }
    }
}
