using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.References;

/// <summary>A client certificate for backends that can't be used (reason <c>InvalidClientCertificateRef</c>).</summary>
internal sealed class InvalidClientCertificateRefRule : SemanticRule
{
    public override string Code => "invalid-client-certificate-ref";

    public override string Title => "Client certificate for backends that can't be used";

    public override SubjectKinds Kinds => SubjectKinds.Gateway;

    public override RuleDoc Doc => new(
        "`tls.backend.clientCertificateRef` of a Gateway leads to a Secret that is not there, or that holds no certificate and key.",
        "The controller sets `ResolvedRefs: False` with the reason `InvalidClientCertificateRef`, and backends that ask the Gateway who it is refuse its connections.",
        """
        apiVersion: v1
        kind: Secret
        metadata:
          name: front-client
        type: Opaque
        data:
          password: c2VjcmV0
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: envoy-gateway
          tls:
            backend:
              clientCertificateRef:
                name: front-client
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: envoy-gateway
          tls:
            backend:
              clientCertificateRef:
                name: front-client
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: only you know the certificate.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is Gateway gateway && context.Resolver.Gateway(Resolver.KeyOf(gateway))?.ClientCertificateIssue is { Problem: not ReferenceProblem.NotPermitted } issue
            && !(issue.Problem == ReferenceProblem.NotFound && context.MayMeet(view, issue.Reference))
            && context.WeightOf(view, issue) is { } severity)
        {
            context.Report(this, issue.Reference, issue.Problem == ReferenceProblem.InvalidKind ? ["kind", "group"] : ["name"],
                Naming.Of(issue, "a client certificate"), severity);
        }
    }
}
