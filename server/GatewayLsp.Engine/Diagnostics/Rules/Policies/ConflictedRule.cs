using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Policies;

/// <summary>A BackendTLSPolicy that another one for the same target comes before (reason <c>Conflicted</c>).</summary>
internal sealed class ConflictedRule : SemanticRule
{
    public override string Code => "conflicted";

    public override string Title => "Policy that another one comes before";

    public override SubjectKinds Kinds => SubjectKinds.BackendTlsPolicy;

    public override RuleDoc Doc => new(
        "Two BackendTLSPolicies are for the same target and port.",
        "The older one holds, and of two of the same age the first by namespace and name; the other gets `Accepted: False` with the reason `Conflicted`. In files nothing has an age yet, so the name decides here.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: checkout
        spec:
          targetRefs:
          - group: ""
            kind: Service
            name: checkout
          validation:
            hostname: checkout.example.com
            wellKnownCACertificates: System
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: other
        spec:
          targetRefs:
          - group: ""
            kind: Service
            name: checkout
          validation:
            hostname: other.example.com
            wellKnownCACertificates: System
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: checkout
        spec:
          targetRefs:
          - group: ""
            kind: Service
            name: checkout
          validation:
            hostname: checkout.example.com
            wellKnownCACertificates: System
        """,
        "There is no fix: keep one of the two.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not BackendTlsPolicy policy)
        {
            return;
        }
        foreach (ResolvedTarget target in context.Resolver.Policy(policy).Targets)
        {
            if (target.Winner is { } winner)
            {
                context.Report(this, target.Ref, ["name"], $"{Naming.Of(winner)} comes before this policy for the same {Naming.Of(target.Ref)}; keep one of the two.",
                    related: context.Related(winner, winner, ["metadata"], $"{Naming.Of(winner)} is here."));
            }
        }
    }
}
