using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Model;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>Whether a private key is that of a certificate, for every way in which keys are written.</summary>
public sealed class KeyPairTests
{
    private static readonly ECDsa Point = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly RSA Modulus = RSA.Create(2048);

    public static TheoryData<string, string, bool?> Pairs()
    {
        using var otherPoint = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var otherModulus = RSA.Create(2048);
        string ofPoint = new CertificateRequest("CN=a", Point, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90)).ExportCertificatePem();
        string ofModulus = new CertificateRequest("CN=a", Modulus, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90)).ExportCertificatePem();
        return new TheoryData<string, string, bool?>
        {
            { ofPoint, Point.ExportPkcs8PrivateKeyPem(), true },
            { ofPoint, Point.ExportECPrivateKeyPem(), true },
            { ofPoint, otherPoint.ExportPkcs8PrivateKeyPem(), false },
            { ofPoint, otherPoint.ExportECPrivateKeyPem(), false },
            { ofPoint, Modulus.ExportPkcs8PrivateKeyPem(), false },
            { ofModulus, Modulus.ExportPkcs8PrivateKeyPem(), true },
            { ofModulus, Modulus.ExportRSAPrivateKeyPem(), true },
            { ofModulus, otherModulus.ExportPkcs8PrivateKeyPem(), false },
            { ofModulus, otherModulus.ExportRSAPrivateKeyPem(), false },
            { ofModulus + "\n" + ofPoint, Modulus.ExportRSAPrivateKeyPem(), true },
            { ofPoint, "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" + Point.ExportECPrivateKeyPem(), true },
            { ofPoint, Point.ExportEncryptedPkcs8PrivateKeyPem("x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)), null },
            { ofPoint, "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----", null },
            { "no certificate", Point.ExportPkcs8PrivateKeyPem(), null },
            { ofPoint, "", null },
        };
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Belong_together_or_not(string certificate, string key, bool? expected) => Assert.Equal(expected, KeyPairs.Fit(certificate, key));

    [Fact]
    public void Spoiled_keys_are_never_an_exception()
    {
        byte[] der = Point.ExportPkcs8PrivateKey();
        string certificate = (string)Pairs().First()[0];
        for (int i = 0; i < der.Length; i++)
        {
            byte[] spoiled = [.. der];
            spoiled[i] ^= 0xFF;
            _ = KeyPairs.Fit(certificate, new string(PemEncoding.Write("PRIVATE KEY", spoiled)));
            _ = KeyPairs.Fit(certificate, new string(PemEncoding.Write("PRIVATE KEY", der.AsSpan(0, i))));
        }
    }

    [Fact]
    public void Told_at_the_key_without_showing_it()
    {
        string certificate = (string)Pairs().First()[0];
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: |\n    " + certificate.ReplaceLineEndings("\n    ")
            + "\n  tls.key: |\n    " + other.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\n    ") + "\n";
        DiagnosticCheck.Check(text, "certificate-key-mismatch 'tls.key' stringData[tls.key]");
        Assert.DoesNotContain(certificate.Split('\n')[1][..20], DiagnosticCheck.Single(text).Message, StringComparison.Ordinal);
    }
}
