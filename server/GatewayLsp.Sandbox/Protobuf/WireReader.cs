using System.Buffers.Binary;

namespace GatewayLsp.Sandbox.Protobuf;

/// <summary>Reads the fields of one message. Broken bytes end it and set <see cref="IsBroken"/>.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public bool IsBroken { get; set; }

    /// <summary>The field is text, bytes or a message, in <see cref="Bytes"/>; else a number, in <see cref="Number"/>.</summary>
    public bool IsBytes { get; private set; }

    public ulong Number { get; private set; }

    public ReadOnlySpan<byte> Bytes { get; private set; }

    public bool Next(out int number)
    {
        number = 0;
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }
        ulong key = Varint();
        number = (int)(key >> 3 & 0x1FFFFFFF);
        Number = 0;
        Bytes = [];
        IsBytes = false;
        switch (key & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1 when _rest.Length >= 8:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                break;
            case 2:
                ulong length = Varint();
                if (length > (ulong)_rest.Length)
                {
                    IsBroken = true;
                    break;
                }
                IsBytes = true;
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                break;
            case 5 when _rest.Length >= 4:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                break;
            default:
                IsBroken = true;
                break;
        }
        return !IsBroken;
    }

    /// <summary>The next of numbers that stand one behind the other, without keys.</summary>
    public bool NextPacked()
    {
        if (_rest.IsEmpty || IsBroken)
        {
            return false;
        }
        Number = Varint();
        return !IsBroken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0, at = 0; shift < 64 && at < _rest.Length; shift += 7, at++)
        {
            value |= (ulong)(_rest[at] & 0x7F) << shift;
            if (_rest[at] < 0x80)
            {
                _rest = _rest[(at + 1)..];
                return value;
            }
        }
        IsBroken = true;
        return 0;
    }
}
