using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayLsp.Sandbox.Net;

/// <summary>A certificate with its key, in PEM form.</summary>
internal sealed record PemPair(string Certificate, string Key);

/// <summary>A certificate authority that is made anew at each start and lives in this process alone.</summary>
internal sealed class Authority : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private readonly X509Certificate2 _own;
    private readonly Dictionary<string, X509Certificate2> _issued = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public Authority(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        _own = request.CreateSelfSigned(now.AddHours(-1), now + Lifetime);
    }

    /// <summary>The certificate without its key.</summary>
    public string Pem => _own.ExportCertificatePem();

    public X509Certificate2 Certificate => _own;

    /// <summary>A certificate for these names and addresses; the same one for the same names.</summary>
    public X509Certificate2 Issue(params ReadOnlySpan<string> names)
    {
        string known = string.Join(' ', names!);
        lock (_gate)
        {
            if (!_issued.TryGetValue(known, out X509Certificate2? issued))
            {
                PemPair pem = IssuePem(names);
                using X509Certificate2 loose = X509Certificate2.CreateFromPem(pem.Certificate, pem.Key);
                // The TLS stack of some systems wants a key that it can keep.
                _issued[known] = issued = X509CertificateLoader.LoadPkcs12(loose.Export(X509ContentType.Pkcs12), null);
            }
            return issued;
        }
    }

    /// <summary>A new certificate for these names and addresses, for servers and clients.</summary>
    public PemPair IssuePem(params ReadOnlySpan<string> names)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string first = names.Length > 0 && names[0].Length is > 0 and <= 64 ? names[0] : "sandbox";
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(first);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else if (name.Length > 0)
            {
                alternatives.AddDnsName(name);
            }
        }
        if (names.Length > 0 && names[0].Length > 0)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using X509Certificate2 signed = request.Create(_own, now.AddHours(-1).AddMinutes(1), now + Lifetime - TimeSpan.FromHours(1), RandomNumberGenerator.GetBytes(16));
        return new PemPair(signed.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>True when a certificate comes from one of the authorities and is valid for now.</summary>
    public static bool Verifies(X509Certificate? certificate, X509Certificate2Collection authorities)
    {
        if (certificate is not X509Certificate2 presented || authorities.Count == 0)
        {
            return false;
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }

    public void Dispose()
    {
        _own.Dispose();
        foreach (X509Certificate2 one in _issued.Values)
        {
            one.Dispose();
        }
    }
}
