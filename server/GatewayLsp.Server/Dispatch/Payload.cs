using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GatewayLsp.Server.Dispatch;

/// <summary>A value with the generated code that writes it: what travels as params, result or error data.</summary>
internal abstract class Payload
{
    public static Payload Null { get; } = new NullPayload();

    public static Payload Of<T>(T value, JsonTypeInfo<T> type) => new Typed<T>(value, type);

    public abstract void Write(Utf8JsonWriter writer);

    private sealed class Typed<T>(T value, JsonTypeInfo<T> type) : Payload
    {
        public override void Write(Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, value, type);
    }

    private sealed class NullPayload : Payload
    {
        public override void Write(Utf8JsonWriter writer) => writer.WriteNullValue();
    }
}
