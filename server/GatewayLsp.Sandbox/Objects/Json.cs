using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayLsp.Sandbox.Objects;

/// <summary>JSON as the API carries it: bounded in depth and size, a name twice in an object noted and the last one kept.</summary>
internal static class Json
{
    /// <summary>Of what a client sends.</summary>
    public const int MaxDepth = 128;

    /// <summary>Of what the sandbox writes itself: owners of fields and the frame of a snapshot go deeper than the object.</summary>
    public const int MaxOwnDepth = 512;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = MaxOwnDepth };

    /// <summary>Escapes every sign that a placeholder begins with.</summary>
    private static readonly JsonWriterOptions Escaped = Plain with { Encoder = JavaScriptEncoder.Create(WithoutPlaceholders()) };

    /// <summary>Null when the text is no JSON value.</summary>
    public static JsonNode? Parse(ReadOnlyMemory<byte> text, List<string>? duplicates = null, int maxDepth = MaxDepth)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth });
            return Read(document.RootElement, "", duplicates);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonObject? ParseObject(string text) => Parse(System.Text.Encoding.UTF8.GetBytes(text)) as JsonObject;

    public static byte[] Write(JsonNode? node) => Write(node, Plain);

    /// <summary>A text in which the engine sees no templates: what a client sends is what it means.</summary>
    public static string Literal(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Write(node, Escaped));

    private static TextEncoderSettings WithoutPlaceholders()
    {
        var settings = new TextEncoderSettings(System.Text.Unicode.UnicodeRanges.All);
        settings.ForbidCharacters('{', '$', '%', '@', '<', '#', '[');
        return settings;
    }

    private static byte[] Write(JsonNode? node, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            Write(writer, node);
        }
        return buffer.WrittenSpan.ToArray();
    }

    public static string Text(JsonNode? node) => System.Text.Encoding.UTF8.GetString(Write(node));

    public static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        if (node is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            node.WriteTo(writer);
        }
    }

    /// <summary>Levels of objects and lists: 0 for a text or number.</summary>
    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject members => 1 + (members.Count == 0 ? 0 : members.Max(member => Depth(member.Value))),
        JsonArray items => 1 + (items.Count == 0 ? 0 : items.Max(Depth)),
        _ => 0,
    };

    public static bool Same(JsonNode? a, JsonNode? b) => JsonNode.DeepEquals(a, b);

    /// <summary>A copy with the members of all objects in order of their names: the same state is the same text, however it came about.</summary>
    public static JsonObject InOrder(JsonObject body)
    {
        var ordered = new JsonObject();
        foreach ((string name, JsonNode? value) in body.OrderBy(member => member.Key, StringComparer.Ordinal))
        {
            ordered[name] = InOrder(value);
        }
        return ordered;
    }

    private static JsonNode? InOrder(JsonNode? node) => node switch
    {
        JsonObject members => InOrder(members),
        JsonArray items => new JsonArray([.. items.Select(InOrder)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Read(JsonElement element, string path, List<string>? duplicates)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    string at = path.Length == 0 ? member.Name : path + "." + member.Name;
                    if (members.ContainsKey(member.Name))
                    {
                        duplicates?.Add(at);
                    }
                    members[member.Name] = Read(member.Value, at, duplicates);
                }
                return members;
            case JsonValueKind.Array:
                var items = new JsonArray();
                int index = 0;
                foreach (JsonElement item in element.EnumerateArray())
                {
                    items.Add(Read(item, $"{path}[{index++}]", duplicates));
                }
                return items;
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
