using System.Buffers;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster;

/// <summary>
/// An object as a cluster has it. Immutable; kept as the text that came over the wire, since of thousands that are watched
/// few are ever read: <see cref="Body"/> is parsed when asked for and forgotten under memory pressure.
/// </summary>
public sealed class ObservedResource
{
    private const int MaxDepth = 128;

    private readonly byte[] _json;
    private WeakReference<JsonDocument>? _body;
    private int _health = -1;

    private ObservedResource(ServedKind kind, byte[] json, bool isMetadataOnly)
    {
        Kind = kind;
        _json = json;
        IsMetadataOnly = isMetadataOnly;
    }

    public ServedKind Kind { get; }

    public Gvk Gvk => Kind.Gvk;

    public string ApiVersion => Kind.Gvk.ApiVersion;

    /// <summary>Empty for cluster-scoped kinds.</summary>
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>Opaque; means something at its own cluster only.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Counts changes of the spec; 0 for kinds that don't count.</summary>
    public long Generation { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Set when deletion was asked for and finalizers hold it back.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>True when spec, status and data were never asked for: they are unknown, not empty.</summary>
    public bool IsMetadataOnly { get; }

    /// <summary>The object as UTF-8 JSON, <c>apiVersion</c> and <c>kind</c> included.</summary>
    public ReadOnlyMemory<byte> Json => _json;

    public ObjectKey Key => new(Kind.Group, Kind.Kind, Namespace, Name);

    public ResourceAddress Address => new(Kind, Namespace, Name);

    /// <summary>The object as a tree. Good as long as the caller holds on to it.</summary>
    public JsonElement Body
    {
        get
        {
            if (_body is { } weak && weak.TryGetTarget(out JsonDocument? known))
            {
                return known.RootElement;
            }
            // Never disposed: its memory is the array above and an array that the collector takes.
            var parsed = JsonDocument.Parse(_json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            _body = new WeakReference<JsonDocument>(parsed);
            return parsed.RootElement;
        }
    }

    /// <summary>What the status comes to, remembered: it is counted over all objects after each change of one.</summary>
    public LiveHealth Health
    {
        get
        {
            int known = Volatile.Read(ref _health);
            if (known < 0)
            {
                Volatile.Write(ref _health, known = (int)LiveConditions.Of(this).Health);
            }
            return (LiveHealth)known;
        }
    }

    /// <summary>The value of a label; null when the object lacks it.</summary>
    public string? Label(string name) => Entry("labels", name);

    /// <summary>The value of an annotation; null when the object lacks it.</summary>
    public string? Annotation(string name) => Entry("annotations", name);

    public override string ToString() => Key.ToString();

    /// <summary>Reads an object. Null when it is none: no name, not an object.</summary>
    /// <param name="kind">The kind asked for; items of lists may leave out their heads.</param>
    /// <param name="keepManagedFields">They are half of many objects; only apply and restore need them.</param>
    public static ObservedResource? From(JsonElement element, ServedKind kind, bool keepManagedFields = true, bool isMetadataOnly = false)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("metadata", out JsonElement metadata)
            || metadata.ValueKind != JsonValueKind.Object || Text(metadata, "name") is not { Length: > 0 } name)
        {
            return null;
        }
        return new ObservedResource(kind, Rewritten(element, kind, keepManagedFields, isMetadataOnly), isMetadataOnly)
        {
            Namespace = Text(metadata, "namespace") ?? "",
            Name = name,
            Uid = Text(metadata, "uid") ?? "",
            ResourceVersion = Text(metadata, "resourceVersion") ?? "",
            Generation = metadata.TryGetProperty("generation", out JsonElement generation) && generation.ValueKind == JsonValueKind.Number
                && generation.TryGetInt64(out long count) ? count : 0,
            CreatedAt = Time(metadata, "creationTimestamp"),
            DeletedAt = Time(metadata, "deletionTimestamp"),
        };
    }

    /// <summary>Reads an object from JSON text; null when it is none.</summary>
    public static ObservedResource? Parse(ReadOnlyMemory<byte> json, ServedKind kind, bool keepManagedFields = true, bool isMetadataOnly = false)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return From(document.RootElement, kind, keepManagedFields, isMetadataOnly);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Rewritten(JsonElement element, ServedKind kind, bool keepManagedFields, bool isMetadataOnly)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion"u8, kind.Gvk.ApiVersion);
            json.WriteString("kind"u8, kind.Kind);
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.NameEquals("apiVersion"u8) || property.NameEquals("kind"u8))
                {
                    continue;
                }
                if (property.NameEquals("metadata"u8))
                {
                    WriteMetadata(json, property.Value, keepManagedFields, isMetadataOnly);
                }
                else if (!isMetadataOnly)
                {
                    property.WriteTo(json);
                }
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, JsonElement metadata, bool keepManagedFields, bool isMetadataOnly)
    {
        json.WriteStartObject("metadata"u8);
        foreach (JsonProperty one in metadata.EnumerateObject())
        {
            if (one.NameEquals("managedFields"u8) && !keepManagedFields)
            {
                continue;
            }
            if (isMetadataOnly && one.NameEquals("annotations"u8) && one.Value.ValueKind == JsonValueKind.Object)
            {
                // kubectl keeps the whole object there, a Secret's data included.
                json.WriteStartObject("annotations"u8);
                foreach (JsonProperty annotation in one.Value.EnumerateObject())
                {
                    if (!annotation.NameEquals("kubectl.kubernetes.io/last-applied-configuration"u8))
                    {
                        annotation.WriteTo(json);
                    }
                }
                json.WriteEndObject();
                continue;
            }
            one.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private string? Entry(string map, string name) =>
        Body.TryGetProperty("metadata", out JsonElement metadata) && metadata.TryGetProperty(map, out JsonElement entries)
        && entries.ValueKind == JsonValueKind.Object ? Text(entries, name) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset? Time(JsonElement element, string name) =>
        Text(element, name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
