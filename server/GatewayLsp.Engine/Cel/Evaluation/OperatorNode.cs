using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

internal enum CelOperator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    In,
}

internal sealed class NegateNode(CelNode operand) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue value = operand.Evaluate(frame);
        frame.Charge(1);
        return value.IsValue ? CelArithmetic.Negate(value) : value;
    }
}

/// <summary>An operator of two operands, both evaluated.</summary>
internal sealed class OperatorNode(CelOperator symbol, CelNode left, CelNode right) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue one = left.Evaluate(frame);
        CelValue other = right.Evaluate(frame);
        if (!one.IsValue || !other.IsValue)
        {
            return one.Kind == CelKind.Unknown || other.Kind == CelKind.Unknown ? CelUnknown.Instance : one.IsValue ? other : one;
        }
        return frame.Charge(CostOf(one, other)) ? Apply(one, other, frame) : CelError.CostExceeded;
    }

    private CelValue Apply(CelValue one, CelValue other, CelFrame frame)
    {
        switch (symbol)
        {
            case CelOperator.Equal:
                return CelEquality.Equal(one, other, frame);
            case CelOperator.NotEqual:
                return CelEquality.Equal(one, other, frame) is var same && same is CelBool flag ? CelBool.Of(!flag.Value) : same;
            case CelOperator.Add:
                return CelArithmetic.Add(one, other, frame);
            case CelOperator.Subtract:
                return CelArithmetic.Subtract(one, other);
            case CelOperator.Multiply:
                return CelArithmetic.Multiply(one, other);
            case CelOperator.Divide:
                return CelArithmetic.Divide(one, other);
            case CelOperator.Remainder:
                return CelArithmetic.Remainder(one, other);
            case CelOperator.In:
                return Contains(one, other, frame);
            default:
                return CelComparison.Compare(one, other) switch
                {
                    null => CelError.NoOverload($"`{SymbolOf(symbol)}`", [one, other]),
                    2 => CelBool.False,
                    { } order => CelBool.Of(symbol switch
                    {
                        CelOperator.Less => order < 0,
                        CelOperator.LessOrEqual => order <= 0,
                        CelOperator.Greater => order > 0,
                        _ => order >= 0,
                    }),
                };
        }
    }

    public static string SymbolOf(CelOperator symbol) => symbol switch
    {
        CelOperator.Equal => "==",
        CelOperator.NotEqual => "!=",
        CelOperator.Less => "<",
        CelOperator.LessOrEqual => "<=",
        CelOperator.Greater => ">",
        CelOperator.GreaterOrEqual => ">=",
        CelOperator.Add => "+",
        CelOperator.Subtract => "-",
        CelOperator.Multiply => "*",
        CelOperator.Divide => "/",
        CelOperator.Remainder => "%",
        _ => "in",
    };

    private static CelValue Contains(CelValue item, CelValue container, CelFrame frame)
    {
        if (container is CelMap map)
        {
            return map.Find(item) is { } found && !found.IsValue ? found : CelBool.Of(map.Find(item) is not null);
        }
        return container is CelList list ? Contains(list, item, frame) : CelError.NoOverload("`in`", [item, container]);
    }

    /// <summary>True as soon as one item is equal, else what could not be compared.</summary>
    public static CelValue Contains(CelList list, CelValue item, CelFrame frame)
    {
        CelValue? rest = null;
        for (int i = 0; i < list.Count; i++)
        {
            CelValue same = CelEquality.Equal(list[i], item, frame);
            if (same is CelBool flag)
            {
                if (flag.Value)
                {
                    return flag;
                }
            }
            else if (frame.IsStopped)
            {
                return CelError.CostExceeded;
            }
            else if (rest is not CelUnknown)
            {
                rest = same is CelUnknown ? same : rest ?? same;
            }
        }
        return rest ?? CelBool.False;
    }

    private long CostOf(CelValue one, CelValue other)
    {
        switch (symbol)
        {
            case CelOperator.In:
                return other is CelList list ? list.Count : 1;
            case CelOperator.Add when one.Kind is CelKind.String or CelKind.Bytes:
                return CelCosts.Traversal(CelCosts.SizeOf(one) + CelCosts.SizeOf(other));
            case CelOperator.Equal or CelOperator.NotEqual:
                return CelCosts.Traversal(Math.Min(CelCosts.SizeOf(one), CelCosts.SizeOf(other)));
            case CelOperator.Less or CelOperator.LessOrEqual or CelOperator.Greater or CelOperator.GreaterOrEqual when one.Kind is CelKind.String or CelKind.Bytes:
                return CelCosts.Traversal(Math.Min(CelCosts.SizeOf(one), CelCosts.SizeOf(other)));
            default:
                return 1;
        }
    }
}
