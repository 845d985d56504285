namespace GatewayLsp.Engine.Cel;

/// <summary>
/// Cost units that the rules of one object may use up, as the API server counts them. Mutable: make one for each object
/// and hand it to every evaluation. Not for use by several threads.
/// </summary>
public sealed class CelBudget(long perObject = CelBudget.PerObject, long perRule = CelBudget.PerRule)
{
    /// <summary>Units for all rules of one object.</summary>
    public const long PerObject = 10_000_000;

    /// <summary>Units for one evaluation of one rule.</summary>
    public const long PerRule = 1_000_000;

    private long _remaining = perObject;

    /// <summary>Nothing is left: the API server runs no further rule of the object.</summary>
    public bool IsExhausted => _remaining < 0;

    public long Remaining => Math.Max(0, _remaining);

    internal long RuleLimit => perRule;

    internal void Spend(long units) => _remaining -= units;
}
