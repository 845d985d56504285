using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class OutOfRangeRule : SchemaRule
{
    private const int MaxPort = 65535;

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
        "Offers the nearest number that is allowed, except for ports. It is never applied unseen, because more often than not another one is meant.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        var scalar = (YamlScalar)issue.Node;
        context.Report(this, Spans.OfValue(scalar, context.Document), issue.Field,
            $"{Words.Capital(Words.Subject(issue))} is {Words.Shown(scalar.Value)}; it must be {Allowed(issue.Schema, scalar)}.",
            Fixes(issue.Schema, scalar));
    }

    /// <summary>The limit that the number breaks, with the one at the other end if the field has both. What merely the integer's size implies is no number worth knowing.</summary>
    private static string Allowed(SchemaNode schema, YamlScalar scalar)
    {
        (bool isBelow, bool isAbove) = SchemaValidator.Breaks(scalar, schema);
        if (!isBelow && !isAbove)
        {
            return schema.MultipleOf is { } step && SchemaValidator.IsWithinFormat(scalar, schema) ? $"a multiple of {Words.Number(step)}"
                : schema.Format == "int32" ? "an integer of 32 bits" : "an integer of 64 bits";
        }
        string least = schema.ExclusiveMinimum ? "more than" : "at least";
        string most = schema.ExclusiveMaximum ? "less than" : "at most";
        return (schema.Minimum, schema.Maximum) switch
        {
            ({ } low, { } high) when !schema.ExclusiveMinimum && !schema.ExclusiveMaximum => $"from {Words.Number(low)} to {Words.Number(high)}",
            ({ } low, { } high) => $"{least} {Words.Number(low)} and {most} {Words.Number(high)}",
            ({ } low, null) => $"{least} {Words.Number(low)}",
            (null, var high) => $"{most} {Words.Number(high!.Value)}",
        };
    }

    private static ImmutableArray<Fix> Fixes(SchemaNode schema, YamlScalar scalar)
    {
        // Of ports, the nearest one is no better than any other.
        if (schema.Maximum == MaxPort || schema.MultipleOf is not null || schema.ExclusiveMinimum || schema.ExclusiveMaximum || scalar.Properties is not null)
        {
            return [];
        }
        (bool isBelow, bool isAbove) = SchemaValidator.Breaks(scalar, schema);
        decimal? nearest = isBelow ? schema.Minimum : isAbove ? schema.Maximum : null;
        return nearest is { } bound
            ? [new Fix($"Change to `{Words.Number(bound)}`", scalar.Span, Words.Number(bound), isPreferred: false)]
            : [];
    }
}
