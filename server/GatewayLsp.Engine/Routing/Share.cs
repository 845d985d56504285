using System.Globalization;

namespace GatewayLsp.Engine.Routing;

/// <summary>An exact fraction of the traffic, in lowest terms, from 0 to 1.</summary>
public readonly record struct Share
{
    private Share(long part, long whole)
    {
        Part = part;
        Whole = whole;
    }

    public static Share None => new(0, 1);

    public static Share All => new(1, 1);

    public long Part { get; }

    /// <summary>Never 0.</summary>
    public long Whole { get; }

    public double Value => (double)Part / Whole;

    /// <summary>From 0 to 100.</summary>
    public double PercentValue => Part * 100.0 / Whole;

    public bool IsNone => Part == 0;

    /// <summary>Of two numbers; nothing when the whole is not positive, everything when the part exceeds it.</summary>
    public static Share Of(long part, long whole)
    {
        if (whole <= 0 || part <= 0)
        {
            return None;
        }
        if (part >= whole)
        {
            return All;
        }
        long divisor = GreatestCommonDivisor(part, whole);
        return new Share(part / divisor, whole / divisor);
    }

    /// <summary>The share of each weight; all none when the weights add up to nothing. Negative weights count as 0.</summary>
    public static Share[] OfWeights(ReadOnlySpan<int> weights)
    {
        long whole = 0;
        foreach (int weight in weights)
        {
            whole += Math.Max(0, weight);
        }
        var shares = new Share[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            shares[i] = Of(weights[i], whole);
        }
        return shares;
    }

    /// <summary>That part of it.</summary>
    internal Share Times(long part, long whole) => Reduced((Int128)Part * part, (Int128)Whole * whole);

    internal Share Plus(Share other) => Reduced(((Int128)Part * other.Whole) + ((Int128)other.Part * Whole), (Int128)Whole * other.Whole);

    /// <summary>Exact as long as the numbers are of a size that weights and endpoints lead to; else near enough.</summary>
    private static Share Reduced(Int128 part, Int128 whole)
    {
        (Int128 a, Int128 b) = (part, whole);
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }
        (part, whole) = a == 0 ? (0, 1) : (part / a, whole / a);
        while (whole > long.MaxValue)
        {
            (part, whole) = (part >> 1, whole >> 1);
        }
        return Of((long)part, (long)whole);
    }

    /// <summary>In percent, as people write it: <c>33.3 %</c>.</summary>
    public string Percent => PercentValue.ToString(Value is > 0 and < 0.001 ? "0.####" : "0.#", CultureInfo.InvariantCulture) + " %";

    public override string ToString() => Whole == 1 ? Part.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Part}/{Whole}");

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }
        return a;
    }
}
