namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class BrokenRuleRule : FieldsRule
{
    public override string Code => "broken-rule";

    public override string Title => "Rule of the definition is not kept";

    public override RuleDoc Doc => new(
        "The definition of the kind has a rule (`x-kubernetes-validations`) that the object breaks; the message is that of the rule.",
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
            protocol: HTTP
            port: 80
          addresses:
          - type: Hostname
            value: Edge
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
          addresses:
          - type: Hostname
            value: edge.example.com
        """,
        "There is no fix: a rule says what is wrong, not what is meant.");
}
