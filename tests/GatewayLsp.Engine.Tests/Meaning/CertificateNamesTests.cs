using System.Text.RegularExpressions;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>What follows from the hostnames in certificates, where the files have them.</summary>
public sealed class CertificateNamesTests
{
    /// <summary>Name and condition of a listener.</summary>
    private static readonly Regex Overlap = new(@"#\w+ OverlappingTLSConfig=\w+");

    private const string Shop = """
        -----BEGIN CERTIFICATE-----
        MIIBiDCCAS2gAwIBAgIUT3NhYG/D+Wc0itsSYC1p61CwKnEwCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMwNjQyMTFaFw0zNjExMjAwNjQyMTFaMAwx
        CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQUQ6ue1CaRn2EJ
        gt++Xu4UwpolzPTt6K82KaQ+32eo9dT0wqUXtDsvXRpyIw0p5cZyKquVVGDJMExd
        rsbzadZIo20wazAdBgNVHQ4EFgQUYMO+/I4GT1X4QK4MTojPCl/+L+AwHwYDVR0j
        BBgwFoAUYMO+/I4GT1X4QK4MTojPCl/+L+AwGwYDVR0RBBQwEoIQc2hvcC5leGFt
        cGxlLmNvbTAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDo0lu5UmBk
        KCJqiS3j799HRbII59EeKP/wtOxpTcWdbQIhAI/90BQZrTinsx1sWD2geHSToMKf
        Zb8Au8ZntNnc+Qjm
        -----END CERTIFICATE-----
        """;

    private const string Wildcard = """
        -----BEGIN CERTIFICATE-----
        MIIBhTCCASqgAwIBAgIUWZvzNxvmK/7Q8Cqadtj4HkUaxoEwCgYIKoZIzj0EAwIw
        DDEKMAgGA1UEAwwBeDAeFw0yNjExMjMwNjQyMTFaFw0zNjExMjAwNjQyMTFaMAwx
        CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARNgbCwfGXV+Doa
        McgfYlxRGQFDtvMgysCZW+BsrkS/1pwyQhxF1nth75RkI4fafPXQltvjAUmzysGg
        iCd9fgzFo2owaDAdBgNVHQ4EFgQUSz1fVfI5KbDuO1nzRgsuTlnJDRIwHwYDVR0j
        BBgwFoAUSz1fVfI5KbDuO1nzRgsuTlnJDRIwGAYDVR0RBBEwD4INKi5leGFtcGxl
        LmNvbTAMBgNVHRMBAf8EAjAAMAoGCCqGSM49BAMCA0kAMEYCIQDwgI62hbyzWnsb
        4hf8OPO4dkYH4d6tBxoV1Nsy21LAxgIhAMdYzhgBZTcdDt685p9SfRCC916lBLzn
        pKaREv6yqEYv
        -----END CERTIFICATE-----
        """;

    [Fact]
    public void NamesAreReadInLowerCase()
    {
        Assert.Equal("shop.example.com", Assert.Single(CertificateNames.Of(Shop)));
        Assert.Equal("*.example.com", Assert.Single(CertificateNames.Of(Wildcard + "\n" + Shop)));
    }

    [Fact]
    public void WhatIsNoCertificateHasNoNames()
    {
        Assert.True(CertificateNames.Of("").IsDefault);
        Assert.True(CertificateNames.Of("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----").IsDefault);
        byte[] der = Convert.FromBase64String(string.Concat(Shop.Split('\n')[1..^1]));
        for (int i = 0; i < der.Length; i++)
        {
            // Cut off and spoiled at every place: some names or none, never an exception.
            byte[] spoiled = [.. der];
            spoiled[i] ^= 0xFF;
            foreach (byte[] bytes in (byte[][])[der[..i], spoiled])
            {
                CertificateNames.Of($"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(bytes)}\n-----END CERTIFICATE-----");
            }
        }
    }

    [Fact]
    public void ArmourWithoutEndIsNotSearchedForEver()
    {
        string text = string.Concat(Enumerable.Repeat("-----BEGIN ", 100_000));
        Assert.True(CertificateNames.Of(text).IsDefault);
        Assert.True(Pem.HasCertificates(text));
        Assert.True(Pem.HasPrivateKey(text));
    }

    [Theory]
    [InlineData("a.example.com", "a.example.com", true)]
    [InlineData("a.example.com", "*.example.com", true)]
    [InlineData("a.b.example.com", "*.example.com", false)]
    [InlineData("example.com", "*.example.com", false)]
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "*.example.com", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.b.example.com", "*.example.com", false)]
    [InlineData("*.example.com", "*.b.example.com", true)]
    [InlineData("*.example.com", "*.com", false)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("localhost", "*.example.com", false)]
    public void CertificateIsGoodFor(string hostname, string name, bool isGood) => Assert.Equal(isGood, HostnameMatch.IsCertifiedBy(hostname, name));

    /// <summary>Hostname and certificate of two listeners; the reasons of their condition; what is told.</summary>
    [Theory]
    [InlineData("shop.example.com shop", "shop.example.org unknown", "", "")]
    [InlineData("shop.example.com shop", "*.example.com wild", "#a OverlappingTLSConfig=OverlappingCertificates #b OverlappingTLSConfig=OverlappingCertificates", "overlapping-hostnames")]
    [InlineData("a.example.com wild", "b.example.com wild", "#a OverlappingTLSConfig=OverlappingCertificates #b OverlappingTLSConfig=OverlappingCertificates", "")]
    [InlineData("shop.example.com shop", "*.example.com unknown", "#a OverlappingTLSConfig=OverlappingHostnames #b OverlappingTLSConfig=OverlappingHostnames", "overlapping-hostnames")]
    [InlineData("a.b.example.com unknown", "*.example.com wild", "#a OverlappingTLSConfig=OverlappingHostnames #b OverlappingTLSConfig=OverlappingHostnames", "overlapping-hostnames")]
    [InlineData("shop.example.org shop", "*.org wild", "#a OverlappingTLSConfig=OverlappingCertificates #b OverlappingTLSConfig=OverlappingCertificates", "certificate-hostname-mismatch certificate-hostname-mismatch overlapping-hostnames")]
    [InlineData("shop.example.org shop", "c.org unknown", "", "certificate-hostname-mismatch")]
    public void OverlapsAreTold(string a, string b, string conditions, string findings)
    {
        Analysis analysis = WorkspaceFixture.Parse(Manifests(a, b)).Analysis;
        Assert.Equal(conditions, string.Join(' ', ConditionCheck.Troubles(analysis).Select(line => Overlap.Match(line)).Where(found => found.Success).Select(found => found.Value)));
        Assert.Equal(findings, string.Join(' ', analysis.Workspace.Files.Keys.SelectMany(path => analysis.Diagnose(path)).Select(one => one.Diagnostic.Code).Where(code => code.Contains("hostname", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    /// <summary>A Gateway with two listeners, each given by hostname and certificate, and the certificates.</summary>
    internal static string Manifests(string a, string b) =>
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: n}\nspec:\n  gatewayClassName: c\n  listeners:\n"
        + Listener("a", a) + Listener("b", b) + Secret("shop", Shop) + Secret("wild", Wildcard);

    private static string Listener(string name, string of) =>
        $"  - {{name: {name}, port: 443, protocol: HTTPS, hostname: \"{of.Split(' ')[0]}\", tls: {{certificateRefs: [{{name: {of.Split(' ')[1]}}}]}}}}\n";

    private static string Secret(string name, string pem) =>
        $"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: n}}\ntype: kubernetes.io/tls\nstringData:\n  tls.key: $KEY\n  tls.crt: \"{pem.Replace("\n", "\\n", StringComparison.Ordinal)}\"\n";
}
