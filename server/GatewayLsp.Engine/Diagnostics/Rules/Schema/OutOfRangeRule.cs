using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class OutOfRangeRule : SchemaRule
{
    public override string Code => "out-of-range";

    public override string Title => "Number is out of range";

    public override RuleDoc Doc => new(
        "A number is less or more than its field allows.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          gatewayClassName: example
          listeners:
          - name: http
            protocol: HTTP
            port: 80800
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
            protocol: HTTP
            port: 8080
        """,
        "Offers the nearest number that is allowed. It is never applied unseen, because more often than not another one is meant.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        (decimal? min, decimal? max) = SchemaValidator.Limits(issue.Schema);
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field,
            $"{Words.Capital(Words.Subject(issue.Field))} is {Words.Shown(scalar.Value)}; it must be {Allowed(issue.Schema, min, max)}.",
            Fixes(issue.Schema, scalar, min, max));
    }

    private static string Allowed(SchemaNode schema, decimal? min, decimal? max)
    {
        if (schema.MultipleOf is { } step)
        {
            return $"a multiple of {Words.Number(step)}";
        }
        string least = schema.ExclusiveMinimum ? "more than" : "at least";
        string most = schema.ExclusiveMaximum ? "less than" : "at most";
        return (min, max) switch
        {
            ({ } low, { } high) when !schema.ExclusiveMinimum && !schema.ExclusiveMaximum => $"from {Words.Number(low)} to {Words.Number(high)}",
            ({ } low, { } high) => $"{least} {Words.Number(low)} and {most} {Words.Number(high)}",
            ({ } low, null) => $"{least} {Words.Number(low)}",
            (null, { } high) => $"{most} {Words.Number(high)}",
            _ => "another number",
        };
    }

    private static ImmutableArray<Fix> Fixes(SchemaNode schema, YamlScalar scalar, decimal? min, decimal? max)
    {
        if (schema.MultipleOf is not null || schema.ExclusiveMinimum || schema.ExclusiveMaximum || scalar.Properties is not null
            || !ScalarResolver.TryNumber(scalar.Value, out double value))
        {
            return [];
        }
        decimal? nearest = min is { } low && value < (double)low ? min : max;
        return nearest is { } bound
            ? [new Fix($"Change to `{Words.Number(bound)}`", scalar.Span, Words.Number(bound), isPreferred: false)]
            : [];
    }
}
