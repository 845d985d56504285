using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>
/// <c>&amp;&amp;</c> and <c>||</c>: one deciding term is enough, on whichever side of an error or an unknown it stands.
/// </summary>
internal sealed class LogicalNode(bool isAnd, CelNode[] terms) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue? rest = null;
        foreach (CelNode term in terms)
        {
            CelValue value = term.Evaluate(frame);
            if (value is CelBool flag)
            {
                if (flag.Value != isAnd)
                {
                    return flag;
                }
                continue;
            }
            if (value.IsValue)
            {
                value = CelError.NoOverload(isAnd ? "`&&`" : "`||`", [value]);
            }
            if (rest is not CelUnknown)
            {
                rest = value is CelUnknown ? value : rest ?? value;
            }
        }
        return rest ?? CelBool.Of(isAnd);
    }
}

internal sealed class NotNode(CelNode operand) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue value = operand.Evaluate(frame);
        frame.Charge(1);
        return value is CelBool flag ? CelBool.Of(!flag.Value) : value.IsValue ? CelError.NoOverload("`!`", [value]) : value;
    }
}

internal sealed class ConditionalNode(CelNode condition, CelNode then, CelNode otherwise) : CelNode
{
    public override CelValue Evaluate(CelFrame frame) => condition.Evaluate(frame) switch
    {
        CelBool { Value: true } => then.Evaluate(frame),
        CelBool => otherwise.Evaluate(frame),
        { IsValue: false } value => value,
        var value => CelError.NoOverload("`?:`", [value]),
    };
}
