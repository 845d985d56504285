using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class TypeFieldMismatchRule : FieldsRule
{
    public override string Code => "type-field-mismatch";

    public override string Title => "Fields that do not fit the type";

    public override RuleDoc Doc => new(
        "An object says by its `type` (or `protocol`, `mode`) which field it uses, and that field is missing or another one is filled in.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestRedirect
              urlRewrite:
                hostname: www.example.com
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - filters:
            - type: RequestRedirect
              requestRedirect:
                hostname: www.example.com
        """,
        "Adds the field with values to replace, corrects the type, or removes the field that does not belong there. None is applied unseen, because each means something else.");

    private static readonly string[] Discriminators = ["type", "protocol", "mode"];

    public override void Report(BrokenRule broken, ObjectContext context)
    {
        if (broken.Value is not PlainMap map || Array.Find(Discriminators, d => broken.Schema.Find(d) is not null) is not { } discriminator)
        {
            base.Report(broken, context);
            return;
        }
        string type = TextOf(map, discriminator);
        string? wanted = FieldOf(broken.Schema, type);
        SchemaProperty[] strays = [.. Members(broken.Schema, discriminator).Where(p => p.Name != wanted && map.Find(p.Name) is not (null or PlainText { Value: "" }))];
        YamlNode? place = NodeOf(map, discriminator);
        foreach (SchemaProperty stray in strays)
        {
            if (!broken.Rule.Expression.Contains(stray.Name, StringComparison.Ordinal) || NodeOf(map, stray.Name) is not { } node)
            {
                continue;
            }
            // Without the wanted field, taking this one out only makes another fault; then the type is more likely the slip.
            bool isComplete = wanted is null || map.Find(wanted) is not null;
            ImmutableArray<Fix> fixes = isComplete ? Removal(node, context)
                : strays.Length == 1 && TypeOf(broken.Schema, discriminator, stray.Name) is { } other
                ? Change(place, other, $"Change `{discriminator}` to {Words.Shown(other)}") : [];
            context.Report(this, (node.Entry?.Key ?? node).Span, broken.Field, broken.Message, fixes, broken.Reason);
            return;
        }
        if (strays.Length == 0)
        {
            // With a stray, the field that is missing is the same slip seen from the other side.
            Report(broken, place ?? broken.Node, context, wanted is null ? [] : Addition(broken, wanted, context));
        }
    }

    /// <summary>The fields of which the discriminator chooses one.</summary>
    private static IEnumerable<SchemaProperty> Members(SchemaNode schema, string discriminator) =>
        schema.Properties.Where(p => p.Name != discriminator && TypeOf(schema, discriminator, p.Name) is not null);

    private static string? TypeOf(SchemaNode schema, string discriminator, string field)
    {
        foreach (JsonValue value in schema.Find(discriminator)!.Schema.Enum)
        {
            if (FieldOf(schema, value.Text) == field)
            {
                return value.Text;
            }
        }
        return null;
    }

    /// <summary>A type and its field have the same name, case apart, but for one.</summary>
    private static string? FieldOf(SchemaNode schema, string type)
    {
        string name = type == "ClientAndServer" ? "clientCertificateRef" : type;
        foreach (SchemaProperty property in schema.Properties)
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return property.Name;
            }
        }
        return null;
    }
}
