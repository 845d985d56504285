using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Routing;

/// <summary>What a client sees of TLS: the server name it sends, the certificate it gets, where it is redirected to.</summary>
public sealed class TlsTraceTests
{
    private static readonly string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: g}
        spec:
          gatewayClassName: c
          listeners:
          - {name: http, port: 80, protocol: HTTP}
          - {name: named, port: 443, protocol: HTTPS, hostname: "*.b.example.com", tls: {certificateRefs: [{name: wild}]}}
          - {name: any, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: wild}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: r}
        spec:
          parentRefs: [{name: g, port: 443}]
          rules: [{backendRefs: [{name: s, port: 80}]}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: to-https}
        spec:
          parentRefs: [{name: g, sectionName: http}]
          rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: s}
        spec: {ports: [{port: 80}]}
        ---
        """ + Secret();

    private static string Secret()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.example.com");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        return "\napiVersion: v1\nkind: Secret\nmetadata: {name: wild}\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: |\n    "
            + certificate.ExportCertificatePem().ReplaceLineEndings("\n    ") + "\n  tls.key: |\n    " + key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\n    ") + "\n";
    }

    [Theory]
    [InlineData("GET https://a.example.com/", "any", false)]
    [InlineData("GET https://a.b.example.com/", "named", true)]
    [InlineData("GET https://other.org/", "any", true)]
    [InlineData("GET https://10.0.0.7/", "any", false)]
    [InlineData("GET https://[2001:db8::1]/", "any", false)]
    public void Clients_check_the_name(string request, string listener, bool isRefused)
    {
        RequestTrace trace = Trace(request);
        Assert.Equal(listener, trace.Listener?.Name);
        Assert.Equal(isRefused, trace.Why.Any(line => line.StartsWith("Clients refuse the connection: the certificate is for *.example.com, not for ", StringComparison.Ordinal)));
        Assert.Equal("s", Assert.Single(trace.Backends).Target.Name);
    }

    [Fact]
    public void No_server_name_is_sent_for_an_address() =>
        Assert.Contains(Trace("GET https://10.0.0.7/").Why, line => line.Contains("clients send none for an IP address", StringComparison.Ordinal));

    [Fact]
    public void A_redirect_keeps_the_query()
    {
        RequestTrace trace = Trace("GET http://a.example.com/cart?item=1&n=2");
        Assert.Equal("https://a.example.com/cart?item=1&n=2", trace.Redirect?.Location);
        Assert.Equal("/cart", trace.Redirect?.Path);
        Assert.Contains(trace.Why, line => line.EndsWith("with Location https://a.example.com/cart?item=1&n=2.", StringComparison.Ordinal));
    }

    private static RequestTrace Trace(string request)
    {
        var host = new AnalysisHost();
        var analysis = new Analysis(host.Apply(new WorkspaceChange.Opened("test.yaml", Gateway, 1)));
        return analysis.Trace(TraceCheck.Request(analysis, request));
    }
}
