using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>A part of a compiled expression. Immutable; shared by threads.</summary>
internal abstract class CelNode
{
    public abstract CelValue Evaluate(CelFrame frame);
}

internal sealed class LiteralNode(CelValue value) : CelNode
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(CelFrame frame) => Value;
}

internal sealed class VariableNode(int slot) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        frame.Charge(1);
        return frame.Slots[slot];
    }
}
