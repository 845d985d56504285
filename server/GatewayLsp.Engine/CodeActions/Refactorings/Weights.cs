using System.Numerics;

namespace GatewayLsp.Engine.CodeActions.Refactorings;

/// <summary>Whole numbers for shares: a BackendRef's weights count in proportion to their sum (Gateway API, BackendRef).</summary>
internal static class Weights
{
    /// <summary>The most that the API server takes.</summary>
    public const int Max = 1_000_000;

    /// <summary>
    /// Weights that give one backend the share and keep the others in proportion: percents where that comes out even, else the
    /// smallest that are exact. Others that all have 0 are taken for equals. Null when they would be too large.
    /// </summary>
    /// <param name="percent">1 to 100.</param>
    public static int[]? Shift(IReadOnlyList<int> weights, int target, int percent)
    {
        var others = new BigInteger[weights.Count];
        BigInteger sum = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            others[i] = i == target ? 0 : weights[i];
            sum += others[i];
        }
        if (sum.IsZero)
        {
            for (int i = 0; i < weights.Count; i++)
            {
                others[i] = i == target ? 0 : 1;
                sum += others[i];
            }
        }
        var exact = new BigInteger[weights.Count];
        BigInteger common = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            exact[i] = i == target ? percent * sum : others[i] * (100 - percent);
            common = BigInteger.GreatestCommonDivisor(common, exact[i]);
        }
        // All of them are parts of 100 times the sum; as percents they are that divided by the sum.
        BigInteger divisor = exact.All(weight => (weight % sum).IsZero) ? sum : common;
        return exact.All(weight => weight / divisor <= Max) ? [.. exact.Select(weight => (int)(weight / divisor))] : null;
    }
}
