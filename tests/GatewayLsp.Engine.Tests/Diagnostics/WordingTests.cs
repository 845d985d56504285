using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Messages are true of what is there.</summary>
public sealed class WordingTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: x\n  listeners:\n";

    /// <summary>A rule that asks for a field which is missing, as is said already, says nothing more.</summary>
    [Fact]
    public void What_is_missing_is_said_once() => Assert.Equal(
        ["missing-required", "invalid-value"],
        DiagnosticCheck.Find(Head + "  - name: a\n    port: 80\n    protocol: HTTP\n  - {port: 81, protocol: HTTP, hostname: \"https://a\"}\n").Select(found => found.Diagnostic.Code));

    [Fact]
    public void A_listener_without_a_name_has_none_in_the_message() => Assert.Contains(
        DiagnosticCheck.Find(Head + "  - port: 443\n    protocol: HTTPS\n"), found => found.Diagnostic.Message.StartsWith("This listener is HTTPS and has no `tls`", StringComparison.Ordinal));

    [Fact]
    public void Content_that_is_no_certificate_is_not_called_absent()
    {
        Diagnostic found = Assert.Single(DiagnosticCheck.Find(
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ca\ndata:\n  ca.crt: hello, this is no certificate at all, and it is not short enough for a placeholder either; that takes a hundred letters\n---\n"
            + "apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata:\n  name: a\nspec:\n  targetRefs:\n  - group: \"\"\n    kind: Service\n    name: s\n"
            + "  validation:\n    hostname: a.example.com\n    caCertificateRefs:\n    - group: \"\"\n      kind: ConfigMap\n      name: ca\n"),
            one => one.Diagnostic.Code == "invalid-ca-certificate-ref").Diagnostic;
        Assert.Equal("ConfigMap default/ca has no certificates in PEM form under the key ca.crt; put those of the CA there.", found.Message);
    }

    [Theory]
    [InlineData("x", "c", false)]
    [InlineData("s", "u", false)]
    [InlineData("ab", "ac", false)]
    [InlineData("s", "S", true)]
    [InlineData("nam", "name", true)]
    [InlineData("web", "wep", true)]
    public void A_letter_or_two_are_not_near_each_other(string word, string candidate, bool expected) => Assert.Equal(expected, NearestName.IsNear(word, candidate));
}
