using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>How server-side apply sees a value: what is one leaf, and how items of a list are told apart.</summary>
internal static class TypedValues
{
    public static bool IsLeaf(JsonNode? value, SchemaNode? schema) => value switch
    {
        JsonObject => schema is { MapType: SchemaMapType.Atomic },
        JsonArray => !IsAssociative(schema),
        _ => true,
    };

    /// <summary>A list whose items have owners of their own.</summary>
    public static bool IsAssociative(SchemaNode? schema) =>
        schema is { ListType: SchemaListType.Set } or { ListType: SchemaListType.Map, ListMapKeys.IsEmpty: false };

    /// <summary>Steps to the items of an associative list, in order; of items with the same keys only the first counts.</summary>
    public static List<(string Step, JsonNode? Item)> Items(JsonArray list, SchemaNode schema)
    {
        var found = new List<(string, JsonNode?)>(list.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode? item in list)
        {
            string step = Step(item, schema);
            if (seen.Add(step))
            {
                found.Add((step, item));
            }
        }
        return found;
    }

    public static SchemaNode? Child(SchemaNode? schema, string name) => schema?.Child(name);

    private static string Step(JsonNode? item, SchemaNode schema)
    {
        if (schema.ListType == SchemaListType.Set)
        {
            return "v:" + Json.Text(item);
        }
        var keys = new JsonObject();
        foreach (string key in schema.ListMapKeys.Order(StringComparer.Ordinal))
        {
            JsonNode? value = item.At(key) ?? DefaultOf(schema.Items, key);
            if (value is not null)
            {
                keys[key] = value.DeepClone();
            }
        }
        return "k:" + Json.Text(keys);
    }

    /// <summary>A key that is left out has the value that the API server would write.</summary>
    private static JsonNode? DefaultOf(SchemaNode? item, string key)
    {
        SchemaNode? field = item?.Child(key);
        return field?.Default is { } value ? Decoding.OfDefault(value) : key == "protocol" ? JsonValue.Create("TCP") : null;
    }
}
