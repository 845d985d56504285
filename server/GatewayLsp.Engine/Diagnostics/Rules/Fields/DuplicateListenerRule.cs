using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class DuplicateListenerRule : FieldsRule
{
    public override string Code => "duplicate-listener";

    public override string Title => "Duplicate listener";

    public override RuleDoc Doc => new(
        "Two listeners have the same name, or the same port, protocol and hostname.",
        "The API server rejects the object. Routes choose a listener by its name, and clients by the other three.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: web
            protocol: HTTP
            port: 80
          - name: shop
            protocol: HTTP
            port: 80
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
            protocol: HTTP
            port: 80
          - name: shop
            protocol: HTTP
            port: 80
            hostname: shop.example.com
        """,
        "There is no fix: which of port, protocol and hostname is to differ is for you to say.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken) => broken.Rule.Expression.Contains("port", StringComparison.Ordinal)
        ? Repeated(Items(broken.Value), l => $"{KeyOf(l, "port")} {KeyOf(l, "protocol")} {KeyOf(l, "hostname")}", l => NodeOf(l, "port"))
        : Repeated(Items(broken.Value), l => KeyOf(l, "name"), l => NodeOf(l, "name"));
}
