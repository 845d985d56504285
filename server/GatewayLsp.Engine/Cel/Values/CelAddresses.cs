using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GatewayLsp.Engine.Cel.Values;

/// <summary>An IPv4 or IPv6 address: no zone, and no IPv4 address dressed as IPv6.</summary>
public sealed class CelIp : CelExtension
{
    private const int MaxLength = 45;

    private readonly byte[] _bytes;

    private CelIp(byte[] bytes)
        : base(CelKind.Ip) => _bytes = bytes;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    internal bool IsV4 => _bytes.Length == 4;

    /// <summary>Null when the text is no address as Go reads one: four numbers without leading zeros, or RFC 4291.</summary>
    internal static CelIp? Read(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }
        if (!text.Contains(':', StringComparison.Ordinal))
        {
            return ReadV4(text) is { } four ? new CelIp(four) : null;
        }
        if (text.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF:.") || !EndIsStrict(text)
            || !IPAddress.TryParse(text, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return null;
        }
        return new CelIp(address.GetAddressBytes());
    }

    internal static CelIp Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <summary>The one canonical form.</summary>
    public override string ToString()
    {
        if (IsV4)
        {
            return string.Join('.', _bytes);
        }
        // RFC 5952: the longest run of zero groups is left out; hexadecimal to the end, as Go writes it.
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++)
        {
            int length = 0;
            while (i + length < 8 && Group(i + length) == 0)
            {
                length++;
            }
            if (length > bestLength)
            {
                (bestStart, bestLength) = (i, length);
            }
        }
        var text = new System.Text.StringBuilder(39);
        for (int i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                text.Append("::");
                i += bestLength - 1;
                continue;
            }
            if (text.Length > 0 && text[^1] != ':')
            {
                text.Append(':');
            }
            text.Append(Group(i).ToString("x", CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    internal override bool SameAs(CelExtension other) => other is CelIp ip && _bytes.AsSpan().SequenceEqual(ip._bytes);

    private int Group(int i) => (_bytes[2 * i] << 8) | _bytes[(2 * i) + 1];

    private static byte[]? ReadV4(ReadOnlySpan<char> text)
    {
        var bytes = new byte[4];
        int part = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> digits = text[range];
            if (part >= 4 || digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == '0')
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out bytes[part]))
            {
                return null;
            }
            part++;
        }
        return part == 4 ? bytes : null;
    }

    /// <summary>Groups of at most four digits, and a strict IPv4 address where one ends the text.</summary>
    private static bool EndIsStrict(string text)
    {
        int last = text.LastIndexOf(':');
        ReadOnlySpan<char> tail = text.AsSpan(last + 1);
        if (tail.Contains('.') ? ReadV4(tail) is null : text.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        foreach (Range range in text.AsSpan(0, tail.Contains('.') ? last : text.Length).Split(':'))
        {
            if (range.End.Value - range.Start.Value > 4)
            {
                return false;
            }
        }
        return true;
    }
}

/// <summary>A range of addresses: an address and how many of its leading bits count.</summary>
public sealed class CelCidr : CelExtension
{
    internal CelCidr(CelIp ip, int length)
        : base(CelKind.Cidr)
    {
        Ip = ip;
        Length = length;
    }

    internal CelIp Ip { get; }

    internal int Length { get; }

    /// <summary>Null when the text is none. Bits behind the prefix may be set.</summary>
    internal static CelCidr? Read(string text)
    {
        int slash = text.LastIndexOf('/');
        if (slash < 0 || CelIp.Read(text[..slash]) is not { } ip)
        {
            return null;
        }
        ReadOnlySpan<char> digits = text.AsSpan(slash + 1);
        return digits.Length is > 0 and <= 3 && (digits.Length == 1 || digits[0] != '0')
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= ip.Bytes.Length * 8
                ? new CelCidr(ip, length)
                : null;
    }

    internal CelCidr Masked()
    {
        byte[] bytes = Ip.Bytes.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(Length - (8 * i), 0, 8);
            bytes[i] &= (byte)(0xFF00 >> bits);
        }
        return new CelCidr(CelIp.Of(bytes), Length);
    }

    internal bool Contains(CelIp ip) => ip.IsV4 == Ip.IsV4 && new CelCidr(ip, Length).Masked().Ip.SameAs(Masked().Ip);

    internal bool Contains(CelCidr other) => other.Length >= Length && Contains(other.Ip);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ip}/{Length}");

    internal override bool SameAs(CelExtension other) => other is CelCidr cidr && cidr.Length == Length && cidr.Ip.SameAs(Ip);
}
