using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class MissingRequiredRule : SchemaRule
{
    public override string Code => "missing-required";

    public override string Title => "Required field is missing";

    public override RuleDoc Doc => new(
        "An object lacks a field that it must have, or the field stands there without a value. A field that the API server fills in by itself is never missing.",
        "The API server rejects the object. Patches of a kustomization and templates are not checked for this: what they leave out may come from elsewhere.",
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
            port: 80
        """,
        "Inserts the field where the schema has it, with the fields that it needs itself. The value is a placeholder, so look at it: only a field with a single possible value, or one that a field beside it names (`requestRedirect` goes with `type: RequestRedirect`), is filled in unseen.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        JsonValue? named = NamedBeside(issue);
        JsonValue value = named ?? Skeleton.Of(issue.Schema, issue.Name);
        ImmutableArray<Fix> fixes = issue.Node is YamlMapping mapping
            && new YamlEdits(context.Document).Insert(mapping, issue.Entry, issue.Name, value, issue.Owner) is { } insertion
            ? [new Fix(FixTitle(issue, value), [insertion], named is not null || Skeleton.IsCertain(issue.Schema))]
            : [];
        string place = Words.In(issue.Field) is { Length: > 0 } inside ? inside : $" in {context.Object.Kind}";
        string message = issue.Entry is null
            ? $"{Words.Shown(issue.Name)} is required{place} and missing."
            : $"{Words.Shown(issue.Name)} is required{place} and has no value.";
        TextSpan span = issue.Entry?.Key.Span ?? Spans.OfHead(issue.Node, context.Document);
        context.Report(this, span, issue.Field, message, fixes);
    }

    /// <summary>The value that a field beside the missing one names, as in a union; null when none does, or several do.</summary>
    private static JsonValue? NamedBeside(SchemaIssue issue)
    {
        JsonValue? found = null;
        foreach (YamlEntry entry in (issue.Node as YamlMapping)?.Entries ?? [])
        {
            foreach (JsonValue value in issue.Schema.Enum)
            {
                if (value.Kind == JsonKind.String && value.Text.Equals(entry.Name, StringComparison.OrdinalIgnoreCase))
                {
                    if (found is not null)
                    {
                        return null;
                    }
                    found = value;
                }
            }
        }
        return found;
    }

    private static string FixTitle(SchemaIssue issue, JsonValue value) => value.Kind is JsonKind.Object or JsonKind.Array
        ? $"Add `{issue.Name}`"
        : $"Add `{issue.Name}: {YamlText.Flow(value)}`";
}
