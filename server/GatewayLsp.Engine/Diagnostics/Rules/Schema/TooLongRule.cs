using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class TooLongRule : SchemaRule
{
    public override string Code => "too-long";

    public override string Title => "Text is too long";

    public override RuleDoc Doc => new(
        "A text has more characters than its field allows.",
        "The API server rejects the object. Names are often limited to 63 characters, because they become DNS labels or label values.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            hostname: this-label-is-much-too-long-for-a-hostname.this-label-is-much-too-long-for-a-hostname.this-label-is-much-too-long-for-a-hostname.this-label-is-much-too-long-for-a-hostname.this-label-is-much-too-long-for-a-hostname.this-label-is-much-too-long.example.com
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
          - name: http
            hostname: store.example.com
            protocol: HTTP
            port: 80
        """,
        "There is no fix: a name that is cut is another name.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        int length = SchemaValidator.CodePoints(scalar.Value);
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field, string.Create(CultureInfo.InvariantCulture,
            $"{Words.Capital(Words.Subject(issue))} has {length} characters; at most {issue.Schema.MaxLength} are allowed."));
    }
}
