using System.Text.Json;

namespace GatewayLsp.Engine.Cluster.Live;

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

    /// <summary>As a definition itself tells it.</summary>
    internal static GatewayApiBundle? Of(ReadOnlyMemory<byte> definition)
    {
        try
        {
            using var document = JsonDocument.Parse(definition, new JsonDocumentOptions { MaxDepth = 128 });
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("metadata"u8, out JsonElement metadata)
                && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("annotations"u8, out JsonElement annotations)
                && annotations.ValueKind == JsonValueKind.Object && Annotation(annotations, VersionAnnotation) is { } version
                ? new GatewayApiBundle(version, Annotation(annotations, ChannelAnnotation) ?? "standard")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Annotation(JsonElement annotations, string name) =>
        annotations.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and < 40 } text ? text : null;

    /// <summary>For people: <c>1.3 standard</c>.</summary>
    public override string ToString()
    {
        string[] parts = Version.TrimStart('v').Split('.');
        return $"{(parts.Length > 1 ? $"{parts[0]}.{parts[1]}" : parts[0])} {Channel}";
    }
}
