using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Schema;

internal sealed class InvalidTypeRule : SchemaRule
{
    public override string Code => "invalid-type";

    public override string Title => "Value of the wrong type";

    public override RuleDoc Doc => new(
        "A value has another type than its field: a quoted number where an integer belongs, a bare `yes` where a string belongs, one object where a list belongs.",
        "The API server rejects the object. YAML decides types by how a value looks: `80` is a number and `\"80\"` a string; `yes`, `on` and `n` without quotes are booleans, and `1.10` is a number that loses its zero.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - backendRefs:
            - name: store
              port: "80"
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
        "Quotes are added or taken away only where the text stays the same, and a single value becomes a list of one only where the list takes such values: safe to apply unseen. An object that lacks fields of an item, or has others, is wrapped only when you say so. A comma behind a number is taken away, a missing colon or space put in, and `store:80` written as `name` and `port`. Where a value can't be kept, no fix is offered.");

    public override void Report(SchemaIssue issue, ObjectContext context)
    {
        if (issue.Node is YamlScalar text && GluedColons.Find(text, issue.Schema, context.Document) is [var first, ..] glued)
        {
            context.Report(RuleCatalog.Find("missing-space")!, first.Key, issue.Field,
                $"A space is missing after `{first.Name}:`; without it this is a text, not an object.",
                [new Fix(glued.Count == 1 ? "Add a space" : "Add the spaces", [.. glued.Select(g => new SpanEdit(new TextSpan(g.Key.End, 0), " "))])]);
            return;
        }
        context.Report(this, Spans.OfValue(issue.Node, context.Document), issue.Field,
            $"{Words.Capital(Words.Subject(issue))} must be {Words.Types(issue.Schema)}, not {Words.Value(issue.Node)}.", Fixes(issue, context.Document));
    }

    private static ImmutableArray<Fix> Fixes(SchemaIssue issue, ManifestDocument document)
    {
        SchemaNode schema = issue.Schema;
        if (issue.Node is YamlScalar scalar && Retyped(scalar, schema) is { } text)
        {
            if (ScalarResolver.KindOf(scalar) == ScalarKind.Integer && SchemaFacts.Of(schema).Pattern is { } pattern && !pattern.IsMatch(scalar.Value))
            {
                // In quotes it would still be wrong; a number where a duration belongs is one of seconds as a rule.
                string seconds = scalar.Value + "s";
                return pattern.IsMatch(seconds) ? [new Fix($"Change to {Words.Shown(seconds)}", scalar.Span, seconds, isPreferred: false)] : [];
            }
            return [new Fix($"Change to {Words.Shown(text)}", scalar.Span, text)];
        }
        if (ItemText.Fix(issue.Node, schema, document) is { } written)
        {
            return [written];
        }
        if (schema.Types == SchemaTypes.Array && schema.Items is { } items && Takes(items, issue.Node)
            && new YamlEdits(document).WrapInList(issue.Node) is { Length: > 0 } wrapping)
        {
            return [new Fix("Make it a list of one", wrapping, IsWhole(issue.Node, items))];
        }
        if (schema.Types == SchemaTypes.Object && issue.Node is YamlSequence { IsFlow: false, Dashes: [var dash], Items: [YamlMapping { IsFlow: false }] } list
            && document.Text.AsSpan(dash, 2) is "- " && list.Properties is null)
        {
            return [new Fix("Take the object out of the list", new TextSpan(dash, 2), "  ")];
        }
        return [];
    }

    /// <summary>The same text with quotes or without, if that has the right type; null if nothing clear can be done.</summary>
    private static string? Retyped(YamlScalar scalar, SchemaNode schema)
    {
        if (scalar.Properties is not null || scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded || scalar.IsMissing)
        {
            return null;
        }
        ScalarKind kind = ScalarResolver.KindOf(scalar);
        bool isSure = schema.Enum.Length == 0;
        if (kind != ScalarKind.String)
        {
            bool wantsText = (schema.Types & SchemaTypes.String) != 0;
            return wantsText && (isSure || schema.Enum.Contains(JsonValue.Of(scalar.Value))) ? YamlText.Quoted(scalar.Value) : null;
        }
        // A comma at the end of a line is of JSON; the number before it is meant.
        string bare = (scalar.Style == ScalarStyle.Plain ? scalar.Value.TrimEnd(',') : scalar.Value).Trim();
        ScalarKind bareKind = ScalarResolver.KindOf(bare);
        if ((schema.Types & SchemaTypes.Boolean) != 0)
        {
            return bareKind == ScalarKind.Boolean ? ScalarResolver.Truth(bare) ? "true" : "false" : null;
        }
        bool wantsInteger = (schema.Types & (SchemaTypes.Integer | SchemaTypes.Number)) != 0;
        // A leading zero means octal without the quotes: another number.
        return wantsInteger && bareKind == ScalarKind.Integer && bare.All(char.IsAsciiDigit) && (bare.Length == 1 || bare[0] != '0') ? bare : null;
    }

    /// <summary>True for a scalar, and for an object that has the fields of an item: all that it must, none that it may not.</summary>
    private static bool IsWhole(YamlNode node, SchemaNode item) =>
        node is not YamlMapping mapping
        || (mapping.Entries.All(entry => item.PreserveUnknownFields || item.Child(entry.Name) is not null)
            && item.Required.All(name => item.Find(name)?.Schema.Default is not null || mapping.Find(name) is { } entry && !entry.Value.IsNull()));

    private static bool Takes(SchemaNode schema, YamlNode node) => node switch
    {
        YamlMapping => (schema.Types & SchemaTypes.Object) != 0,
        YamlScalar scalar => SchemaValidator.TakesScalar(scalar, ScalarResolver.KindOf(scalar), schema),
        _ => false,
    };
}
