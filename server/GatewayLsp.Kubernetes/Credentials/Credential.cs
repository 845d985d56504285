using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayLsp.Kubernetes.Credentials;

/// <summary>What a request carries to say who asks. Never printed.</summary>
internal sealed class Credential
{
    public static readonly Credential None = new();

    /// <summary>Value of the header <c>Authorization</c>; null when a certificate says it all.</summary>
    public string? Authorization { get; init; }

    public X509Certificate2? Certificate { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public override string ToString() => nameof(Credential);

    /// <summary>A client certificate of PEM texts; null when they are none, or don't belong together.</summary>
    public static X509Certificate2? CertificateOf(string certificate, string key)
    {
        try
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            if (!OperatingSystem.IsWindows())
            {
                return pair;
            }
            // Windows' TLS takes no key that lives in memory only; a round trip gives it one that it takes.
            using (pair)
            {
                return X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
            }
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
