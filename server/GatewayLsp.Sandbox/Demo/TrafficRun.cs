using System.Diagnostics;
using System.Net;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>A client that went over to another gateway, since the one that it used gave no answer.</summary>
/// <param name="From">Place of the gateway among those of the run.</param>
/// <param name="At">When the other one had answered, by the stopwatch's timestamps.</param>
/// <param name="Took">How long the request took that found it out, with the answer of the other one.</param>
internal sealed record GatewayMove(int From, int To, long At, TimeSpan Took);

/// <summary>A row of requests at a steady rate, and what became of them. A client that gets no answer from one gateway takes the next.</summary>
/// <param name="gateways">The gateway of each cluster, in the order in which to try them; null for one that has none.</param>
internal sealed class TrafficRun(Sender sender, IReadOnlyList<Func<IPEndPoint?>> gateways, ClientRequest wanted)
{
    /// <summary>Rows of the table; what answers beyond them is counted in one.</summary>
    private const int MaxWho = 50;

    private const int MaxMoves = 5;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, int> _who = new(StringComparer.Ordinal);
    private readonly LatencyHistogram _took = new();
    private readonly Queue<GatewayMove> _moves = new();
    private int _present;
    private long _firstLoss;
    private long _lastLoss;

    public TrafficRun(Sender sender, IReadOnlyList<Func<IPEndPoint?>> gateways, string host, string path, (string, string)[] headers)
        : this(sender, gateways, new ClientRequest(host, path, headers))
    {
    }

    public int Sent { get; private set; }

    public int Lost { get; private set; }

    /// <summary>When it began, by the stopwatch's timestamps.</summary>
    public long Started { get; } = Stopwatch.GetTimestamp();

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

    /// <summary>The last times that the client went over to another gateway.</summary>
    public IReadOnlyList<GatewayMove> Moves
    {
        get
        {
            lock (_gate)
            {
                return [.. _moves];
            }
        }
    }

    /// <summary>From the first request that was lost to the last one; zero when none was.</summary>
    public TimeSpan Outage => Lost == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_firstLoss, _lastLoss);

    public TimeSpan Percentile(double share)
    {
        lock (_gate)
        {
            return _took.Percentile(share);
        }
    }

    public async Task Run(int perSecond, TimeSpan length, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        var open = new List<Task>();
        int full = 1_000;
        for (long i = 0; ; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due >= length || cancel.IsCancellationRequested)
            {
                break;
            }
            TimeSpan wait = due - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(wait, CancellationToken.None);
            }
            open.Add(One());
            if (open.Count >= full)
            {
                open.RemoveAll(task => task.IsCompleted);
                full = Math.Max(1_000, open.Count * 2);
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
        int first = Volatile.Read(ref _present);
        int last = first;
        long start = Stopwatch.GetTimestamp();
        Reply reply = Reply.None;
        for (int i = 0; i < gateways.Count; i++)
        {
            int at = (first + i) % gateways.Count;
            if (gateways[at]() is not { } gateway)
            {
                continue;
            }
            reply = await sender.Send(gateway, wanted);
            if (reply.Status != 0)
            {
                last = at;
                break;
            }
        }
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        lock (_gate)
        {
            if (last != first && _present == first)
            {
                _present = last;
                _moves.Enqueue(new GatewayMove(first, last, Stopwatch.GetTimestamp(), took));
                if (_moves.Count > MaxMoves)
                {
                    _moves.Dequeue();
                }
            }
            Sent++;
            _took.Add(took);
            string who = _who.ContainsKey(reply.Who) || _who.Count < MaxWho ? reply.Who : "(others)";
            _who[who] = _who.GetValueOrDefault(who) + 1;
            if (!reply.IsFine)
            {
                _lastLoss = Stopwatch.GetTimestamp();
                _firstLoss = Lost++ == 0 ? _lastLoss : _firstLoss;
            }
        }
    }
}
