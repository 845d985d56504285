using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing.InMemory;

/// <summary>
/// The fields of an object as paths in the form of FieldsV1: <c>f:spec</c>, <c>k:{"name":"http"}</c>, <c>v:"a"</c>. Lists without
/// keys, atomic maps and scalars are leaves.
/// </summary>
internal static class FieldSet
{
    private static readonly HashSet<string> Unowned = new(StringComparer.Ordinal)
    {
        "f:apiVersion", "f:kind", "f:metadata/f:name", "f:metadata/f:namespace", "f:metadata/f:uid", "f:metadata/f:resourceVersion",
        "f:metadata/f:generation", "f:metadata/f:creationTimestamp", "f:metadata/f:managedFields", "f:metadata/f:deletionTimestamp",
    };

    /// <summary>Every leaf with its value; elements of keyed lists themselves have the value null.</summary>
    public static SortedDictionary<string, JsonNode?> Of(JsonObject value, SchemaNode? schema)
    {
        var found = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? child) in value)
        {
            Add(child, Child(schema, name), "f:" + name, found);
        }
        return found;
    }

    /// <summary>The schema of a member; metadata's maps are maps of single entries.</summary>
    private static SchemaNode? Child(SchemaNode? schema, string name) => schema?.Child(name);

    private static void Add(JsonNode? value, SchemaNode? schema, string path, SortedDictionary<string, JsonNode?> found)
    {
        if (Unowned.Contains(path))
        {
            return;
        }
        switch (value)
        {
            case JsonObject { Count: > 0 } map when schema?.MapType != SchemaMapType.Atomic:
                foreach ((string name, JsonNode? child) in map)
                {
                    Add(child, Child(schema, name), $"{path}/f:{name}", found);
                }
                break;
            case JsonArray list when schema?.ListType == SchemaListType.Map && list.All(item => item is JsonObject):
                foreach (JsonObject item in list.Cast<JsonObject>())
                {
                    string element = $"{path}/{KeyOf(item, schema)}";
                    found[element] = null;
                    foreach ((string name, JsonNode? child) in item)
                    {
                        Add(child, Child(schema.Items, name), $"{element}/f:{name}", found);
                    }
                }
                break;
            case JsonArray list when schema?.ListType == SchemaListType.Set:
                foreach (JsonNode? item in list)
                {
                    found[$"{path}/v:{item?.ToJsonString()}"] = item?.DeepClone();
                }
                break;
            default:
                found[path] = value?.DeepClone();
                break;
        }
    }

    public static string KeyOf(JsonObject item, SchemaNode schema)
    {
        var key = new JsonObject();
        foreach (string name in schema.ListMapKeys)
        {
            JsonNode? value = item[name]?.DeepClone() ?? Default(schema.Items?.Child(name));
            if (value is not null)
            {
                key[name] = value;
            }
        }
        return "k:" + key.ToJsonString();
    }

    public static JsonNode? Default(SchemaNode? schema) => schema?.Default is { } value ? JsonNode.Parse(value.ToString()!) : null;

    /// <summary>FieldsV1 from paths.</summary>
    public static JsonObject ToFields(IEnumerable<string> paths)
    {
        var root = new JsonObject();
        foreach (string path in paths)
        {
            JsonObject at = root;
            foreach (string step in Split(path))
            {
                if (at[step] is not JsonObject next)
                {
                    next = [];
                    at[step] = next;
                }
                at = next;
            }
            if (path.Contains("k:{", StringComparison.Ordinal) && Split(path)[^1].StartsWith("k:", StringComparison.Ordinal))
            {
                at["."] = new JsonObject();
            }
        }
        return root;
    }

    /// <summary>The field as the API server writes it in causes: <c>.spec.listeners[name="http"].port</c>.</summary>
    public static string ToField(string path)
    {
        var text = new StringBuilder();
        foreach (string step in Split(path))
        {
            if (step.StartsWith("f:", StringComparison.Ordinal))
            {
                text.Append('.').Append(step.AsSpan(2));
            }
            else if (step.StartsWith("k:", StringComparison.Ordinal))
            {
                var key = (JsonObject)JsonNode.Parse(step[2..])!;
                text.Append('[').AppendJoin(',', key.Select(one => $"{one.Key}={one.Value?.ToJsonString()}")).Append(']');
            }
            else
            {
                text.Append('[').Append('=').Append(step.AsSpan(2)).Append(']');
            }
        }
        return text.ToString();
    }

    /// <summary>Steps of a path. A slash may stand in a name (annotations, keys), but never before <c>f:</c>, <c>k:{</c> or <c>v:</c> there.</summary>
    public static List<string> Split(string path)
    {
        var steps = new List<string>();
        int start = 0;
        for (int i = 0; i <= path.Length; i++)
        {
            if (i == path.Length || (path[i] == '/' && IsStep(path.AsSpan(i + 1))))
            {
                steps.Add(path[start..i]);
                start = i + 1;
            }
        }
        return steps;

        static bool IsStep(ReadOnlySpan<char> rest) => rest.StartsWith("f:") || rest.StartsWith("k:{") || rest.StartsWith("v:");
    }

    public static bool Same(JsonNode? a, JsonNode? b) => JsonNode.DeepEquals(a, b);

    public static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
