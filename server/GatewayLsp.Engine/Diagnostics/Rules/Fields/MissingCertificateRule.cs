using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class MissingCertificateRule : FieldsRule
{
    public override string Code => "missing-certificate";

    public override string Title => "TLS without a certificate";

    public override RuleDoc Doc => new(
        "A listener is to terminate TLS and has neither `certificateRefs` nor `options`.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: web
            protocol: HTTPS
            port: 443
            tls:
              mode: Terminate
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: web
            protocol: HTTPS
            port: 443
            tls:
              mode: Terminate
              certificateRefs:
              - name: edge-tls
        """,
        "Adds `certificateRefs` with a name to replace.");

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) => Addition(broken, "certificateRefs", context);
}
