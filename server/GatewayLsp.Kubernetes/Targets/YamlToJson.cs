using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Kubernetes.Targets;

/// <summary>A piece of YAML as JSON text, bounded: aliases may repeat a piece many times.</summary>
internal static class YamlToJson
{
    private const int MaxSize = 64 << 10;
    private const int MaxDepth = 32;

    /// <summary>Null when it would be too large or too deep.</summary>
    public static string? Convert(YamlNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth + 1 });
        if (!Write(node, json, 0))
        {
            return null;
        }
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool Write(YamlNode? node, Utf8JsonWriter json, int depth)
    {
        if (depth > MaxDepth || json.BytesCommitted + json.BytesPending > MaxSize)
        {
            return false;
        }
        switch (node.Resolved())
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (YamlEntry entry in mapping.Entries)
                {
                    json.WritePropertyName(entry.Name);
                    if (!Write(entry.Value, json, depth + 1))
                    {
                        return false;
                    }
                }
                json.WriteEndObject();
                return true;
            case YamlSequence sequence:
                json.WriteStartArray();
                foreach (YamlNode item in sequence.Items)
                {
                    if (!Write(item, json, depth + 1))
                    {
                        return false;
                    }
                }
                json.WriteEndArray();
                return true;
            case YamlScalar scalar:
                WriteScalar(scalar, json);
                return true;
            default:
                json.WriteNullValue();
                return true;
        }
    }

    private static void WriteScalar(YamlScalar scalar, Utf8JsonWriter json)
    {
        switch (ScalarResolver.KindOf(scalar))
        {
            case ScalarKind.Null:
                json.WriteNullValue();
                break;
            case ScalarKind.Boolean:
                json.WriteBooleanValue(ScalarResolver.Truth(scalar.Value));
                break;
            case ScalarKind.Integer when ScalarResolver.TryInteger(scalar.Value, out BigInteger integer):
                json.WriteRawValue(integer.ToString(CultureInfo.InvariantCulture));
                break;
            case ScalarKind.Float when ScalarResolver.TryNumber(scalar.Value, out double number) && double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(scalar.Value);
                break;
        }
    }
}
