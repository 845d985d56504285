using System.Security.Cryptography;

namespace GatewayLsp.Engine.Model;

/// <summary>What can be told of PEM data without a TLS library: whether there is armour, Base64 and a whole DER value in it.</summary>
internal static class Pem
{
    private const int MaxBlocks = 1000;

    /// <summary>False for more armour than anybody has: each that is not closed is looked for to the end of the text.</summary>
    public static bool IsBounded(ReadOnlySpan<char> text) => text.Count("-----BEGIN ") <= MaxBlocks;

    /// <summary>True when there is a certificate and everything that looks like one is whole.</summary>
    public static bool HasCertificates(ReadOnlySpan<char> text)
    {
        if (!IsBounded(text))
        {
            return true;
        }
        int found = 0;
        while (found < MaxBlocks && PemEncoding.TryFind(text, out PemFields fields))
        {
            if (text[fields.Label] is "CERTIFICATE" or "TRUSTED CERTIFICATE")
            {
                if (!IsDer(text[fields.Base64Data], fields.DecodedDataLength))
                {
                    return false;
                }
                found++;
            }
            text = text[fields.Location.End..];
        }
        return found > 0;
    }

    /// <summary>True when there is a private key of any make.</summary>
    public static bool HasPrivateKey(ReadOnlySpan<char> text)
    {
        if (!IsBounded(text))
        {
            return true;
        }
        for (int i = 0; i < MaxBlocks && PemEncoding.TryFind(text, out PemFields fields); i++)
        {
            if (text[fields.Label].EndsWith("PRIVATE KEY") && fields.DecodedDataLength > 0)
            {
                return true;
            }
            text = text[fields.Location.End..];
        }
        return false;
    }

    /// <summary>A DER sequence whose length is that of the data.</summary>
    private static bool IsDer(ReadOnlySpan<char> base64, int length)
    {
        byte[] data = new byte[length];
        if (length < 2 || !Convert.TryFromBase64Chars(base64, data, out int written) || written != length || data[0] != 0x30)
        {
            return false;
        }
        if (data[1] < 0x80)
        {
            return data[1] + 2 == length;
        }
        int bytes = data[1] & 0x7F;
        if (bytes is 0 or > 4 || length < bytes + 2)
        {
            return false;
        }
        long inner = 0;
        for (int i = 0; i < bytes; i++)
        {
            inner = (inner << 8) | data[2 + i];
        }
        return inner + bytes + 2 == length;
    }
}
