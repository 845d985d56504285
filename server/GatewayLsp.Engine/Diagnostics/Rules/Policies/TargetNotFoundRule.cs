using System.Collections.Immutable;
using System.Globalization;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Policies;

/// <summary>A target of a BackendTLSPolicy that is not there (reason <c>TargetNotFound</c>).</summary>
internal sealed class TargetNotFoundRule : SemanticRule
{
    public override string Code => "target-not-found";

    public override string Title => "Policy for a target that is not there";

    public override SubjectKinds Kinds => SubjectKinds.BackendTlsPolicy;

    public override RuleDoc Doc => new(
        "A `targetRef` of a BackendTLSPolicy names a Service, or one of its ports by `sectionName`, that none of the files has.",
        "The policy holds for nobody: the controller sets `Accepted: False` with the reason `TargetNotFound`, and the backend is spoken to without TLS. Targets are always in the policy's own namespace.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - name: https
            port: 443
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
            sectionName: tls
          validation:
            hostname: checkout.example.com
            wellKnownCACertificates: System
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: checkout
        spec:
          ports:
          - name: https
            port: 443
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
            sectionName: https
          validation:
            hostname: checkout.example.com
            wellKnownCACertificates: System
        """,
        "Where the number of a port stands in place of its name, the fix puts in the name; else correct the name, or create what it names.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not BackendTlsPolicy policy)
        {
            return;
        }
        foreach (ResolvedTarget target in context.Resolver.Policy(policy).Targets)
        {
            if (target.Presence != Presence.Absent)
            {
                continue;
            }
            bool isThere = !context.Resolver.Objects(target.Ref.Key).IsEmpty;
            if (!isThere && context.MayMeet(policy, target.Ref))
            {
                continue;
            }
            string elsewhere = isThere ? "" : Elsewhere(context, target.Ref);
            DiagnosticSeverity? severity = isThere ? DiagnosticSeverity.Error : elsewhere.Length > 0 ? context.Absent : context.AbsentFor(policy, target.Ref);
            if (severity is null)
            {
                continue;
            }
            if (isThere)
            {
                ReportPort(target.Ref, context);
                continue;
            }
            context.Report(this, target.Ref, ["name"], $"There is no {Naming.Of(target.Ref)} for this policy; create it or correct the name.{elsewhere}", severity);
        }
    }

    /// <summary>Envoy Gateway's own backends have numbers for section names, so these are written for Services, too.</summary>
    private void ReportPort(PolicyTarget target, SemanticContext context)
    {
        ServicePort? meant = int.TryParse(target.SectionName, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? context.Resolver.Find<Service>(target.Key)?.Ports.FirstOrDefault(port => port.Port == number)
            : null;
        ImmutableArray<Fix> fixes = default;
        string message = $"{Naming.Of(target)} has no port named `{target.SectionName}`.";
        if (meant is { Name: { Length: > 0 } name })
        {
            message = $"`sectionName` is the name of a port, not its number: port {number} of {Naming.Of(target)} is named `{name}`.";
            fixes = SemanticContext.Correctable(target, "sectionName") is { } span ? [new Fix($"Change to `{name}`", span, name)] : default;
        }
        else if (meant is not null)
        {
            message = $"`sectionName` is the name of a port, not its number, and port {number} of {Naming.Of(target)} has no name; give it one, or leave `sectionName` out.";
        }
        context.Report(this, target, ["sectionName"], message, DiagnosticSeverity.Error, fixes: fixes);
    }

    /// <summary>A target has no namespace to write: that a policy reaches its own alone surprises those who know backendRefs.</summary>
    private static string Elsewhere(SemanticContext context, ObjectRef wanted) =>
        context.Resolver.NamespacesOf(wanted.Group, wanted.Kind, wanted.Name) is [var other, ..]
            ? $" There is one in namespace `{other}`, but a policy is only for targets in its own namespace: move the policy there."
            : "";
}
