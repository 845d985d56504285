using GatewayLsp.Engine.Cel.Checking;
using GatewayLsp.Engine.Cel.Evaluation;
using GatewayLsp.Engine.Cel.Values;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Cel;

/// <summary>A compiled expression. Immutable; any number of threads may evaluate it.</summary>
public sealed class CelProgram
{
    internal const int SelfSlot = 0;
    internal const int OldSelfSlot = 1;
    internal const int FirstFreeSlot = 2;

    private readonly CelNode _node;
    private readonly CelEnvironment _environment;
    private readonly int _slots;

    internal CelProgram(CelNode node, CelEnvironment environment, CelType resultType, bool usesOldSelf, int slots)
    {
        _node = node;
        _environment = environment;
        _slots = slots;
        ResultType = resultType;
        UsesOldSelf = usesOldSelf;
    }

    /// <summary>A rule must give a bool, a message a text; <c>dyn</c> shows at run time.</summary>
    public CelType ResultType { get; }

    /// <summary>A transition rule: it asks what the value was before.</summary>
    public bool UsesOldSelf { get; }

    /// <param name="self">The value at the place of the rule.</param>
    /// <param name="oldSelf">The value before; null when there was none.</param>
    /// <param name="budget">Of the object, shared by all its rules.</param>
    public CelOutcome Evaluate(PlainValue self, PlainValue? oldSelf, CelBudget budget)
    {
        if (budget.IsExhausted)
        {
            return CelOutcome.Of(CelError.CostExceeded);
        }
        var frame = new CelFrame(_slots, budget.RuleLimit);
        frame.Slots[SelfSlot] = Wrap(self);
        if (UsesOldSelf)
        {
            frame.Slots[OldSelfSlot] = Old(oldSelf);
        }
        CelValue value = _node.Evaluate(frame);
        budget.Spend(frame.Cost);
        return CelOutcome.Of(frame.IsStopped || budget.IsExhausted ? CelError.CostExceeded : value);
    }

    private CelValue Old(PlainValue? value)
    {
        if (!_environment.OptionalOldSelf)
        {
            return value is null ? CelError.Invalid("there is no old value") : Wrap(value);
        }
        return value is null ? CelOptional.None : Wrap(value) is var wrapped && wrapped.IsValue ? CelOptional.Of(wrapped) : wrapped;
    }

    private CelValue Wrap(PlainValue value) => _environment.Declared is { } declared ? PlainWrapping.Wrap(value, declared) : PlainWrapping.Wrap(value);
}
