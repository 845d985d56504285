using GatewayLsp.Engine.Cel.Parsing;
using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary><c>optMap</c> and <c>optFlatMap</c>.</summary>
internal sealed class OptionalMapNode(MacroKind kind, CelNode target, int slot, CelNode body) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue value = target.Evaluate(frame);
        frame.Charge(1);
        if (value is not CelOptional optional)
        {
            return value.IsValue ? CelError.NoOverload("`optMap`", [value]) : value;
        }
        if (optional.Value is null)
        {
            return optional;
        }
        frame.Slots[slot] = optional.Value;
        CelValue made = body.Evaluate(frame);
        if (!made.IsValue)
        {
            return made;
        }
        return kind == MacroKind.OptMap ? CelOptional.Of(made) : made is CelOptional ? made : CelError.NoOverload("`optFlatMap`", [made]);
    }
}

/// <summary><c>a.or(b)</c> and <c>a.orValue(b)</c>: the other side is evaluated only when it is needed.</summary>
internal sealed class OptionalOrNode(CelNode target, CelNode other, bool unwraps) : CelNode
{
    public override CelValue Evaluate(CelFrame frame)
    {
        CelValue value = target.Evaluate(frame);
        frame.Charge(1);
        if (value is not CelOptional optional)
        {
            return value.IsValue ? CelError.NoOverload(unwraps ? "`orValue`" : "`or`", [value]) : value;
        }
        if (optional.Value is not null)
        {
            return unwraps ? optional.Value : optional;
        }
        CelValue fallback = other.Evaluate(frame);
        return unwraps || !fallback.IsValue || fallback is CelOptional ? fallback : CelError.NoOverload("`or`", [value, fallback]);
    }
}
