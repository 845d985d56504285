using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.SchemaTool.Pack;

/// <summary>Growing bytes with the encodings of <see cref="PackFormat"/>.</summary>
internal sealed class PackBuffer
{
    private byte[] _bytes = new byte[64];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Byte(byte value)
    {
        Grow(1);
        _bytes[_length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void UInt32(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Bytes(bytes);
    }

    public void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    public void Value(PackTexts texts, JsonNode? value)
    {
        switch (value?.GetValueKind() ?? JsonValueKind.Null)
        {
            case JsonValueKind.False:
                Byte((byte)ValueTag.False);
                break;
            case JsonValueKind.True:
                Byte((byte)ValueTag.True);
                break;
            case JsonValueKind.Number:
                Byte((byte)ValueTag.Number);
                Varint(texts.Text(value!.ToJsonString()));
                break;
            case JsonValueKind.String:
                Byte((byte)ValueTag.String);
                Varint(texts.Text((string)value!));
                break;
            case JsonValueKind.Array:
                Byte((byte)ValueTag.Array);
                Values(texts, (JsonArray)value!);
                break;
            case JsonValueKind.Object:
                Byte((byte)ValueTag.Object);
                var members = (JsonObject)value!;
                Varint((uint)members.Count);
                foreach (var (name, member) in members)
                {
                    Varint(texts.Text(name));
                    Value(texts, member);
                }

                break;
            default:
                Byte((byte)ValueTag.Null);
                break;
        }
    }

    public void Values(PackTexts texts, JsonArray values)
    {
        Varint((uint)values.Count);
        foreach (var value in values)
        {
            Value(texts, value);
        }
    }

    private void Grow(int more)
    {
        if (_length + more > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more));
        }
    }
}
