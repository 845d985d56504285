using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Cel.Functions;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>A call of a function. Which of the overloads that the checker left open is meant, the arguments tell.</summary>
internal sealed class CallNode(string name, CelOverload[] overloads, CelNode[] arguments) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        ArgumentBuffer buffer = default;
        Span<CelValue> values = ((Span<CelValue>)buffer)[..arguments.Length];
        CelValue? bad = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            CelValue value = arguments[i].Evaluate(frame);
            values[i] = value;
            if (!value.IsValue && bad is not CelUnknown)
            {
                bad = value is CelUnknown ? value : bad ?? value;
            }
        }
        if (bad is not null)
        {
            return bad;
        }
        foreach (CelOverload overload in overloads)
        {
            if (overload.Takes(values))
            {
                return frame.Charge(overload.CostOf(values, frame)) ? overload.Call(values, frame) : CelError.CostExceeded;
            }
        }
        return CelError.NoOverload($"`{name}`", values);
    }

    [InlineArray(CelOverload.MaxArguments)]
    private struct ArgumentBuffer
    {
        private CelValue _first;
    }
}
