using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidValueRule : SchemaRule
{
    public override string Code => "invalid-value";

    public override string Title => "Value of the wrong form";

    public override RuleDoc Doc => new(
        "A text does not have the form that its field wants: a name with capitals, a hostname with a port, a duration without a unit.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames:
          - Store.example.com
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames:
          - store.example.com
        """,
        "When the text fits in lower case, without blanks at its ends or with `-` for `_`, that is offered, but not applied unseen: other objects may refer to the name.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        string subject = Words.Capital(Words.Subject(issue.Field));
        string message = scalar.Value.Length == 0
            ? $"{subject} is empty; it must be {PatternWords.Of(issue.Schema.Pattern!)}."
            : $"{subject} can't be {Words.Shown(scalar.Value)}; it must be {PatternWords.Of(issue.Schema.Pattern!)}.";
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field, message, Fixes(issue, scalar));
    }

    private static ImmutableArray<Fix> Fixes(SchemaIssue issue, YamlScalar scalar)
    {
        if (scalar.Properties is not null || scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded)
        {
            return [];
        }
        string trimmed = scalar.Value.Trim();
        string lower = trimmed.ToLowerInvariant();
        foreach (string text in (string[])[trimmed, lower, lower.Replace('_', '-')])
        {
            if (text.Length > 0 && text != scalar.Value && SchemaFacts.Of(issue.Schema).Pattern!.IsMatch(text))
            {
                return [new Fix($"Change to {Words.Shown(text)}", scalar.Span, YamlText.Like(scalar, text), isPreferred: false)];
            }
        }
        return [];
    }
}
