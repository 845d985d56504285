using System.Text.Json;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>--gateway-api-version</c>: what a cluster with an older version of Gateway API does not know.</summary>
public sealed class OlderVersionTests : IDisposable
{
    private const string Manifests = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs: [{name: front}]
          rules:
          - name: all
            timeouts: {request: 1s}
            backendRefs: [{name: cart, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata: {name: tls}
        spec: {parentRefs: [{name: front}], hostnames: [a.example.com], rules: [{backendRefs: [{name: cart, port: 80}]}]}
        """;

    private readonly CliHost _cli = new();

    public OlderVersionTests() => _cli.Write("a.yaml", Manifests);

    [Theory]
    [InlineData("1.6", new string[0])]
    [InlineData("1.4", new[] { "not-served apiVersion: `gateway.networking.k8s.io/v1` of `TLSRoute` is in Gateway API since 1.5; the target has 1.4, which does not know it." })]
    [InlineData("1.1", new[]
    {
        "unknown-field spec.rules[0].name: `name` is in Gateway API since 1.4; the target has 1.1, which does not know it.",
        "unknown-field spec.rules[0].timeouts: `timeouts` is in Gateway API since 1.2; the target has 1.1, which does not know it.",
        "not-served apiVersion: `gateway.networking.k8s.io/v1` of `TLSRoute` is in Gateway API since 1.5; the target has 1.1, which does not know it.",
    })]
    public void Check_tells_what_is_newer(string version, string[] expected)
    {
        CliResult result = _cli.Run("check", "--format", "json", "--gateway-api-version", version, "a.yaml");
        Assert.Equal(expected, result.Json.GetProperty("files")[0].GetProperty("diagnostics").EnumerateArray()
            .Select(one => $"{one.GetProperty("code").GetString()} {one.GetProperty("field").GetString()}: {one.GetProperty("message").GetString()}"));
        Assert.Equal(expected.Length == 0 ? 0 : 1, result.ExitCode);
    }

    [Fact]
    public void Dry_run_refuses_it()
    {
        JsonElement objects = _cli.Run("dry-run", "--format", "json", "--gateway-api-version", "1.3", "a.yaml").Json.GetProperty("files")[0].GetProperty("objects");
        Assert.Equal(["spec.rules[0].name UnknownField", " NoKindMatch"], objects.EnumerateArray().SelectMany(one => one.GetProperty("causes").EnumerateArray())
            .Select(one => $"{one.GetProperty("field").GetString()} {one.GetProperty("reason").GetString()}"));
    }

    [Fact]
    public void In_the_experimental_channel_a_field_may_have_been_there_before()
    {
        Assert.DoesNotContain("`name` is in", _cli.Run("check", "--channel", "experimental", "--gateway-api-version", "1.2", "a.yaml").Out, StringComparison.Ordinal);
        Assert.Contains("`name` is in Gateway API since 1.2; the target has 1.0", _cli.Run("check", "--channel", "experimental", "--gateway-api-version", "1.0", "a.yaml").Out, StringComparison.Ordinal);
    }

    /// <summary>By the definitions of the releases: what each served of the versions that never became stable.</summary>
    [Theory]
    [InlineData("TCPRoute", "v1alpha2", "", "1.0 1.1 1.2 1.3 1.4 1.5 1.6")]
    [InlineData("UDPRoute", "v1alpha2", "", "1.0 1.1 1.2 1.3 1.4 1.5 1.6")]
    [InlineData("TLSRoute", "v1alpha2", "", "1.0 1.1 1.2 1.3 1.4 1.5 1.6")]
    [InlineData("TLSRoute", "v1alpha3", "", "1.4 1.5 1.6")]
    [InlineData("BackendTLSPolicy", "v1alpha2", "", "1.0")]
    [InlineData("BackendTLSPolicy", "v1alpha3", "", "1.1 1.2 1.3 1.4 1.5 1.6")]
    [InlineData("BackendLBPolicy", "v1alpha2", "", "1.1 1.2")]
    [InlineData("GRPCRoute", "v1alpha2", "", "1.0 1.1")]
    [InlineData("ReferenceGrant", "v1alpha2", "1.0", "1.0 1.1")]
    [InlineData("ListenerSet", "v1", "1.5 1.6", "1.5 1.6")]
    [InlineData("XListenerSet", "v1alpha1", "", "1.3 1.4")]
    [InlineData("XBackendTrafficPolicy", "v1alpha1", "", "1.3 1.4 1.5 1.6")]
    [InlineData("XMesh", "v1alpha1", "", "1.4 1.5 1.6")]
    public void A_version_is_served_by_the_releases_that_had_it(string kind, string version, string standard, string experimental)
    {
        string group = kind.StartsWith('X') ? "gateway.networking.x-k8s.io" : "gateway.networking.k8s.io";
        _cli.Write("one.yaml", $"apiVersion: {group}/{version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{}}\n");
        Assert.Equal((standard, experimental), (Served("standard"), Served("experimental")));

        string Served(string channel) => string.Join(' ', new[] { "1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6" }.Where(release =>
        {
            string[] target = ["--format", "json", "--channel", channel, "--gateway-api-version", release, "one.yaml"];
            bool isRefused = _cli.Run(["dry-run", .. target]).Out.Contains("NoKindMatch", StringComparison.Ordinal);
            Assert.Equal(isRefused, _cli.Run(["check", .. target]).Out.Contains("not-served", StringComparison.Ordinal));
            return !isRefused;
        }));
    }

    [Fact]
    public void No_version_is_put_in_that_the_release_does_not_have()
    {
        _cli.Write("one.yaml", "apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\nmetadata: {name: a}\n");
        Assert.Contains("Change to", _cli.Run("check", "--format", "json", "--gateway-api-version", "1.5", "one.yaml").Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Change to", _cli.Run("check", "--format", "json", "--gateway-api-version", "1.4", "one.yaml").Out, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();
}
