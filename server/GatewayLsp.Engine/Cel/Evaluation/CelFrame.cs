using GatewayLsp.Engine.Cel.Values;

namespace GatewayLsp.Engine.Cel.Evaluation;

/// <summary>What one evaluation needs: its variables and what it has used up.</summary>
internal sealed class CelFrame(int slots, long costLimit)
{
    /// <summary>
    /// Elementary steps of ours that the API server's units do not cover: it joins lists and compares shared parts for
    /// nothing, which a hostile expression builds up to sizes without end.
    /// </summary>
    private const long WorkLimit = 2_000_000;

    private long _work;

    /// <summary>0 is <c>self</c>, 1 <c>oldSelf</c>, then the variables of macros by depth.</summary>
    public CelValue[] Slots { get; } = new CelValue[slots];

    /// <summary>In the API server's units.</summary>
    public long Cost { get; private set; }

    /// <summary>True once it has cost too much: loops end, and the outcome is that error.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>False when that was too much.</summary>
    public bool Charge(long units)
    {
        Cost += Math.Min(units, costLimit + 1);
        if (Cost > costLimit)
        {
            IsStopped = true;
        }
        return !IsStopped;
    }

    /// <summary>Counts steps of work; false when it was too much.</summary>
    public bool Work(long steps)
    {
        _work += Math.Min(steps, WorkLimit + 1);
        if (_work > WorkLimit)
        {
            IsStopped = true;
        }
        return !IsStopped;
    }
}
