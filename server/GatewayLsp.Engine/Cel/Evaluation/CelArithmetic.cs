using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>The operators of arithmetic, with an error where a result does not fit.</summary>
internal static class CelArithmetic
{
    public static CelValue Add(CelValue left, CelValue right, CelFrame frame) => (left, right) switch
    {
        (CelInt a, CelInt b) => Int((Int128)a.Value + b.Value),
        (CelString a, CelString b) => new CelString(string.Concat(a.Value, b.Value)),
        (CelDouble a, CelDouble b) => new CelDouble(a.Value + b.Value),
        (CelUint a, CelUint b) => Uint((Int128)a.Value + b.Value),
        (CelList a, CelList b) => CelListMaps.Add(a, b, frame),
        (CelBytes a, CelBytes b) => new CelBytes([.. a.Value, .. b.Value]),
        (CelDuration a, CelDuration b) => Duration((Int128)a.Nanoseconds + b.Nanoseconds),
        (CelTimestamp a, CelDuration b) => Timestamp(a, b.Nanoseconds),
        (CelDuration a, CelTimestamp b) => Timestamp(b, a.Nanoseconds),
        _ => CelError.NoOverload("`+`", [left, right]),
    };

    public static CelValue Subtract(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt a, CelInt b) => Int((Int128)a.Value - b.Value),
        (CelDouble a, CelDouble b) => new CelDouble(a.Value - b.Value),
        (CelUint a, CelUint b) => Uint((Int128)a.Value - b.Value),
        (CelDuration a, CelDuration b) => Duration((Int128)a.Nanoseconds - b.Nanoseconds),
        (CelTimestamp a, CelDuration b) => Timestamp(a, -(Int128)b.Nanoseconds),
        (CelTimestamp a, CelTimestamp b) => Duration(((Int128)(a.Seconds - b.Seconds) * CelDuration.Second) + a.Nanoseconds - b.Nanoseconds),
        _ => CelError.NoOverload("`-`", [left, right]),
    };

    public static CelValue Multiply(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt a, CelInt b) => Int((Int128)a.Value * b.Value),
        (CelDouble a, CelDouble b) => new CelDouble(a.Value * b.Value),
        (CelUint a, CelUint b) => (UInt128)a.Value * b.Value is var product && product <= ulong.MaxValue ? new CelUint((ulong)product) : CelError.Overflow("the uint"),
        _ => CelError.NoOverload("`*`", [left, right]),
    };

    public static CelValue Divide(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt, CelInt { Value: 0 }) or (CelUint, CelUint { Value: 0 }) => new CelError(CelErrorKind.DivisionByZero, "division by zero"),
        (CelInt a, CelInt b) => Int((Int128)a.Value / b.Value),
        (CelDouble a, CelDouble b) => new CelDouble(a.Value / b.Value),
        (CelUint a, CelUint b) => new CelUint(a.Value / b.Value),
        _ => CelError.NoOverload("`/`", [left, right]),
    };

    public static CelValue Remainder(CelValue left, CelValue right) => (left, right) switch
    {
        (CelInt, CelInt { Value: 0 }) or (CelUint, CelUint { Value: 0 }) => new CelError(CelErrorKind.DivisionByZero, "remainder of a division by zero"),
        (CelInt { Value: long.MinValue }, CelInt { Value: -1 }) => CelError.Overflow("the int"),
        (CelInt a, CelInt b) => CelInt.Of(a.Value % b.Value),
        (CelUint a, CelUint b) => new CelUint(a.Value % b.Value),
        _ => CelError.NoOverload("`%`", [left, right]),
    };

    public static CelValue Negate(CelValue value) => value switch
    {
        CelInt a => Int(-(Int128)a.Value),
        CelDouble a => new CelDouble(-a.Value),
        _ => CelError.NoOverload("`-`", [value]),
    };

    public static CelValue Int(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? CelInt.Of((long)value) : CelError.Overflow("the int");

    private static CelValue Uint(Int128 value) => value >= 0 && value <= ulong.MaxValue ? new CelUint((ulong)value) : CelError.Overflow("the uint");

    private static CelValue Duration(Int128 nanoseconds) =>
        nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue ? new CelDuration((long)nanoseconds) : CelError.Overflow("the duration");

    private static CelValue Timestamp(CelTimestamp time, Int128 nanoseconds)
    {
        Int128 all = time.Nanoseconds + nanoseconds;
        Int128 seconds = all / CelDuration.Second;
        Int128 rest = all % CelDuration.Second;
        if (rest < 0)
        {
            rest += CelDuration.Second;
            seconds--;
        }
        return CelTimestamp.Of((long)(time.Seconds + seconds), (int)rest, time.Offset);
    }
}
