using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class TooShortRule : SchemaRule
{
    public override string Code => "too-short";

    public override string Title => "Text is too short";

    public override RuleDoc Doc => new(
        "A text has fewer characters than its field wants; mostly it is empty.",
        "The API server rejects the object. An empty text is not the same as a field left out: leave out what you do not need.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - kind: ""
              name: store
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - name: store
              port: 80
        """,
        "There is no fix: only you know what belongs there.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        string subject = Words.Capital(Words.Subject(issue));
        string message = scalar.Value.Length == 0
            ? $"{subject} must not be empty."
            : $"{subject} has {Words.Count(SchemaValidator.CodePoints(scalar.Value), "character")}; at least {issue.Schema.MinLength} are needed.";
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field, message);
    }
}
