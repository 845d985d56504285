namespace GatewayLsp.Engine.Schemas;

/// <summary>A named field of an object.</summary>
public sealed record SchemaProperty(string Name, SchemaNode Schema, bool IsRequired, bool IsExperimental);

/// <summary>A value that the specification knows, with what it means.</summary>
public sealed class KnownValue(JsonValue value, LazyText description, bool isExperimental)
{
    public JsonValue Value { get; } = value;

    public string? Description => description.Value;

    public bool IsExperimental { get; } = isExperimental;
}
