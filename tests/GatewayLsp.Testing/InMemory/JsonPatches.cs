using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing.InMemory;

/// <summary>RFC 7386 and RFC 6902 on JSON nodes, and the defaults of a schema.</summary>
internal static class JsonPatches
{
    public static void Merge(JsonObject into, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
            {
                into.Remove(name);
            }
            else if (value is JsonObject map)
            {
                if (into[name] is not JsonObject there)
                {
                    there = [];
                    into[name] = there;
                }
                Merge(there, map);
            }
            else
            {
                into[name] = value.DeepClone();
            }
        }
    }

    /// <summary>Applies operations in order. The message of the first that does not fit, or null.</summary>
    public static string? Apply(JsonObject root, JsonArray operations)
    {
        foreach (JsonObject operation in operations.Cast<JsonObject>())
        {
            string op = (string)operation["op"]!;
            string path = (string)operation["path"]!;
            string[] steps = [.. path.Split('/').Skip(1).Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            JsonNode? parent = root;
            foreach (string step in steps[..^1])
            {
                parent = Get(parent, step);
            }
            bool fits = op switch
            {
                "test" => JsonNode.DeepEquals(Get(parent, steps[^1]), operation["value"]),
                "remove" => Remove(parent, steps[^1]),
                "add" => Add(parent, steps[^1], operation["value"]),
                "replace" => Remove(parent, steps[^1]) && Add(parent, steps[^1], operation["value"]),
                _ => false,
            };
            if (!fits)
            {
                return $"The patch does not fit: {op} {path}.";
            }
        }
        return null;
    }

    public static void AddDefaults(JsonNode? node, SchemaNode? schema)
    {
        if (schema is null)
        {
            return;
        }
        if (node is JsonObject map)
        {
            foreach (SchemaProperty property in schema.Properties)
            {
                if (!map.ContainsKey(property.Name) && FieldSet.Default(property.Schema) is { } value)
                {
                    map[property.Name] = value;
                }
            }
            foreach ((string name, JsonNode? child) in map.ToList())
            {
                AddDefaults(child, schema.Child(name));
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                AddDefaults(item, schema.Items);
            }
        }
    }

    private static JsonNode? Get(JsonNode? node, string step) => node switch
    {
        JsonObject map => map[step],
        JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out int index) && index < list.Count => list[index],
        _ => null,
    };

    private static bool Remove(JsonNode? node, string step)
    {
        if (node is JsonArray list && int.TryParse(step, CultureInfo.InvariantCulture, out int index) && index < list.Count)
        {
            list.RemoveAt(index);
            return true;
        }
        return node is JsonObject map && map.Remove(step);
    }

    private static bool Add(JsonNode? node, string step, JsonNode? value)
    {
        switch (node)
        {
            case JsonObject map:
                map[step] = value?.DeepClone();
                return true;
            case JsonArray list when step == "-":
                list.Add(value?.DeepClone());
                return true;
            case JsonArray list when int.TryParse(step, CultureInfo.InvariantCulture, out int index) && index <= list.Count:
                list.Insert(index, value?.DeepClone());
                return true;
            default:
                return false;
        }
    }
}
