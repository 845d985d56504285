using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>CA certificates that can't be used (reasons <c>InvalidCACertificateRef</c>, <c>InvalidCACertificateKind</c>).</summary>
internal sealed class InvalidCaCertificateRefRule : SemanticRule
{
    public override string Code => "invalid-ca-certificate-ref";

    public override string Title => "CA certificates that can't be used";

    public override SubjectKinds Kinds => SubjectKinds.BackendTlsPolicy | SubjectKinds.Gateway;

    public override RuleDoc Doc => new(
        "A `caCertificateRef` leads to a ConfigMap or Secret that is not there, or that has no `ca.crt` in PEM form.",
        "The controller sets `ResolvedRefs: False`. If no other CA certificate is left, nothing can be checked: the listener or policy is not accepted, and connections fail.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: backend-ca
        data:
          certificate: here
        ---
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
            caCertificateRefs:
            - group: ""
              kind: ConfigMap
              name: backend-ca
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
        "There is no fix: only you know the certificates.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        switch (view)
        {
            case BackendTlsPolicy policy:
                Check(context.Resolver.Policy(policy).CaIssues, view, context);
                break;
            case Gateway gateway:
                foreach (ResolvedListener listener in context.Resolver.Gateway(Resolver.KeyOf(gateway))?.Listeners ?? [])
                {
                    Check(listener.CaIssues, view, context);
                }
                break;
        }
    }

    private void Check(IEnumerable<ReferenceIssue> issues, ObjectView view, SemanticContext context)
    {
        foreach (ReferenceIssue issue in issues)
        {
            if (issue.Problem != ReferenceProblem.NotPermitted && !(issue.Problem == ReferenceProblem.NotFound && context.MayMeet(view, issue.Reference))
                && context.WeightOf(view, issue) is { } severity)
            {
                context.Report(this, issue.Reference, issue.Problem == ReferenceProblem.InvalidKind ? ["kind", "group"] : ["name"],
                    Naming.Of(issue, "a CA certificate"), severity);
            }
        }
    }
}
