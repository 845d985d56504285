using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class DuplicateEntryRule : FieldsRule
{
    public override string Code => "duplicate-entry";

    public override string Title => "Duplicate entry";

    public override RuleDoc Doc => new(
        "Two entries of a list have the same name, port or address, which must be unique there.",
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
          - value: 192.0.2.10
          - value: 192.0.2.10
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
          - value: 192.0.2.10
        """,
        "There is no fix: the second may be a slip for another one.");

    private static readonly string[] Keys = ["value", "name", "port"];

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        string? key = Array.Find(Keys, k => broken.Rule.Expression.Contains("a." + k, StringComparison.Ordinal) || broken.Rule.Expression.Contains("b." + k, StringComparison.Ordinal));
        return key is null ? [] : Repeated(
            Items(broken.Value), i => KeyOf(i, key) is { Length: > 0 } text ? KeyOf(i, "type") + text : null, i => NodeOf(i, key));
    }
}
