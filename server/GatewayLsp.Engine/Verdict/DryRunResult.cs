using System.Collections.Immutable;

namespace GatewayLsp.Engine.Verdict;

/// <summary>What the API server would answer to an object.</summary>
/// <param name="Causes">Why it would refuse, in the order of their fields; empty when accepted.</param>
public sealed record DryRunResult(bool Accepted, ImmutableArray<VerdictCause> Causes)
{
    public static readonly DryRunResult Fine = new(true, []);
}
