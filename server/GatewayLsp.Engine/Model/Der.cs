namespace GatewayLsp.Engine.Model;

/// <summary>Reads values of DER (X.690) one after another: tag, length, content. Every length is checked against what is there.</summary>
internal static class Der
{
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte ObjectId = 0x06;
    public const byte Sequence = 0x30;

    public static bool Take(ref ReadOnlySpan<byte> data, byte wanted, out ReadOnlySpan<byte> content)
    {
        content = default;
        return !data.IsEmpty && data[0] == wanted && TakeAny(ref data, out _, out content);
    }

    /// <summary>The next value with its tag; false at the end and where the length is not of DER.</summary>
    public static bool TakeAny(ref ReadOnlySpan<byte> data, out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (data.Length < 2)
        {
            return false;
        }
        tag = data[0];
        int length = data[1];
        int head = 2;
        if (length >= 0x80)
        {
            int bytes = length & 0x7F;
            if (bytes is 0 or > 3 || data.Length < 2 + bytes)
            {
                return false;
            }
            length = 0;
            for (int i = 0; i < bytes; i++)
            {
                length = (length << 8) | data[2 + i];
            }
            head += bytes;
        }
        if (data.Length - head < length)
        {
            return false;
        }
        content = data.Slice(head, length);
        data = data[(head + length)..];
        return true;
    }

    /// <summary>True when a value with this tag was there and is now behind.</summary>
    public static bool Skip(ref ReadOnlySpan<byte> data, byte tag) => Take(ref data, tag, out _);

    /// <summary>True when a value with any tag was there and is now behind.</summary>
    public static bool SkipAny(ref ReadOnlySpan<byte> data) => TakeAny(ref data, out _, out _);
}
