using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>Place of an object among those of its resource; the namespace is empty for cluster-wide ones.</summary>
internal readonly record struct ObjectPlace(string Namespace, string Name) : IComparable<ObjectPlace>
{
    public int CompareTo(ObjectPlace other)
    {
        int order = string.CompareOrdinal(Namespace, other.Namespace);
        return order != 0 ? order : string.CompareOrdinal(Name, other.Name);
    }
}

/// <summary>One version of an object. Its body is never changed once it is stored: whoever wants another one copies it.</summary>
internal sealed class StoredObject(ObjectPlace place, JsonObject body, long version)
{
    private byte[]? _text;

    public ObjectPlace Place => place;

    public JsonObject Body => body;

    /// <summary>Its <c>resourceVersion</c>.</summary>
    public long Version => version;

    public string Uid => body.At("metadata", "uid").Text() ?? "";

    public JsonNode? Metadata => body.At("metadata");

    /// <summary>The body as UTF-8, written once.</summary>
    public byte[] Text => _text ??= Json.Write(body);
}

internal enum ChangeType { Added, Modified, Deleted }

/// <summary>What happened to an object.</summary>
/// <param name="Object">As it is now; for a deletion as it was last, with the version of the deletion.</param>
/// <param name="Before">Null for an addition.</param>
internal sealed record StoredChange(ChangeType Type, StoredObject Object, StoredObject? Before)
{
    public long Version => Object.Version;
}
