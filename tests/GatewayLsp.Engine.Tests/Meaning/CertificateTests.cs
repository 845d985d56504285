using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>Certificates of listeners, Gateways and policies: kind, permission, existence, type, content.</summary>
public class CertificateTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\n";

    private static readonly (string Certificate, string Key) Pair = Make();

    private static (string Certificate, string Key) Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Secret(string name, string type, string certificate, string key, string ns = "n") =>
        $"apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}, namespace: {ns}}}\ntype: {type}\ndata:\n  tls.crt: {Base64(certificate)}\n  tls.key: {Base64(key)}\n---\n";

    private static string Others =>
        Secret("good", "kubernetes.io/tls", Pair.Certificate, Pair.Key)
        + Secret("opaque", "Opaque", Pair.Certificate, Pair.Key)
        + Secret("text", "kubernetes.io/tls", "Hello", "Hello")
        + Secret("keyless", "kubernetes.io/tls", Pair.Certificate, Pair.Certificate)
        + Secret("foreign-key", "kubernetes.io/tls", Pair.Certificate, Make().Key)
        + Secret("cut", "kubernetes.io/tls", Pair.Certificate.Replace(Pair.Certificate.Split('\n')[2] + "\n", "", StringComparison.Ordinal), Pair.Key)
        + "apiVersion: v1\nkind: Secret\nmetadata: {name: templated, namespace: n}\ntype: kubernetes.io/tls\ndata: {tls.crt: '{{ .crt }}', tls.key: '{{ .key }}'}\n---\n"
        + $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: ca, namespace: n}}\ndata:\n  ca.crt: |\n    {Pair.Certificate.ReplaceLineEndings("\n    ")}\n---\n"
        + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty, namespace: n}\ndata: {}\n---\n";

    [Theory]
    [InlineData("{name: good}", "")]
    [InlineData("{name: templated}", "")]
    [InlineData("{name: missing}", "InvalidCertificateRef")]
    [InlineData("{name: opaque}", "InvalidCertificateRef")]
    [InlineData("{name: text}", "InvalidCertificateRef")]
    [InlineData("{name: keyless}", "InvalidCertificateRef")]
    [InlineData("{name: cut}", "InvalidCertificateRef")]
    [InlineData("{name: foreign-key}", "InvalidCertificateRef")]
    [InlineData("{name: good, group: x.io}", "InvalidCertificateRef")]
    [InlineData("{name: good, kind: ConfigMap}", "InvalidCertificateRef")]
    [InlineData("{name: missing, namespace: m}", "RefNotPermitted")]
    [InlineData("{name: made-by-a-controller, namespace: granted}", "")]
    public void Of_a_listener(string reference, string reason)
    {
        string gateway = $"{Head}kind: Gateway\nmetadata: {{name: g, namespace: n}}\nspec:\n  gatewayClassName: c\n  listeners:\n  - {{name: http, port: 80, protocol: HTTP}}\n  - {{name: l, port: 443, protocol: HTTPS, tls: {{certificateRefs: [{reference}]}}}}\n---\n"
            + Head + "kind: ReferenceGrant\nmetadata: {name: x, namespace: granted}\nspec: {from: [{group: gateway.networking.k8s.io, kind: Gateway, namespace: n}], to: [{group: '', kind: Secret}]}\n---\n";
        string[] expected = reason.Length == 0 ? [] : ["Gateway/n/g ResolvedRefs=ListenersNotResolved", "Gateway/n/g#l Programmed=Invalid", $"Gateway/n/g#l ResolvedRefs={reason}"];
        Assert.Equal(expected, ConditionCheck.Troubles(gateway + Others));
        // With one good certificate it can be served all the same.
        string[] partly = reason.Length == 0 ? [] : ["Gateway/n/g ResolvedRefs=ListenersNotResolved", $"Gateway/n/g#l ResolvedRefs={reason}"];
        Assert.Equal(partly, ConditionCheck.Troubles(gateway.Replace("certificateRefs: [", "certificateRefs: [{name: good}, ", StringComparison.Ordinal) + Others));
    }

    [Theory]
    [InlineData("{name: good}", "")]
    [InlineData("{name: text}", "InvalidClientCertificateRef")]
    [InlineData("{name: foreign-key}", "InvalidClientCertificateRef")]
    [InlineData("{name: good, kind: Other}", "InvalidClientCertificateRef")]
    [InlineData("{name: good, namespace: m}", "RefNotPermitted")]
    public void Shown_to_backends(string reference, string reason) => Assert.Equal(
        reason.Length == 0 ? [] : [$"Gateway/n/g ResolvedRefs={reason}"],
        ConditionCheck.Troubles($"{Head}kind: Gateway\nmetadata: {{name: g, namespace: n}}\nspec: {{gatewayClassName: c, tls: {{backend: {{clientCertificateRef: {reference}}}}}, listeners: [{{name: l, port: 80, protocol: HTTP}}]}}\n---\n" + Others));

    [Theory]
    [InlineData("[{kind: ConfigMap, name: ca}]", "", false)]
    [InlineData("[{kind: ConfigMap, name: missing}]", "InvalidCACertificateRef", true)]
    [InlineData("[{kind: ConfigMap, name: empty}]", "InvalidCACertificateRef", true)]
    [InlineData("[{kind: Service, name: ca}]", "InvalidCACertificateKind", true)]
    [InlineData("[{group: certificates.k8s.io, kind: ClusterTrustBundle, name: ca}]", "", false)]
    [InlineData("[{kind: ConfigMap, name: ca, namespace: m}]", "RefNotPermitted", true)]
    [InlineData("[{kind: ConfigMap, name: ca}, {kind: ConfigMap, name: missing}]", "InvalidCACertificateRef", false)]
    public void To_check_clients_with(string references, string reason, bool isNoneLeft)
    {
        string gateway = Head + "kind: Gateway\nmetadata: {name: g, namespace: n}\nspec:\n  gatewayClassName: c\n  tls: {frontend: {default: {validation: {caCertificateRefs: "
            + references + "}}, perPort: [{port: 444, tls: {validation: {mode: AllowInsecureFallback, caCertificateRefs: [{kind: ConfigMap, name: ca}]}}}]}}\n  listeners:\n"
            + "  - {name: http, port: 80, protocol: HTTP}\n  - {name: l, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: good}]}}\n  - {name: m, port: 444, protocol: HTTPS, tls: {certificateRefs: [{name: good}]}}\n---\n";
        var expected = new List<string>();
        if (reason.Length > 0)
        {
            expected.Add("Gateway/n/g ResolvedRefs=ListenersNotResolved");
        }
        expected.Add("Gateway/n/g InsecureFrontendValidationMode=ConfigurationChanged");
        if (isNoneLeft)
        {
            expected.AddRange(["Gateway/n/g#l Accepted=NoValidCACertificate", "Gateway/n/g#l Programmed=Invalid"]);
        }
        if (reason.Length > 0)
        {
            expected.Add($"Gateway/n/g#l ResolvedRefs={reason}");
        }
        Assert.Equal(expected, ConditionCheck.Troubles(gateway + Others));
    }

    [Theory]
    [InlineData("caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]", "", "")]
    [InlineData("caCertificateRefs: [{group: '', kind: ConfigMap, name: missing}]", "NoValidCACertificate", "InvalidCACertificateRef")]
    [InlineData("caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}, {group: '', kind: ConfigMap, name: empty}]", "", "InvalidCACertificateRef")]
    [InlineData("caCertificateRefs: [{group: x.io, kind: Other, name: ca}]", "NoValidCACertificate", "InvalidKind")]
    [InlineData("wellKnownCACertificates: System", "", "")]
    [InlineData("wellKnownCACertificates: Other", "Invalid", "")]
    public void Of_a_policy(string validation, string accepted, string references)
    {
        string policy = $"{Head}kind: BackendTLSPolicy\nmetadata: {{name: p, namespace: n}}\nspec: {{targetRefs: [{{group: '', kind: Service, name: s}}], validation: {{hostname: a.io, {validation}}}}}\n---\n";
        var expected = new List<string>();
        if (accepted.Length > 0)
        {
            expected.Add($"BackendTLSPolicy/n/p^g Accepted={accepted}");
        }
        if (references.Length > 0)
        {
            expected.Add($"BackendTLSPolicy/n/p^g ResolvedRefs={references}");
        }
        Assert.Equal(expected, ConditionCheck.Troubles(policy + Reached + Others));
    }

    [Theory]
    [InlineData("", "", "p Conflicted")]
    [InlineData(", sectionName: a", "", "")]
    [InlineData(", sectionName: a", ", sectionName: a", "p Conflicted")]
    [InlineData(", sectionName: none", "", "p TargetNotFound")]
    public void Policies_for_the_same_target(string one, string other, string expected)
    {
        string policy(string name, string section) =>
            $"{Head}kind: BackendTLSPolicy\nmetadata: {{name: {name}, namespace: n}}\nspec: {{targetRefs: [{{group: '', kind: Service, name: s{section}}}], validation: {{hostname: a.io, wellKnownCACertificates: System}}}}\n---\n";
        string[] found = ConditionCheck.Troubles(policy("p", one) + policy("o", other) + Reached);
        Assert.Equal(expected.Length == 0 ? [] : [$"BackendTLSPolicy/n/{expected.Replace(" ", "^g Accepted=", StringComparison.Ordinal)}"], found);
    }

    private const string Reached =
        Head + "kind: Gateway\nmetadata: {name: g, namespace: n}\nspec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}\n---\n"
        + Head + "kind: HTTPRoute\nmetadata: {name: r, namespace: n}\nspec: {parentRefs: [{name: g}], rules: [{backendRefs: [{name: s, port: 443}]}]}\n---\n"
        + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\nspec: {ports: [{name: a, port: 443}]}\n---\n";
}
