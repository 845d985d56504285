using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A certificate of a listener that can't be used (reason <c>InvalidCertificateRef</c>).</summary>
internal sealed class InvalidCertificateRefRule : SemanticRule
{
    public override string Code => "invalid-certificate-ref";

    public override string Title => "Certificate that can't be used";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "A `certificateRef` leads to a Secret that is not there, is not of type `kubernetes.io/tls`, or does not hold a certificate and key in PEM form. What is in a Secret is looked at and never shown.",
        "The controller sets `ResolvedRefs: False` with the reason `InvalidCertificateRef`; without any other certificate the listener is not programmed and TLS connections fail. That a Secret is missing is a warning as long as the files need not be all there is, and said only where certificates stand beside the Gateway or one has nearly that name.",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
        type: Opaque
        stringData:
          password: example
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: shop-tls
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: shop-tls
        """,
        "There is no fix: make the Secret with `kubectl create secret tls`, or let cert-manager make it.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        ImmutableArray<ResolvedListener> listeners = view switch
        {
            Gateway gateway => context.Resolver.Gateway(Resolver.KeyOf(gateway))?.Listeners ?? [],
            ListenerSet set => context.Resolver.ListenerSet(set)?.Listeners ?? [],
            _ => [],
        };
        foreach (ResolvedListener listener in listeners)
        {
            foreach (ObjectRef reference in listener.Listener.Tls?.CertificateRefs ?? [])
            {
                if (ImpossibleName.Of(reference) is { } impossible)
                {
                    context.Report(this, reference, ["name"], impossible.Message, fixes: impossible.Fixes(view.Object.Document));
                }
            }
            foreach (ReferenceIssue issue in listener.CertificateIssues)
            {
                if (issue.Problem != ReferenceProblem.NotPermitted && context.IsSettled(issue.Reference.Key) && !(issue.Problem == ReferenceProblem.NotFound && context.MayMeet(view, issue.Reference))
                    && context.WeightOf(view, issue) is { } severity)
                {
                    context.Report(this, issue.Reference, issue.Problem == ReferenceProblem.InvalidKind ? ["kind", "group"] : ["name"],
                        Naming.Of(issue, "a certificate"), severity);
                }
            }
        }
    }
}
