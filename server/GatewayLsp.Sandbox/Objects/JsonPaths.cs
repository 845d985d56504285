using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayLsp.Sandbox.Objects;

/// <summary>Short ways to what stands in an object.</summary>
internal static class JsonPaths
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            node = node is JsonObject members && members.TryGetPropertyValue(name, out JsonNode? child) ? child : null;
        }
        return node;
    }

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <summary>Null when it is no whole number.</summary>
    public static long? Number(this JsonNode? node)
    {
        if (node is not JsonValue value)
        {
            return null;
        }
        if (value.TryGetValue(out long number))
        {
            return number;
        }
        return value.TryGetValue(out int small) ? small
            : value.TryGetValue(out JsonElement element) && element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out number) ? number : null;
    }

    public static bool? Truth(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool truth) ? truth : null;

    /// <summary>What a column or selector shows of a value.</summary>
    public static string Shown(this JsonNode? node) => node switch
    {
        null => "",
        JsonValue => node.Text() ?? node.Number()?.ToString(CultureInfo.InvariantCulture) ?? Json.Text(node),
        _ => Json.Text(node),
    };

    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? Enumerable.Empty<JsonNode?>();

    /// <summary>Members whose values are texts: labels, annotations, a selector.</summary>
    public static Dictionary<string, string> Texts(this JsonNode? node)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in node as JsonObject ?? [])
        {
            if (value.Text() is { } text)
            {
                found[name] = text;
            }
        }
        return found;
    }

    /// <summary>The object under a name, made when there is none.</summary>
    public static JsonObject Child(this JsonObject node, string name)
    {
        if (node[name] is JsonObject child)
        {
            return child;
        }
        child = [];
        node[name] = child;
        return child;
    }

    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();

    /// <summary>Time as the API writes it: seconds, UTC.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static JsonArray TextsOf(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
