using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// Reads for which hostnames a certificate is: the DNS names of its extension subjectAltName (RFC 5280, 4.2.1.6). That is all of
/// X.509 that is needed here, so it is read without a library.
/// </summary>
internal static class CertificateNames
{
    private const byte Boolean = 0x01;
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
        if (!Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> certificate) || !Der.Take(ref certificate, Der.Sequence, out ReadOnlySpan<byte> signed))
        {
            return default;
        }
        while (Der.TakeAny(ref signed, out byte tag, out ReadOnlySpan<byte> part))
        {
            if (tag == Extensions && Der.Take(ref part, Der.Sequence, out ReadOnlySpan<byte> extensions))
            {
                return OfExtensions(extensions);
            }
        }
        return default;
    }

    private static ImmutableArray<string> OfExtensions(ReadOnlySpan<byte> extensions)
    {
        while (Der.Take(ref extensions, Der.Sequence, out ReadOnlySpan<byte> extension))
        {
            if (!Der.Take(ref extension, Der.ObjectId, out ReadOnlySpan<byte> id) || !id.SequenceEqual(SubjectAltName))
            {
                continue;
            }
            // Critical or not.
            _ = Der.Take(ref extension, Boolean, out _);
            if (!Der.Take(ref extension, Der.OctetString, out ReadOnlySpan<byte> value) || !Der.Take(ref value, Der.Sequence, out ReadOnlySpan<byte> names))
            {
                return default;
            }
            var found = ImmutableArray.CreateBuilder<string>();
            while (Der.TakeAny(ref names, out byte tag, out ReadOnlySpan<byte> name))
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
}
