using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a BackendTLSPolicy at each Gateway that comes to its targets.</summary>
internal static class PolicyConditions
{
    public static ImmutableArray<AncestorStatus> Of(ResolvedPolicy resolved)
    {
        Condition references = ResolvedRefs(resolved);
        var ancestors = ImmutableArray.CreateBuilder<AncestorStatus>();
        foreach (ResolvedGateway gateway in resolved.Ancestors)
        {
            ancestors.Add(new AncestorStatus(gateway, [Accepted(resolved, gateway), references]));
        }
        return ancestors.DrainToImmutable();
    }

    private static Condition Accepted(ResolvedPolicy resolved, ResolvedGateway gateway)
    {
        BackendTlsPolicy policy = resolved.Policy;
        string name = Naming.Of(policy);
        foreach (ResolvedTarget target in resolved.Targets)
        {
            if (!target.Gateways.Contains(gateway))
            {
                continue;
            }
            if (target.Presence == Presence.Absent)
            {
                string port = target.Ref.SectionName is { } section ? $" with a port named '{section}'" : "";
                return Condition.False(ConditionTypes.Accepted, ConditionReasons.TargetNotFound,
                    $"{name} is for {Naming.Of(target.Ref)}{port}, which is not there; create it or correct targetRefs.");
            }
            if (target.Winner is { } winner)
            {
                return Condition.False(ConditionTypes.Accepted, ConditionReasons.Conflicted,
                    $"{Naming.Of(winner)} comes before {name} for the same {Naming.Of(target.Ref)}; keep one of the two.");
            }
        }
        if (resolved.HasUnknownCaSet)
        {
            return Condition.False(ConditionTypes.Accepted, ConditionReasons.Invalid,
                $"{name} asks for well-known CA certificates '{policy.WellKnownCaCertificates}'; the only set is System.");
        }
        return resolved.HasNoCaCertificate
            ? Condition.False(ConditionTypes.Accepted, ConditionReasons.NoValidCaCertificate,
                $"{name} has no CA certificate that can be used: {Naming.Of(resolved.CaIssues[0], "a CA certificate")}")
            : Condition.True(ConditionTypes.Accepted, ConditionReasons.Accepted, $"{name} holds for requests through {Naming.Of(gateway.Gateway)}.");
    }

    private static Condition ResolvedRefs(ResolvedPolicy resolved)
    {
        if (resolved.CaIssues.IsEmpty)
        {
            return Condition.True(ConditionTypes.ResolvedRefs, ConditionReasons.ResolvedRefs, $"All references of {Naming.Of(resolved.Policy)} are good.");
        }
        ReferenceIssue issue = resolved.CaIssues[0];
        string reason = issue.Problem == ReferenceProblem.InvalidKind ? ConditionReasons.InvalidKind : ConditionReasons.InvalidCaCertificateRef;
        return Condition.False(ConditionTypes.ResolvedRefs, reason, Naming.Of(issue, "a CA certificate"));
    }
}
