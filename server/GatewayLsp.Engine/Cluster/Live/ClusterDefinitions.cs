using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>
/// The kinds of Gateway API as a cluster itself defines them (structural schema and CEL rules of its CustomResourceDefinitions):
/// for that cluster they count instead of the bundled ones.
/// </summary>
public sealed class ClusterDefinitions
{
    /// <summary>Larger definitions are not read: the API server takes none of more than about this size.</summary>
    private const int MaxSize = 4 << 20;

    private readonly ImmutableHashSet<Gvk> _kinds;

    private ClusterDefinitions(SchemaCatalog catalog, ImmutableHashSet<Gvk> kinds)
    {
        Catalog = catalog;
        _kinds = kinds;
    }

    /// <summary>The bundled kinds with those of the cluster in their place.</summary>
    public SchemaCatalog Catalog { get; }

    /// <summary>True for a version of a kind that the cluster defines, served or not.</summary>
    public bool Has(Gvk gvk) => _kinds.Contains(gvk);

    /// <param name="definitions">CustomResourceDefinitions as JSON.</param>
    public static ClusterDefinitions Read(IEnumerable<ReadOnlyMemory<byte>> definitions)
    {
        var kinds = ImmutableArray.CreateBuilder<CustomKind>();
        foreach (ReadOnlyMemory<byte> json in definitions)
        {
            if (Text(json) is { } text)
            {
                kinds.AddRange(CrdReader.Read(new ManifestDocument(text).Root.Resolved()));
            }
        }
        return new ClusterDefinitions(SchemaCatalog.Bundled.Replacing(kinds), [.. kinds.Select(one => one.Kind.Gvk)]);
    }

    /// <summary>JSON is YAML. Without the descriptions, which are most of it and which nobody asks for here.</summary>
    private static string? Text(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxSize)
        {
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
            var buffer = new ArrayBufferWriter<byte>(json.Length / 2);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 160, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                Copy(document.RootElement, writer, isSchemaMap: false);
            }
            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="isSchemaMap">The keys are names of fields: one may be called <c>description</c>.</param>
    private static void Copy(JsonElement element, Utf8JsonWriter writer, bool isSchemaMap)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    if (!isSchemaMap && (property.NameEquals("managedFields"u8) || property.NameEquals("annotations"u8)
                        || (property.NameEquals("description"u8) && property.Value.ValueKind == JsonValueKind.String)))
                    {
                        continue;
                    }
                    writer.WritePropertyName(property.Name);
                    Copy(property.Value, writer, !isSchemaMap && property.NameEquals("properties"u8));
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Copy(item, writer, isSchemaMap: false);
                }
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}

/// <summary>The Gateway API of a cluster, as the annotations of its definitions tell.</summary>
/// <param name="Version">As in <c>v1.3.0</c>.</param>
/// <param name="Channel"><c>standard</c> or <c>experimental</c>.</param>
public sealed record GatewayApiBundle(string Version, string Channel)
{
    private const string VersionAnnotation = "gateway.networking.k8s.io/bundle-version";
    private const string ChannelAnnotation = "gateway.networking.k8s.io/channel";

    /// <summary>Null when the cluster has no Gateway API, or does not tell.</summary>
    public static GatewayApiBundle? Of(ObservedCluster cluster)
    {
        ServedKind definition = ServedKind.CustomResourceDefinition;
        if (!cluster.Kinds.TryGetValue(definition.GroupKind, out ObservedKind? kind))
        {
            return null;
        }
        foreach (string name in (ReadOnlySpan<string>)["gateways.gateway.networking.k8s.io", "httproutes.gateway.networking.k8s.io"])
        {
            if (kind.Resources.TryGetValue(new Resolution.ObjectKey(definition.Group, definition.Kind, "", name), out ObservedResource? one)
                && one.Annotation(VersionAnnotation) is { Length: > 0 and < 40 } version)
            {
                return new GatewayApiBundle(version, one.Annotation(ChannelAnnotation) is { Length: > 0 and < 40 } channel ? channel : "standard");
            }
        }
        return null;
    }

    /// <summary>For people: <c>1.3 standard</c>.</summary>
    public override string ToString()
    {
        string[] parts = Version.TrimStart('v').Split('.');
        return $"{(parts.Length > 1 ? $"{parts[0]}.{parts[1]}" : parts[0])} {Channel}";
    }
}
