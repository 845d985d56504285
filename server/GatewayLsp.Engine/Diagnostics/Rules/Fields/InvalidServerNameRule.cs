using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class InvalidServerNameRule : FieldsRule
{
    public override string Code => "invalid-server-name";

    public override string Title => "Server name that is no DNS name";

    public override RuleDoc Doc => new(
        "A hostname of a TLSRoute is an IP address, or has characters or a wildcard where DNS names have none.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata:
          name: store
        spec:
          hostnames:
          - 192.0.2.1
          rules:
          - backendRefs:
            - name: store
              port: 443
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata:
          name: store
        spec:
          hostnames:
          - store.example.com
          rules:
          - backendRefs:
            - name: store
              port: 443
        """,
        "There is no fix: the name is known to you only.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        if (broken.Value is not PlainList list || !broken.Rule.Expression.Contains("isIP", StringComparison.Ordinal))
        {
            return [];
        }
        return list.Items.Where(i => i is PlainText text && System.Net.IPAddress.TryParse(text.Value, out _)).Select(i => i.Origin).OfType<YamlNode>();
    }
}
