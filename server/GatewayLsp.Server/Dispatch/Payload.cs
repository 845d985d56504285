using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Dispatch;

/// <summary>A value with the generated code that writes it: what travels as params, result or error data.</summary>
internal abstract class Payload
{
    public static Payload Null { get; } = new NullPayload();

    public static Payload Of<T>(T value, JsonTypeInfo<T> type) => new Typed<T>(value, type);

    /// <summary>For a value that may never travel: how to write it is made when it does.</summary>
    public static Payload Of<T>(T value, JsonShape<T> shape) => new Late<T>(value, shape);

    public abstract void Write(Utf8JsonWriter writer);

    private sealed class Typed<T>(T value, JsonTypeInfo<T> type) : Payload
    {
        public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, value, type);
    }

    private sealed class Late<T>(T value, JsonShape<T> shape) : Payload
    {
        public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, value, shape(LspJson.Default));
    }

    private sealed class NullPayload : Payload
    {
        public override void Write(Utf8JsonWriter writer) => writer.WriteNullValue();
    }
}
