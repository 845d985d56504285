using System.Reflection;
using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Expansion;
using GatewayLsp.SchemaTool.Sources;
using k8s.Models;

namespace GatewayLsp.SchemaTool.Core;

/// <summary>Makes schemas of models: names and types by reflection, words from the documentation, the rest from <see cref="CoreFacts"/>.</summary>
internal sealed class ModelSchemas(CoreFacts facts, XmlDocs docs, RefExpander refs)
{
    private readonly Dictionary<Type, JsonObject> _made = [];
    private readonly HashSet<Type> _open = [];

    public JsonObject Make(Type model)
    {
        if (_made.TryGetValue(model, out var made))
        {
            return (JsonObject)made.DeepClone();
        }

        if (facts.IsOpen(model.Name))
        {
            facts.Properties(model.Name);
            return new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };
        }

        if (!_open.Add(model))
        {
            throw new SchemaSourceException(model.Name, "the model contains itself: mark it open");
        }

        var schema = Object(model);
        _open.Remove(model);
        _made.Add(model, schema);
        return (JsonObject)schema.DeepClone();
    }

    private JsonObject Object(Type model)
    {
        var fields = ModelTypes.Properties(model).ToDictionary(pair => pair.Name, pair => pair.Property, StringComparer.Ordinal);
        facts.CheckNames(model.Name, fields.Keys);
        var required = facts.Required(model.Name);
        var ordered = facts.Order(model.Name).Concat(required).Concat(fields.Keys).Distinct(StringComparer.Ordinal);
        var extras = facts.Properties(model.Name);
        var properties = new JsonObject();
        foreach (var name in ordered)
        {
            properties[name] = Field(model, name, fields[name], extras[name] as JsonObject ?? []);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => (JsonNode?)name)]);
        }

        return schema;
    }

    private JsonObject Field(Type model, string name, PropertyInfo property, JsonObject extra)
    {
        var schema = OfType(property.PropertyType);

        // The decoder of built-in kinds takes null for "left out", everywhere.
        schema["nullable"] = true;
        var summary = docs.Summary(model.Name, property.Name);
        schema["description"] = DocText.Shorten(summary);
        if (DocText.Link(summary) is { } link)
        {
            schema["x-gateway-link"] = link;
        }

        foreach (var (keyword, value) in extra)
        {
            if (keyword is "items" or "additionalProperties" && schema[keyword] is JsonObject inner)
            {
                foreach (var (innerKeyword, innerValue) in (JsonObject)value!)
                {
                    inner[innerKeyword] = innerValue?.DeepClone();
                }
            }
            else
            {
                schema[keyword] = value?.DeepClone();
            }
        }

        return schema;
    }

    private JsonObject OfType(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(V1ObjectMeta))
        {
            return refs.Expand(type.Name, "core", new JsonObject { ["$ref"] = "meta.yaml#/TemplateMeta" });
        }

        if (ModelTypes.IsModel(type))
        {
            return Make(type);
        }

        if (type.IsGenericType)
        {
            var inner = OfType(type.GetGenericArguments()[^1]);
            return type.GetGenericTypeDefinition() == typeof(IDictionary<,>)
                ? new JsonObject { ["type"] = "object", ["additionalProperties"] = inner }
                : new JsonObject { ["type"] = "array", ["items"] = inner };
        }

        return Scalar(type);
    }

    private static JsonObject Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => new JsonObject { ["type"] = "string" },
        _ when type == typeof(bool) => new JsonObject { ["type"] = "boolean" },
        _ when type == typeof(int) => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new JsonObject { ["type"] = "integer", ["format"] = "int64" },
        _ when type == typeof(double) => new JsonObject { ["type"] = "number", ["format"] = "double" },
        _ when type == typeof(byte[]) => new JsonObject { ["type"] = "string", ["format"] = "byte" },
        _ when type == typeof(DateTime) => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        _ when type == typeof(IntOrString) => new JsonObject { ["x-kubernetes-int-or-string"] = true },

        // The decoder of quantities takes plain numbers too: cpu: 0.5
        _ when type == typeof(ResourceQuantity) => new JsonObject { ["type"] = new JsonArray("string", "integer", "number"), ["format"] = "quantity" },
        _ when type == typeof(object) => new JsonObject { ["x-kubernetes-preserve-unknown-fields"] = true },
        _ => throw new SchemaSourceException(type.Name, "no JSON type for this model type"),
    };
}
