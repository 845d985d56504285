using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>
/// Takes one change back out of an object that may have changed since: what is still as the change left it becomes as it was
/// before; what others changed since stays, and is named.
/// </summary>
internal sealed class ThreeWayMerge
{
    private ThreeWayMerge()
    {
    }

    /// <summary>Fields that the change touched and that others changed since.</summary>
    public List<string> Kept { get; } = [];

    public static (JsonObject Merged, List<string> Kept) Undo(JsonObject before, JsonObject after, JsonObject current, SchemaNode? schema)
    {
        var merge = new ThreeWayMerge();
        return (merge.Map(before, after, current, schema, ""), merge.Kept);
    }

    private JsonObject Map(JsonObject before, JsonObject after, JsonObject current, SchemaNode? schema, string path)
    {
        var merged = new JsonObject();
        foreach (string name in before.Concat(current).Select(one => one.Key).Distinct(StringComparer.Ordinal))
        {
            (bool isThere, JsonNode? value) = Value(Part(before, name), Part(after, name), Part(current, name), schema?.Child(name), FieldPath.Child(path, name));
            if (isThere)
            {
                merged[name] = value;
            }
        }
        return merged;
    }

    private (bool IsThere, JsonNode? Value) Value((bool IsThere, JsonNode? Value) before, (bool IsThere, JsonNode? Value) after, (bool IsThere, JsonNode? Value) current,
        SchemaNode? schema, string path)
    {
        if (Same(after, current))
        {
            return Copy(before);
        }
        if (Same(before, after) || Same(before, current))
        {
            return Copy(current);
        }
        if (before.Value is JsonObject x && after.Value is JsonObject y && current.Value is JsonObject z)
        {
            return (true, Map(x, y, z, schema, path));
        }
        if (before.Value is JsonArray a && after.Value is JsonArray b && current.Value is JsonArray c
            && ListKeys.Of(a, schema) is { } old && ListKeys.Of(b, schema) is { } ours && ListKeys.Of(c, schema) is { } now)
        {
            var merged = new JsonArray();
            foreach (string key in now.Concat(old).Distinct(StringComparer.Ordinal))
            {
                (bool isThere, JsonNode? value) = Value(Part(a, old, key), Part(b, ours, key), Part(c, now, key), schema!.Items, $"{path}[{key}]");
                if (isThere)
                {
                    merged.Add(value);
                }
            }
            return (true, merged);
        }
        Kept.Add(path);
        return Copy(current);
    }

    private static (bool, JsonNode?) Part(JsonObject map, string name) => map.TryGetPropertyValue(name, out JsonNode? value) ? (true, value) : (false, null);

    private static (bool, JsonNode?) Part(JsonArray list, List<string> keys, string key) => keys.IndexOf(key) is >= 0 and var at ? (true, list[at]) : (false, null);

    private static bool Same((bool IsThere, JsonNode? Value) a, (bool IsThere, JsonNode? Value) b) => a.IsThere == b.IsThere && JsonTrees.Same(a.Value, b.Value);

    private static (bool, JsonNode?) Copy((bool IsThere, JsonNode? Value) one) => (one.IsThere, one.Value?.DeepClone());
}
