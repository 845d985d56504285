using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidFormatRule : SchemaRule
{
    public override string Code => "invalid-format";

    public override string Title => "Value of the wrong format";

    public override RuleDoc Doc => new(
        "A text is not of the format that its field wants: no IP address, no date, no Base64.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          addresses:
          - type: IPAddress
            value: edge.example.com
          listeners:
          - name: http
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
          addresses:
          - type: Hostname
            value: edge.example.com
          listeners:
          - name: http
            protocol: HTTP
            port: 80
        """,
        "There is no fix: only you know which value is meant.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field,
            $"{Words.Capital(Words.Subject(issue))} must be {Name(issue.Schema.Format!)}, which {Words.Shown(scalar.Value)} is not.");
    }

    /// <summary>Where an IPv4 address is allowed, the other kind is too: schemas ask for one or the other.</summary>
    private static string Name(string format) => format is "ipv4" or "ipv6" ? "an IP address" : SchemaFormats.Name(format);
}
