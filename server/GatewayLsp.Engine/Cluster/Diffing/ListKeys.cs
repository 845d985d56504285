using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>How items of a list are told apart: by their keys where the schema says so, else by position.</summary>
internal static class ListKeys
{
    /// <summary>The keys of all items, in order; null for a list whose items have none, or not each its own.</summary>
    public static List<string>? Of(JsonArray list, SchemaNode? schema)
    {
        if (schema is null || schema.ListType is not (SchemaListType.Map or SchemaListType.Set))
        {
            return null;
        }
        var keys = new List<string>(list.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonNode? item in list)
        {
            if (KeyOf(item, schema) is not { } key || !seen.Add(key))
            {
                return null;
            }
            keys.Add(key);
        }
        return keys;
    }

    private static string? KeyOf(JsonNode? item, SchemaNode schema)
    {
        if (schema.ListType == SchemaListType.Set)
        {
            return item?.ToJsonString();
        }
        if (item is not JsonObject map)
        {
            return null;
        }
        var parts = new List<string>(schema.ListMapKeys.Length);
        foreach (string name in schema.ListMapKeys)
        {
            string? value = map.TryGetPropertyValue(name, out JsonNode? found) && found is not null
                ? found.ToJsonString()
                : schema.Items?.Child(name)?.Default?.ToString();
            if (value is not null)
            {
                parts.Add($"{name}={value}");
            }
        }
        return string.Join(',', parts);
    }
}
