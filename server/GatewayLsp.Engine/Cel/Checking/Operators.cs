using GatewayLsp.Engine.Cel.Evaluation;

namespace GatewayLsp.Engine.Cel.Checking;

/// <summary>A signature of an operator.</summary>
internal sealed record OperatorSignature(CelType[] Parameters, CelType Result);

/// <summary>Which types the operators take.</summary>
internal static class Operators
{
    private static readonly CelType[] Numbers = [CelType.Int, CelType.Uint, CelType.Double];

    private static readonly OperatorSignature[] Equalities = [new([CelType.A, CelType.A], CelType.Bool)];

    private static readonly OperatorSignature[] Comparisons =
    [
        .. new[] { CelType.Bool, CelType.String, CelType.Bytes, CelType.Duration, CelType.Timestamp }.Select(t => new OperatorSignature([t, t], CelType.Bool)),
        .. Numbers.SelectMany(a => Numbers.Select(b => new OperatorSignature([a, b], CelType.Bool))),
    ];

    private static readonly OperatorSignature[] Sums =
    [
        .. Same(CelType.Int, CelType.Uint, CelType.Double, CelType.String, CelType.Bytes, CelType.Duration),
        new([CelType.List(CelType.A), CelType.List(CelType.A)], CelType.List(CelType.A)),
        new([CelType.Timestamp, CelType.Duration], CelType.Timestamp),
        new([CelType.Duration, CelType.Timestamp], CelType.Timestamp),
    ];

    private static readonly OperatorSignature[] Differences =
    [
        .. Same(CelType.Int, CelType.Uint, CelType.Double, CelType.Duration),
        new([CelType.Timestamp, CelType.Duration], CelType.Timestamp),
        new([CelType.Timestamp, CelType.Timestamp], CelType.Duration),
    ];

    private static readonly OperatorSignature[] Products = Same(CelType.Int, CelType.Uint, CelType.Double);

    private static readonly OperatorSignature[] Remainders = Same(CelType.Int, CelType.Uint);

    private static readonly OperatorSignature[] Memberships =
    [
        new([CelType.A, CelType.List(CelType.A)], CelType.Bool),
        new([CelType.A, CelType.Map(CelType.A, CelType.B)], CelType.Bool),
    ];

    public static readonly OperatorSignature[] Negations = [new([CelType.Int], CelType.Int), new([CelType.Double], CelType.Double)];

    public static (CelOperator Operator, OperatorSignature[] Signatures) Of(string symbol) => symbol switch
    {
        "==" => (CelOperator.Equal, Equalities),
        "!=" => (CelOperator.NotEqual, Equalities),
        "<" => (CelOperator.Less, Comparisons),
        "<=" => (CelOperator.LessOrEqual, Comparisons),
        ">" => (CelOperator.Greater, Comparisons),
        ">=" => (CelOperator.GreaterOrEqual, Comparisons),
        "+" => (CelOperator.Add, Sums),
        "-" => (CelOperator.Subtract, Differences),
        "*" => (CelOperator.Multiply, Products),
        "/" => (CelOperator.Divide, Products),
        "%" => (CelOperator.Remainder, Remainders),
        _ => (CelOperator.In, Memberships),
    };

    private static OperatorSignature[] Same(params CelType[] types) => Array.ConvertAll(types, t => new OperatorSignature([t, t], t));
}
