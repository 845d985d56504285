namespace GatewayLsp.Sandbox.Demo;

/// <summary>How long requests took, to within half a percent, in the same little memory however many there were. Not thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const double Step = 1.005;

    /// <summary>Up to about 15 minutes in microseconds.</summary>
    private const int Buckets = 4_140;

    private static readonly double Scale = 1 / Math.Log(Step);

    private readonly long[] _counts = new long[Buckets];
    private long _all;

    public void Add(TimeSpan took)
    {
        double microseconds = Math.Max(1, took.TotalMicroseconds);
        _counts[Math.Min(Buckets - 1, (int)(Math.Log(microseconds) * Scale))]++;
        _all++;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _all = 0;
    }

    /// <summary>The time that this share of the requests (0 to 1) did not exceed; zero without requests.</summary>
    public TimeSpan Percentile(double share)
    {
        long wanted = Math.Min(_all - 1, (long)(_all * share));
        long seen = 0;
        for (int i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen > wanted && _all > 0)
            {
                return TimeSpan.FromMicroseconds(Math.Pow(Step, i + 1));
            }
        }
        return TimeSpan.Zero;
    }
}
