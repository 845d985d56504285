using System.Security.Cryptography;

namespace GatewayLsp.Sandbox.Objects;

/// <summary>Endings of generated names, of the letters that Kubernetes takes: no vowels, nothing that reads like another.</summary>
internal static class RandomNames
{
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    public static string Suffix(int length) => RandomNumberGenerator.GetString(Letters, length);

    /// <summary>The same text for the same seed.</summary>
    public static string Of(string seed, int length)
    {
        byte[] hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(seed));
        return string.Create(length, hash, static (text, hash) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = Letters[hash[i] % Letters.Length];
            }
        });
    }
}
