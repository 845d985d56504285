using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>Order of values.</summary>
internal static class CelComparison
{
    /// <summary>-1, 0 or 1; 2 when one is not a number; null when the two types have no order.</summary>
    public static int? Compare(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt a, CelInt b) => a.Value.CompareTo(b.Value),
        (CelString a, CelString b) => Texts(a.Value, b.Value),
        (CelBool a, CelBool b) => a.Value.CompareTo(b.Value),
        (CelBytes a, CelBytes b) => Math.Sign(a.Value.SequenceCompareTo(b.Value)),
        (CelDuration a, CelDuration b) => a.Nanoseconds.CompareTo(b.Nanoseconds),
        (CelTimestamp a, CelTimestamp b) => (a.Seconds, a.Nanoseconds).CompareTo((b.Seconds, b.Nanoseconds)),
        _ => Numbers(left, right),
    };

    /// <summary>As <see cref="Compare"/>, for numbers of any two types.</summary>
    public static int? Numbers(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt a, CelInt b) => a.Value.CompareTo(b.Value),
        (CelUint a, CelUint b) => a.Value.CompareTo(b.Value),
        (CelInt a, CelUint b) => a.Value < 0 ? -1 : ((ulong)a.Value).CompareTo(b.Value),
        (CelUint a, CelInt b) => b.Value < 0 ? 1 : a.Value.CompareTo((ulong)b.Value),
        (CelDouble a, CelDouble b) => Doubles(a.Value, b.Value),
        (CelDouble a, CelInt b) => WithInt(a.Value, b.Value),
        (CelDouble a, CelUint b) => WithUint(a.Value, b.Value),
        (CelInt a, CelDouble b) => Reversed(WithInt(b.Value, a.Value)),
        (CelUint a, CelDouble b) => Reversed(WithUint(b.Value, a.Value)),
        _ => null,
    };

    /// <summary>By code points, where UTF-16 puts some of the upper ones first.</summary>
    public static int Texts(string left, string right)
    {
        int common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }
        char a = left[common];
        char b = right[common];
        bool isUpper = char.IsSurrogate(a);
        return isUpper != char.IsSurrogate(b) ? isUpper ? 1 : -1 : a.CompareTo(b) < 0 ? -1 : 1;
    }

    private static int Doubles(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? 2 : left < right ? -1 : left > right ? 1 : 0;

    /// <summary>Outside of the whole type's range the double decides; inside it both are compared as doubles, as the API server does.</summary>
    private static int WithWhole(double left, double right, double least, double greatest) =>
        double.IsNaN(left) ? 2 : left < least ? -1 : left > greatest ? 1 : left.CompareTo(right);

    private static int WithInt(double left, long right) => WithWhole(left, right, long.MinValue, long.MaxValue);

    private static int WithUint(double left, ulong right) => WithWhole(left, right, 0, ulong.MaxValue);

    private static int Reversed(int order) => order == 2 ? 2 : -order;
}
