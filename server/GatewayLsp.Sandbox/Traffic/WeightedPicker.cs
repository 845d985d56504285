namespace GatewayLsp.Sandbox.Traffic;

/// <summary>
/// Smooth weighted round robin: in any row of as many picks as the weights add up to, each gets exactly its weight, spread
/// evenly. Thread-safe.
/// </summary>
internal sealed class WeightedPicker
{
    private readonly Lock _gate = new();
    private int[] _weights = [];
    private long[] _current = [];

    /// <summary>Place of the one to take; -1 when no weight is positive. Other weights than before begin anew.</summary>
    public int Next(ReadOnlySpan<int> weights)
    {
        lock (_gate)
        {
            if (!weights.SequenceEqual(_weights))
            {
                _weights = weights.ToArray();
                _current = new long[weights.Length];
            }
            long total = 0;
            int best = -1;
            for (int i = 0; i < _weights.Length; i++)
            {
                int weight = Math.Max(0, _weights[i]);
                total += weight;
                _current[i] += weight;
                if (weight > 0 && (best < 0 || _current[i] > _current[best]))
                {
                    best = i;
                }
            }
            if (best >= 0)
            {
                _current[best] -= total;
            }
            return best;
        }
    }
}

/// <summary>Says yes to exactly a share of the questions, spread evenly. Thread-safe.</summary>
internal sealed class ShareCounter
{
    private readonly Lock _gate = new();
    private long _sum;

    public bool Next(long part, long whole)
    {
        lock (_gate)
        {
            _sum += part;
            if (_sum < whole)
            {
                return false;
            }
            _sum -= whole;
            return true;
        }
    }
}
