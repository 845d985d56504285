using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class CaCertificateSourceRule : FieldsRule
{
    public override string Code => "ca-certificate-source";

    public override string Title => "Trusted certificates named twice or not at all";

    public override RuleDoc Doc => new(
        "The validation of a backend's certificate names trusted CAs both by `caCertificateRefs` and by `wellKnownCACertificates`, or by neither.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: store
        spec:
          targetRefs:
          - group: ""
            kind: Service
            name: store
          validation:
            hostname: store.example.com
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: store
        spec:
          targetRefs:
          - group: ""
            kind: Service
            name: store
          validation:
            hostname: store.example.com
            wellKnownCACertificates: System
        """,
        "Adds `wellKnownCACertificates: System`, or removes it where there are references too. Neither is applied unseen, because it decides whom the gateway trusts.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => NodeOf(broken.Value, "wellKnownCACertificates") is { } node ? [node] : [];

    protected override ImmutableArray<Fix> Fixes(BrokenRule broken, YamlNode culprit, ObjectContext context) =>
        NodeOf(broken.Value, "wellKnownCACertificates") is { } node
            ? Removal(node, context) : Addition(broken, "wellKnownCACertificates", context, JsonValue.Of("System"));
}
