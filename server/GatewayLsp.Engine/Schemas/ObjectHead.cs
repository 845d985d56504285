using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Puts our <c>apiVersion</c>, <c>kind</c> and <c>metadata</c> into the schema of a defined kind: definitions say no more of
/// them than that they are there.
/// </summary>
internal static class ObjectHead
{
    private static readonly string[] Names = ["apiVersion", "kind", "metadata"];

    public static SchemaNode Around(Gvk gvk, ResourceScope scope, SchemaNode fields)
    {
        var model = Model(scope);
        var properties = ImmutableArray.CreateBuilder<SchemaProperty>();
        properties.Add(Head(model, "apiVersion", gvk.ApiVersion));
        properties.Add(Head(model, "kind", gvk.Kind));
        properties.Add(model.Find("metadata")!);
        foreach (var property in fields.Properties)
        {
            if (Array.IndexOf(Names, property.Name) < 0)
            {
                properties.Add(property);
            }
        }

        return new SchemaNode
        {
            Types = SchemaTypes.Object,
            Properties = properties.ToImmutable(),
            Required = ["apiVersion", "kind", .. fields.Required.Where(name => Array.IndexOf(Names, name) < 0)],
            PreserveUnknownFields = fields.PreserveUnknownFields,
            AdditionalProperties = fields.AdditionalProperties,
            AllOf = fields.AllOf,
            AnyOf = fields.AnyOf,
            OneOf = fields.OneOf,
            Not = fields.Not,
            Validations = fields.Validations,
            Doc = fields.Doc,
        };
    }

    /// <summary>Fields that an embedded object has though its definition need not say so.</summary>
    public static ImmutableArray<SchemaProperty> Complete(ImmutableArray<SchemaProperty> properties)
    {
        var model = Model(ResourceScope.Namespaced);
        var missing = Names.Where(name => !properties.Any(property => property.Name == name)).Select(name => model.Find(name)! with { IsRequired = false });
        return [.. missing, .. properties];
    }

    private static SchemaProperty Head(SchemaNode model, string name, string value)
    {
        var given = model.Find(name)!.Schema;
        var schema = new SchemaNode { Types = given.Types, Doc = given.Doc, Values = [new KnownValue(JsonValue.Of(value), default, false)] };
        return new SchemaProperty(name, schema, IsRequired: true, IsExperimental: false);
    }

    // Any bundled kind has the same head; these two are always there.
    private static SchemaNode Model(ResourceScope scope) => SchemaCatalog.Bundled.Find(
        scope == ResourceScope.Cluster ? new Gvk("gateway.networking.k8s.io", "v1", "GatewayClass") : new Gvk("gateway.networking.k8s.io", "v1", "Gateway"),
        Channel.Standard)!;
}
