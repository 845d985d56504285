using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Protobuf;

/// <summary>
/// Bodies of requests in <c>application/vnd.kubernetes.protobuf</c>, as typed Go clients (kubectl from 1.32 on) send them. Only
/// read: who sends them also takes JSON for an answer.
/// </summary>
internal static class ProtobufObjects
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private const int MaxDepth = 64;

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Null when the bytes are no object of a kind that is known.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            return null;
        }
        // The envelope: 1 = apiVersion and kind, 2 = the object.
        string apiVersion = "", kind = "";
        ReadOnlySpan<byte> raw = [];
        var envelope = new WireReader(body[Magic.Length..]);
        while (envelope.Next(out int number))
        {
            if (number == 1 && envelope.IsBytes)
            {
                var type = new WireReader(envelope.Bytes);
                while (type.Next(out int part))
                {
                    string text = Encoding.UTF8.GetString(type.Bytes);
                    (apiVersion, kind) = part switch { 1 => (text, kind), 2 => (apiVersion, text), _ => (apiVersion, kind) };
                }
                envelope.IsBroken |= type.IsBroken;
            }
            else if (number == 2 && envelope.IsBytes)
            {
                raw = envelope.Bytes;
            }
        }
        if (envelope.IsBroken || MessageTypes.Find(kind) is not { } fields)
        {
            return null;
        }
        var result = new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion };
        return Fill(result, raw, fields, 0) ? result : null;
    }

    /// <summary>False when the bytes are broken.</summary>
    private static bool Fill(JsonObject into, ReadOnlySpan<byte> bytes, FrozenDictionary<int, MessageField> fields, int depth)
    {
        if (depth > MaxDepth)
        {
            return false;
        }
        var reader = new WireReader(bytes);
        while (reader.Next(out int number))
        {
            if (!fields.TryGetValue(number, out MessageField? field))
            {
                continue;
            }
            switch (field.Shape)
            {
                case FieldShape.Map when reader.IsBytes:
                    if (!Entry(into, reader.Bytes, field, depth))
                    {
                        return false;
                    }
                    break;
                case FieldShape.List when field.Scalar is 'i' && reader.IsBytes:
                    // Numbers may come packed.
                    for (var packed = new WireReader(reader.Bytes); packed.NextPacked();)
                    {
                        List(into, field.Name).Add((JsonNode)JsonValue.Create((long)packed.Number));
                    }
                    break;
                case FieldShape.List:
                    if (!Value(ref reader, field, depth, out JsonNode? item))
                    {
                        return false;
                    }
                    List(into, field.Name).Add(item);
                    break;
                case FieldShape.Single when field.Name.Length == 0:
                    if (!reader.IsBytes || MessageTypes.Find(field.Message) is not { } inner || !Fill(into, reader.Bytes, inner, depth + 1))
                    {
                        return false;
                    }
                    break;
                case FieldShape.Single:
                    if (!Value(ref reader, field, depth, out JsonNode? value))
                    {
                        return false;
                    }
                    if (field.IsOptional || !IsZero(value))
                    {
                        into[field.Name] = value;
                    }
                    break;
            }
        }
        return !reader.IsBroken;
    }

    private static JsonArray List(JsonObject into, string name)
    {
        if (into[name] is JsonArray list)
        {
            return list;
        }
        list = [];
        into[name] = list;
        return list;
    }

    private static bool Entry(JsonObject into, ReadOnlySpan<byte> bytes, MessageField field, int depth)
    {
        string key = "";
        JsonNode? value = field.Scalar is 's' or 'y' ? JsonValue.Create("") : new JsonObject();
        var reader = new WireReader(bytes);
        while (reader.Next(out int number))
        {
            if (number == 1)
            {
                key = Encoding.UTF8.GetString(reader.Bytes);
            }
            else if (number == 2 && !Value(ref reader, field, depth, out value))
            {
                return false;
            }
        }
        into.Child(field.Name)[key] = value;
        return !reader.IsBroken;
    }

    private static bool IsZero(JsonNode? value) => value switch
    {
        null or JsonObject { Count: 0 } => true,
        JsonValue scalar => scalar.Text() is "" || scalar.Number() is 0 || scalar.Truth() is false,
        _ => false,
    };

    private static bool Value(ref WireReader reader, MessageField field, int depth, out JsonNode? value)
    {
        value = null;
        switch (field.Scalar)
        {
            case 's' when reader.IsBytes:
                value = JsonValue.Create(Encoding.UTF8.GetString(reader.Bytes));
                return true;
            case 'y' when reader.IsBytes:
                value = JsonValue.Create(Convert.ToBase64String(reader.Bytes));
                return true;
            case 'i' when !reader.IsBytes:
                value = JsonValue.Create((long)reader.Number);
                return true;
            case 'b' when !reader.IsBytes:
                value = JsonValue.Create(reader.Number != 0);
                return true;
            case 'd' when !reader.IsBytes && double.IsFinite(BitConverter.UInt64BitsToDouble(reader.Number)):
                value = JsonValue.Create(BitConverter.UInt64BitsToDouble(reader.Number));
                return true;
            case '\0' when reader.IsBytes:
                return Message(reader.Bytes, field.Message, depth, out value);
            default:
                return false;
        }
    }

    private static bool Message(ReadOnlySpan<byte> bytes, string type, int depth, out JsonNode? value)
    {
        value = null;
        if (MessageTypes.Find(type) is { } fields)
        {
            var members = new JsonObject();
            value = members;
            return Fill(members, bytes, fields, depth + 1);
        }
        // Types whose JSON is no object: their fields 1 to 3.
        ulong first = 0, second = 0;
        ReadOnlySpan<byte> one = [], three = [];
        var reader = new WireReader(bytes);
        while (reader.Next(out int number))
        {
            switch (number, reader.IsBytes)
            {
                case (1, true):
                    one = reader.Bytes;
                    break;
                case (1, false):
                    first = reader.Number;
                    break;
                case (2, false):
                    second = reader.Number;
                    break;
                case (3, true):
                    three = reader.Bytes;
                    break;
            }
        }
        value = type switch
        {
            "IntOrString" => first == 0 ? JsonValue.Create((long)second) : JsonValue.Create(Encoding.UTF8.GetString(three)),
            "Quantity" => JsonValue.Create(Encoding.UTF8.GetString(one)),
            "Time" or "MicroTime" => Time((long)first, (long)second, type == "MicroTime"),
            "FieldsV1" or "RawExtension" => Json.Parse(one.ToArray()),
            _ => null,
        };
        return !reader.IsBroken;
    }

    private static JsonValue? Time(long seconds, long nanoseconds, bool isMicro)
    {
        // A time that was never set is written as nothing at all, or as the first second of year 1.
        if (seconds is 0 or <= -62135596800 or > 253402300799)
        {
            return null;
        }
        DateTime time = DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(Math.Clamp(nanoseconds, 0, 999_999_999) / 100);
        return JsonValue.Create(time.ToString(isMicro ? "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }
}
