using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>Small questions asked of JSON trees.</summary>
public static class JsonTrees
{
    private const int MaxDepth = 128;

    /// <summary>The object of UTF-8 JSON; null when it is none.</summary>
    public static JsonObject? Parse(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            return JsonNode.Parse(utf8.Span, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth }) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (ArgumentException)
        {
            // The tree refuses keys that are there twice.
            return null;
        }
    }

    public static JsonObject? ToTree(this ObservedResource resource) => Parse(resource.Json);

    public static byte[] ToUtf8(this JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { MaxDepth = MaxDepth, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(json);
        }
        return stream.ToArray();
    }

    /// <summary>The member at a path of keys; null as soon as one is absent.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (node is not JsonObject map || !map.TryGetPropertyValue(key, out node))
            {
                return null;
            }
        }
        return node;
    }

    /// <summary>The text of a string; null for everything else.</summary>
    public static string? Text(this JsonNode? node) =>
        node is System.Text.Json.Nodes.JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Number(this JsonNode? node) =>
        node is System.Text.Json.Nodes.JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;

    /// <summary>Equal as values: the order of keys and the way a number is written play no role.</summary>
    public static bool Same(JsonNode? a, JsonNode? b)
    {
        switch (a, b)
        {
            case (null, null):
                return true;
            case (JsonObject x, JsonObject y):
                if (x.Count != y.Count)
                {
                    return false;
                }
                foreach ((string name, JsonNode? value) in x)
                {
                    if (!y.TryGetPropertyValue(name, out JsonNode? other) || !Same(value, other))
                    {
                        return false;
                    }
                }
                return true;
            case (JsonArray x, JsonArray y):
                if (x.Count != y.Count)
                {
                    return false;
                }
                for (int i = 0; i < x.Count; i++)
                {
                    if (!Same(x[i], y[i]))
                    {
                        return false;
                    }
                }
                return true;
            case (System.Text.Json.Nodes.JsonValue x, System.Text.Json.Nodes.JsonValue y):
                return x.GetValueKind() == y.GetValueKind() && (x.GetValueKind() switch
                {
                    JsonValueKind.String => x.GetValue<string>() == y.GetValue<string>(),
                    JsonValueKind.Number => SameNumber(x.ToJsonString(), y.ToJsonString()),
                    _ => true,
                });
            default:
                return false;
        }
    }

    /// <summary>The tree of a default; null for null.</summary>
    public static JsonNode? Of(Schemas.JsonValue value)
    {
        switch (value.Kind)
        {
            case JsonKind.Object:
                var map = new JsonObject();
                foreach ((string name, Schemas.JsonValue member) in value.Members)
                {
                    map[name] = Of(member);
                }
                return map;
            case JsonKind.Array:
                var list = new JsonArray();
                foreach (Schemas.JsonValue item in value.Items)
                {
                    list.Add(Of(item));
                }
                return list;
            case JsonKind.String:
                return System.Text.Json.Nodes.JsonValue.Create(value.Text);
            case JsonKind.Null:
                return null;
            default:
                return JsonNode.Parse(value.Text);
        }
    }

    private static bool SameNumber(string a, string b) =>
        a == b || (double.TryParse(a, CultureInfo.InvariantCulture, out double x) && double.TryParse(b, CultureInfo.InvariantCulture, out double y) && x.Equals(y));
}
