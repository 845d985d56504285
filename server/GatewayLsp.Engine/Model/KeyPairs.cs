using System.Security.Cryptography;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// Tells whether a private key is that of a certificate, by the public key that both carry (RFC 5280, 4.1.2.7; RFC 5958; RFC 8017, A.1.2;
/// RFC 5915). Nothing is computed and nothing kept: where a key does not carry its public half, it is not known.
/// </summary>
internal static class KeyPairs
{
    private const byte Version = 0xA0;
    private const byte PublicKeyOfEc = 0xA1;

    /// <summary>1.2.840.113549.1.1.1</summary>
    private static ReadOnlySpan<byte> Rsa => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];

    /// <summary>1.2.840.10045.2.1</summary>
    private static ReadOnlySpan<byte> Ec => [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];

    private enum Algorithm : byte { Unknown, Rsa, Ec, Other }

    /// <summary>Null when it can't be told.</summary>
    public static bool? Fit(ReadOnlySpan<char> certificate, ReadOnlySpan<char> key)
    {
        (Algorithm ofCertificate, byte[] wanted) = OfCertificate(certificate);
        (Algorithm ofKey, byte[] found) = OfKey(key);
        if (ofCertificate == Algorithm.Unknown || ofKey == Algorithm.Unknown)
        {
            return null;
        }
        if (ofCertificate != ofKey)
        {
            return false;
        }
        return wanted.Length == 0 || found.Length == 0 ? null : wanted.AsSpan().SequenceEqual(found);
    }

    /// <summary>The first certificate is the server's own; those behind it lead to whoever signed it.</summary>
    private static (Algorithm, byte[]) OfCertificate(ReadOnlySpan<char> pem)
    {
        if (Block(ref pem, "CERTIFICATE", out _) is not { } block)
        {
            return default;
        }
        ReadOnlySpan<byte> der = block;
        if (!Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> certificate) || !Der.Take(ref certificate, Der.Sequence, out ReadOnlySpan<byte> signed))
        {
            return default;
        }
        _ = Der.Skip(ref signed, Version);
        // Serial number, signature, issuer, validity, subject.
        for (int i = 0; i < 5; i++)
        {
            if (!Der.SkipAny(ref signed))
            {
                return default;
            }
        }
        if (!Der.Take(ref signed, Der.Sequence, out ReadOnlySpan<byte> info) || !Der.Take(ref info, Der.Sequence, out ReadOnlySpan<byte> identifier)
            || !Der.Take(ref info, Der.BitString, out ReadOnlySpan<byte> bits) || bits.IsEmpty)
        {
            return default;
        }
        Algorithm algorithm = AlgorithmOf(identifier);
        ReadOnlySpan<byte> value = bits[1..];
        return (algorithm, algorithm == Algorithm.Rsa ? ModulusOf(value) : value.ToArray());
    }

    private static (Algorithm, byte[]) OfKey(ReadOnlySpan<char> pem)
    {
        if (Block(ref pem, "PRIVATE KEY", out string label) is not { } block)
        {
            return default;
        }
        try
        {
            ReadOnlySpan<byte> der = block;
            return label switch
            {
                "PRIVATE KEY" => OfPkcs8(der),
                "RSA PRIVATE KEY" => (Algorithm.Rsa, ModulusOfKey(der)),
                "EC PRIVATE KEY" => (Algorithm.Ec, PointOf(der)),
                _ => default,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(block);
        }
    }

    private static (Algorithm, byte[]) OfPkcs8(ReadOnlySpan<byte> der)
    {
        if (!Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> info) || !Der.Skip(ref info, Der.Integer)
            || !Der.Take(ref info, Der.Sequence, out ReadOnlySpan<byte> identifier) || !Der.Take(ref info, Der.OctetString, out ReadOnlySpan<byte> key))
        {
            return default;
        }
        Algorithm algorithm = AlgorithmOf(identifier);
        return (algorithm, algorithm switch { Algorithm.Rsa => ModulusOfKey(key), Algorithm.Ec => PointOf(key), _ => [] });
    }

    private static Algorithm AlgorithmOf(ReadOnlySpan<byte> identifier) =>
        !Der.Take(ref identifier, Der.ObjectId, out ReadOnlySpan<byte> id) ? Algorithm.Unknown
        : id.SequenceEqual(Rsa) ? Algorithm.Rsa
        : id.SequenceEqual(Ec) ? Algorithm.Ec
        : Algorithm.Other;

    /// <summary>RSAPublicKey: modulus, exponent.</summary>
    private static byte[] ModulusOf(ReadOnlySpan<byte> der) =>
        Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> key) && Der.Take(ref key, Der.Integer, out ReadOnlySpan<byte> modulus) ? modulus.ToArray() : [];

    /// <summary>RSAPrivateKey: version, modulus, and what is secret.</summary>
    private static byte[] ModulusOfKey(ReadOnlySpan<byte> der) =>
        Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> key) && Der.Skip(ref key, Der.Integer)
        && Der.Take(ref key, Der.Integer, out ReadOnlySpan<byte> modulus) ? modulus.ToArray() : [];

    /// <summary>ECPrivateKey: version, the secret, perhaps the curve, perhaps the public point.</summary>
    private static byte[] PointOf(ReadOnlySpan<byte> der)
    {
        if (!Der.Take(ref der, Der.Sequence, out ReadOnlySpan<byte> key) || !Der.Skip(ref key, Der.Integer) || !Der.Skip(ref key, Der.OctetString))
        {
            return [];
        }
        _ = Der.Skip(ref key, Version);
        return Der.Take(ref key, PublicKeyOfEc, out ReadOnlySpan<byte> wrapped) && Der.Take(ref wrapped, Der.BitString, out ReadOnlySpan<byte> bits) && bits.Length > 1
            ? bits[1..].ToArray()
            : [];
    }

    /// <summary>The first block whose label ends so, decoded; null when there is none or it is not Base64.</summary>
    private static byte[]? Block(ref ReadOnlySpan<char> pem, string ending, out string label)
    {
        label = "";
        while (Pem.IsBounded(pem) && PemEncoding.TryFind(pem, out PemFields fields))
        {
            if (pem[fields.Label].EndsWith(ending))
            {
                label = pem[fields.Label].ToString();
                byte[] der = new byte[fields.DecodedDataLength];
                return Convert.TryFromBase64Chars(pem[fields.Base64Data], der, out int written) && written == der.Length ? der : null;
            }
            pem = pem[fields.Location.End..];
        }
        return null;
    }
}
