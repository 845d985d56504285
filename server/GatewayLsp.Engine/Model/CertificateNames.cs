using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// Reads for which hostnames a certificate is: the DNS names of its extension subjectAltName (RFC 5280, 4.2.1.6). That is all of
/// X.509 that is needed here, so it is read without a library. Every length is checked against what is there.
/// </summary>
internal static class CertificateNames
{
    private const byte Sequence = 0x30;
    private const byte ObjectId = 0x06;
    private const byte Boolean = 0x01;
    private const byte OctetString = 0x04;
    private const byte Extensions = 0xA3;
    private const byte DnsName = 0x82;
    private const int MaxNames = 1000;

    /// <summary>2.5.29.17</summary>
    private static ReadOnlySpan<byte> SubjectAltName => [0x55, 0x1D, 0x11];

    /// <summary>The names of the first certificate, in lower case; default when it can't be read or says nothing of names.</summary>
    public static ImmutableArray<string> Of(ReadOnlySpan<char> pem)
    {
        while (Pem.IsBounded(pem) && PemEncoding.TryFind(pem, out PemFields fields))
        {
            if (pem[fields.Label] is "CERTIFICATE" or "TRUSTED CERTIFICATE")
            {
                byte[] der = new byte[fields.DecodedDataLength];
                return Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out int written) && written == der.Length ? OfDer(der) : default;
            }
            pem = pem[fields.Location.End..];
        }
        return default;
    }

    private static ImmutableArray<string> OfDer(ReadOnlySpan<byte> der)
    {
        if (!Take(ref der, Sequence, out ReadOnlySpan<byte> certificate) || !Take(ref certificate, Sequence, out ReadOnlySpan<byte> signed))
        {
            return default;
        }
        while (TakeAny(ref signed, out byte tag, out ReadOnlySpan<byte> part))
        {
            if (tag == Extensions && Take(ref part, Sequence, out ReadOnlySpan<byte> extensions))
            {
                return OfExtensions(extensions);
            }
        }
        return default;
    }

    private static ImmutableArray<string> OfExtensions(ReadOnlySpan<byte> extensions)
    {
        while (Take(ref extensions, Sequence, out ReadOnlySpan<byte> extension))
        {
            if (!Take(ref extension, ObjectId, out ReadOnlySpan<byte> id) || !id.SequenceEqual(SubjectAltName))
            {
                continue;
            }
            // Critical or not.
            _ = Take(ref extension, Boolean, out _);
            if (!Take(ref extension, OctetString, out ReadOnlySpan<byte> value) || !Take(ref value, Sequence, out ReadOnlySpan<byte> names))
            {
                return default;
            }
            var found = ImmutableArray.CreateBuilder<string>();
            while (TakeAny(ref names, out byte tag, out ReadOnlySpan<byte> name))
            {
                if (found.Count == MaxNames)
                {
                    // Of a part of the names nothing can be said.
                    return default;
                }
                if (tag == DnsName)
                {
                    found.Add(string.Create(name.Length, name, static (to, from) =>
                    {
                        for (int i = 0; i < from.Length; i++)
                        {
                            to[i] = char.ToLowerInvariant((char)from[i]);
                        }
                    }));
                }
            }
            return found.DrainToImmutable();
        }
        return default;
    }

    private static bool Take(ref ReadOnlySpan<byte> data, byte wanted, out ReadOnlySpan<byte> content)
    {
        content = default;
        return !data.IsEmpty && data[0] == wanted && TakeAny(ref data, out _, out content);
    }

    /// <summary>The next value with its tag; false at the end and where the length is not of DER.</summary>
    private static bool TakeAny(ref ReadOnlySpan<byte> data, out byte tag, out ReadOnlySpan<byte> content)
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
}
