using System.Globalization;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class TooFewItemsRule : SchemaRule
{
    public override string Code => "too-few-items";

    public override string Title => "Too few items";

    public override RuleDoc Doc => new(
        "A list has fewer items, or a map fewer entries, than its field wants; mostly it is empty.",
        "The API server rejects the object. An empty list is not the same as a field left out: leave it out, and the default applies.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules: []
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
        "There is no fix: only you know what belongs into the list.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        string subject = Words.Capital(Words.Subject(issue));
        string message = issue.Node is YamlSequence
            ? $"{subject} needs at least {Words.Count(issue.Schema.MinItems ?? 1, "item")}."
            : $"{subject} needs at least {(issue.Schema.MinProperties == 1 ? "one entry" : string.Create(CultureInfo.InvariantCulture, $"{issue.Schema.MinProperties} entries"))}.";
        context.Report(this, Spans.OfValue(issue.Node, context.Document), issue.Field, message);
    }
}
