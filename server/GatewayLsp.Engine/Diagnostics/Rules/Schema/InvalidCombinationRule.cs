using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidCombinationRule : SchemaRule
{
    public override string Code => "invalid-combination";

    public override string Title => "Values that do not go together";

    public override RuleDoc Doc => new(
        "Each value is fine by itself, but the schema excludes this combination, or wants exactly one of several forms and finds none or more than one.",
        "The API server rejects the object.",
        """
        apiVersion: apiextensions.k8s.io/v1
        """,
        """
        apiVersion: apiextensions.k8s.io/v1
        """,
        "There is no fix: only you know which value is meant.");

    public override void Report(SchemaIssue issue, ObjectContext context) =>
        context.Report(this, Spans.OfValue(issue.Node, context.Document), issue.Field,
            $"The values of {Words.Subject(issue.Field)} do not go together: the schema allows only one of several forms.");
}
