using System.Text.Json;
using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>request</c> through the Gateways of the sandbox: real sockets, real answers.</summary>
public sealed class RequestTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static string Sample(params string[] names) =>
        string.Join("\n---\n", names.Select(name => File.ReadAllText(Path.Combine(SharedFiles.Root, "samples", "multi-cluster", name))));

    private async Task<CliHost> Shop()
    {
        CliHost host = sandbox.Host();
        await sandbox.Apply(host, Sample("00-namespace.yaml"), SandboxFixture.Eks);
        await sandbox.Apply(host, Sample("10-gateway.yaml", "20-helloworld.yaml", "30-split.yaml", "34-tls.yaml"), SandboxFixture.Eks);
        return host;
    }

    [Fact]
    public async Task The_observed_split_is_set_beside_the_expected_one()
    {
        using CliHost host = await Shop();
        CliResult text = host.Run("request", "--route", "demo/split", "--context", SandboxFixture.Eks, "--count", "200");
        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("200 x GET http://split.demo.example/", text.Out, StringComparison.Ordinal);
        Assert.Contains("demo/helloworld-v1:80: expected 80 %, got 160 (80 %) from 2 pods", text.Out, StringComparison.Ordinal);
        Assert.Contains("200 x 200", text.Out, StringComparison.Ordinal);

        CliResult json = host.Run("request", "http://split.demo.example/x?y=1", "--context", SandboxFixture.Eks, "-n", "10", "--format", "json", "-H", "X-Try: 1");
        Assert.True(json.ExitCode == 0, json.ToString());
        JsonElement result = json.Json.GetProperty("results")[0];
        Assert.Equal(["demo/helloworld-v1:80", "demo/helloworld-v2:80"], result.GetProperty("expected").EnumerateArray().Select(one => one.GetProperty("backend").GetString()));
        Assert.Equal(10, result.GetProperty("observed").EnumerateArray().Sum(one => one.GetProperty("count").GetInt32()));
        Assert.Equal(10, result.GetProperty("statuses").GetProperty("200").GetInt32());
        JsonElement body = JsonDocument.Parse(result.GetProperty("sample").GetProperty("body").GetString()!).RootElement;
        Assert.Equal("/x?y=1", body.GetProperty("path").GetString());
        Assert.Contains("X-Try", body.GetProperty("headers").ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_nobody_takes_is_foretold()
    {
        using CliHost host = await Shop();
        CliResult none = host.Run("request", "http://nobody.demo.example/", "--context", SandboxFixture.Eks, "--count", "3");
        Assert.True(none.ExitCode == 0 && none.Out.Contains("3 x 404", StringComparison.Ordinal), none.ToString());
        CliResult missing = host.Run("request", "--route", "demo/nope", "--context", SandboxFixture.Eks);
        Assert.Equal((2, "error: sandbox-eks: There is no HTTPRoute demo/nope at sandbox-eks.\n"), (missing.ExitCode, missing.Error));
        CliResult gateway = host.Run("request", "/", "--gateway", "demo/nope", "--context", SandboxFixture.Eks);
        Assert.Contains("There is no Gateway demo/nope", gateway.Error, StringComparison.Ordinal);
        CliResult refused = host.Run("request", "http://split.demo.example/", "--context", SandboxFixture.Eks, "--address", "127.0.0.1:1", "--count", "2");
        Assert.True(refused.ExitCode == 1 && refused.Out.Contains("2 x Nobody listens at 127.0.0.1:1.", StringComparison.Ordinal), refused.ToString());
    }

    [Fact]
    public async Task Over_TLS_the_certificate_is_judged_and_secrets_stay_here()
    {
        using CliHost host = await Shop();
        CliResult plain = host.Run("request", "https://secure.demo.example/", "--context", SandboxFixture.Eks, "--count", "2", "--format", "json");
        JsonElement result = plain.Json.GetProperty("results")[0];
        Assert.True(result.GetProperty("request").GetProperty("sni").GetString() == "secure.demo.example", plain.ToString());
        Assert.Contains("no authority", result.GetProperty("certificate").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, result.GetProperty("errors").GetArrayLength());
        CliResult secret = host.Run("request", "https://secure.demo.example/", "--context", SandboxFixture.Eks, "--count", "1", "-H", "Authorization: Bearer planted-token");
        Assert.True(secret.ExitCode == 1 && secret.Out.Contains("has credentials", StringComparison.Ordinal), secret.ToString());
        Assert.DoesNotContain("planted-token", secret.ToString(), StringComparison.Ordinal);
    }

    private const string Streams = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: streams, namespace: demo}
        spec:
          gatewayClassName: sandbox
          listeners:
          - {name: tcp, port: 9000, protocol: TCP}
          - {name: empty, port: 9001, protocol: TCP}
          - {name: udp, port: 5300, protocol: UDP}
          - {name: tls, port: 8443, protocol: TLS, tls: {mode: Passthrough}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata: {name: streams, namespace: demo}
        spec: {parentRefs: [{name: streams, sectionName: tcp}], rules: [{backendRefs: [{name: streams, port: 9000}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: UDPRoute
        metadata: {name: streams, namespace: demo}
        spec: {parentRefs: [{name: streams, sectionName: udp}], rules: [{backendRefs: [{name: streams, port: 5300}]}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TLSRoute
        metadata: {name: streams, namespace: demo}
        spec: {parentRefs: [{name: streams, sectionName: tls}], hostnames: [pass.demo.example], rules: [{backendRefs: [{name: streams, port: 9000}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: streams, namespace: demo}
        spec:
          selector: {app: streams}
          ports: [{name: tcp, port: 9000, targetPort: 8080}, {name: udp, port: 5300, targetPort: 5300, protocol: UDP}]
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: streams, namespace: demo}
        spec:
          selector: {matchLabels: {app: streams}}
          template:
            metadata: {labels: {app: streams}}
            spec: {containers: [{name: echo, image: "example.com/echo:1", ports: [{containerPort: 8080}, {containerPort: 5300, protocol: UDP}]}]}
        """;

    [Fact]
    public async Task Bare_connections_and_datagrams_are_sent_too()
    {
        using CliHost host = sandbox.Host();
        await sandbox.Apply(host, Sample("00-namespace.yaml"), SandboxFixture.Eks);
        await sandbox.Apply(host, Streams, SandboxFixture.Eks);
        CliResult Run(params string[] more) => host.Run(["request", .. more, "--gateway", "demo/streams", "--context", SandboxFixture.Eks, "--count", "3"]);

        CliResult tcp = Run("tcp://:9000", "--data", "hello\n");
        Assert.True(tcp.ExitCode == 0 && tcp.Out.Contains("3 x TCP to ", StringComparison.Ordinal) && tcp.Out.Contains("3 x answered", StringComparison.Ordinal), tcp.ToString());
        Assert.Contains("demo/streams:9000: expected 100 %, got 3 (100 %)", tcp.Out, StringComparison.Ordinal);
        CliResult silent = Run("tcp://:9000");
        Assert.True(silent.ExitCode == 0 && silent.Out.Contains("3 x connected", StringComparison.Ordinal), silent.ToString());
        CliResult udp = Run("udp://:5300");
        Assert.True(udp.ExitCode == 0 && udp.Out.Contains("3 x UDP to ", StringComparison.Ordinal) && udp.Out.Contains("3 x answered", StringComparison.Ordinal), udp.ToString());
        CliResult tls = Run("tls://pass.demo.example:8443", "--data", "GET / HTTP/1.1\r\nHost: pass.demo.example\r\nConnection: close\r\n\r\n");
        Assert.True(tls.ExitCode == 0 && tls.Out.Contains("3 x TLS (pass.demo.example) to ", StringComparison.Ordinal) && tls.Out.Contains("3 x answered", StringComparison.Ordinal), tls.ToString());
        CliResult nobody = Run("tls://other.demo.example:8443");
        Assert.True(nobody.ExitCode == 0 && nobody.Out.Contains("3 x refused", StringComparison.Ordinal), nobody.ToString());
    }

    [Theory]
    [InlineData("URL is missing, or --route", "request", "--context", "c")]
    [InlineData("URL and --route exclude each other", "request", "http://a/", "--route", "a/b", "--context", "c")]
    [InlineData("--count: 0 is not from 1 to 10000", "request", "http://a/", "--count", "0", "--context", "c")]
    [InlineData("--route: 'a' is not [KIND/]NAMESPACE/NAME", "request", "--route", "a", "--context", "c")]
    [InlineData("there is no context 'c'", "request", "http://a/", "--context", "c")]
    public void Wrong_usage_is_told(string message, params string[] args)
    {
        using CliHost host = sandbox.Host();
        CliResult result = host.Run(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }
}
