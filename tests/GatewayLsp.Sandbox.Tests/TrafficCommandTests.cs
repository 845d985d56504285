using GatewayLsp.Sandbox.Cli;

namespace GatewayLsp.Sandbox.Tests;

/// <summary><c>traffic</c> as on a terminal.</summary>
public sealed class TrafficCommandTests : IAsyncLifetime
{
    private RunningCommands _commands = null!;

    public async Task InitializeAsync() => _commands = await RunningCommands.Start();

    public async Task DisposeAsync() => await _commands.DisposeAsync();

    [Fact]
    public async Task TheOnlyGatewayNeedsNoName()
    {
        CommandResult split = await _commands.Run("traffic", "--host", "split.demo.example", "--rps", "100", "--for", "1s");
        Assert.Equal(ExitCode.Fine, split.Exit);
        Assert.Matches("^http://split.demo.example/, 100 a second, to demo/front: sandbox-eks at 127[.0-9]+:80(80)?, then sandbox-gke at 127[.0-9]+:80(80)?\n", split.Out);
        Assert.Matches("\n100 requests, 0 lost, half within [0-9.]+ ms, 99 % within [0-9.]+ ms\n  sandbox-eks helloworld-v1 +80 +80.0 %\n  sandbox-eks helloworld-v2 +20 +20.0 %\n$", split.Out);
    }

    [Fact]
    public async Task HeadersReachTheRoute()
    {
        CommandResult canary = await _commands.Run("traffic", "http://canary.demo.example/", "--header", "x-canary: yes", "--rps", "50", "--for", "200ms");
        Assert.True(canary.Exit == ExitCode.Fine && canary.Out.Contains("  sandbox-eks helloworld-v2 ", StringComparison.Ordinal) && !canary.Out.Contains("helloworld-v1", StringComparison.Ordinal), canary.ToString());
    }

    [Fact]
    public async Task TlsIsTrustedByTheSandboxsOwnAuthority()
    {
        CommandResult secure = await _commands.Run("traffic", "https://secure.demo.example/", "--rps", "50", "--for", "500ms");
        Assert.True(secure.Exit == ExitCode.Fine && secure.Out.Contains("25 requests, 0 lost", StringComparison.Ordinal) && secure.Out.Contains("  sandbox-eks helloworld-v1 ", StringComparison.Ordinal), secure.ToString());
        CommandResult plain = await _commands.Run("traffic", "http://secure.demo.example/", "--rps", "50", "--for", "200ms");
        Assert.True(plain.Exit == ExitCode.Fine && plain.Out.Contains("(status 301 to https://secure.demo.example/)", StringComparison.Ordinal), plain.ToString());
    }

    /// <summary>A certificate of somebody else's: refused, with a hint, and taken with <c>--insecure</c>.</summary>
    [Fact]
    public async Task CertificatesOfOthersNeedInsecure()
    {
        using var other = new Net.Authority("somebody");
        Net.PemPair pair = other.IssuePem("secure.other.example");
        await _commands.Running.Apply("sandbox-eks", $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: other-tls, namespace: demo}
            type: kubernetes.io/tls
            data:
              tls.crt: {{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair.Certificate))}}
              tls.key: {{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair.Key))}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: other, namespace: demo}
            spec:
              gatewayClassName: sandbox
              listeners:
              - name: https
                protocol: HTTPS
                port: 9443
                hostname: secure.other.example
                tls: {certificateRefs: [{name: other-tls}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: other, namespace: demo}
            spec:
              parentRefs: [{name: other}]
              rules: [{backendRefs: [{name: helloworld-v1, port: 80}]}]
            """);
        await _commands.Running.Settle();
        string[] call = ["traffic", "https://secure.other.example/", "--gateway", "demo/other", "--rps", "20", "--for", "200ms"];
        CommandResult refused = await _commands.Run(call);
        Assert.Equal(ExitCode.Failed, refused.Exit);
        Assert.Contains("  (certificate not trusted) ", refused.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nthe certificate is not for this name, or not of the sandbox's authority; --insecure takes it all the same\n", refused.Out, StringComparison.Ordinal);
        CommandResult taken = await _commands.Run([.. call, "--insecure"]);
        Assert.True(taken.Exit == ExitCode.Fine && taken.Out.Contains("sandbox-eks helloworld-v1", StringComparison.Ordinal), taken.ToString());
    }

    /// <summary>Of several Gateways the one that has a route for the request is asked; where that leaves a choice, nobody guesses.</summary>
    [Fact]
    public async Task OfSeveralGatewaysTheOneThatServesTheHostIsAsked()
    {
        string gateway(string name) => $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: {{name}}, namespace: demo}
            spec:
              gatewayClassName: sandbox
              listeners: [{name: http, protocol: HTTP, port: 80}]
            """;
        await _commands.Running.Apply("sandbox-eks", $$"""
            {{gateway("other")}}
            ---
            {{gateway("idle")}}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: other, namespace: demo}
            spec:
              parentRefs: [{name: other}]
              hostnames: [other.demo.example, split.demo.example]
              rules: [{matches: [{path: {value: /}, headers: [{name: x-other, value: "yes"}]}], backendRefs: [{name: helloworld-v2, port: 80}]}]
            """);
        await _commands.Running.Settle();
        string[] shortly = ["--rps", "20", "--for", "200ms"];
        CommandResult front = await _commands.Run(["traffic", "http://split.demo.example/", .. shortly]);
        Assert.True(front.Exit == ExitCode.Fine && front.Out.StartsWith("http://split.demo.example/, 20 a second, to demo/front: ", StringComparison.Ordinal), front.ToString());
        CommandResult other = await _commands.Run(["traffic", "http://other.demo.example/", "--header", "x-other:yes", .. shortly]);
        Assert.True(other.Exit == ExitCode.Fine && other.Out.Contains(" to demo/other: ", StringComparison.Ordinal) && other.Out.Contains("sandbox-eks helloworld-v2", StringComparison.Ordinal), other.ToString());
        CommandResult both = await _commands.Run(["traffic", "http://split.demo.example/", "--header", "x-other:yes", .. shortly]);
        Assert.Equal((ExitCode.Failed, "error: demo/front and demo/other have a route for this request; name the one to ask with --gateway\n"), (both.Exit, both.Errors));
        CommandResult none = await _commands.Run(["traffic", "http://nope.demo.example/", .. shortly]);
        Assert.Equal((ExitCode.Failed, "error: no Gateway has a route for this request; name the one to ask with --gateway: demo/front, demo/idle, demo/other\n"), (none.Exit, none.Errors));
    }

    [Fact]
    public async Task GrpcCallsGoToTheirRoute()
    {
        await _commands.Running.Apply("sandbox-eks", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: calls, namespace: demo}
            spec:
              parentRefs: [{name: front}]
              hostnames: [grpc.demo.example]
              rules: [{matches: [{method: {service: shop.Orders}}], backendRefs: [{name: helloworld-v2, port: 80}]}]
            """);
        await _commands.Running.Settle();
        CommandResult calls = await _commands.Run("traffic", "http://grpc.demo.example/shop.Orders/List", "--grpc", "--rps", "20", "--for", "500ms");
        Assert.True(calls.Exit == ExitCode.Fine && calls.Out.Contains("10 requests, 0 lost", StringComparison.Ordinal) && calls.Out.Contains("sandbox-eks helloworld-v2", StringComparison.Ordinal), calls.ToString());
        CommandResult secure = await _commands.Run("traffic", "https://grpc.demo.example/shop.Orders/List", "--grpc", "--rps", "20", "--for", "200ms");
        Assert.True(secure.Exit == ExitCode.Fine && secure.Out.Contains("4 requests, 0 lost", StringComparison.Ordinal), secure.ToString());
        CommandResult unknown = await _commands.Run("traffic", "http://grpc.demo.example/shop.Carts/List", "--grpc", "--rps", "20", "--for", "200ms");
        Assert.True(unknown.Exit == ExitCode.Failed && unknown.Out.Contains("(grpc status 12)", StringComparison.Ordinal)
            && unknown.Out.Contains("\n(grpc status 12): Listener http ", StringComparison.Ordinal), unknown.ToString());
    }

    [Fact]
    public async Task TheOtherClusterTakesOver()
    {
        Task<CommandResult> traffic = _commands.Run("traffic", "--host", "blue-green.demo.example", "--rps", "100", "--for", "2s");
        await Task.Delay(800);
        await _commands.Run("fail", "sandbox-eks");
        CommandResult told = await traffic;
        Assert.True(told.Exit == ExitCode.Fine, told.ToString());
        Assert.Contains("200 requests, 0 lost", told.Out, StringComparison.Ordinal);
        Assert.Contains("  sandbox-gke helloworld-v1 ", told.Out, StringComparison.Ordinal);
        Assert.Matches("  after [0-9.]+ s no answer from sandbox-eks; sandbox-gke took over, [0-9.]+ ms for that request\n$", told.Out);
        CommandResult from = await _commands.Run("traffic", "--host", "blue-green.demo.example", "--rps", "20", "--for", "200ms");
        Assert.True(from.Exit == ExitCode.Fine && from.Out.Contains("to demo/front: sandbox-gke at", StringComparison.Ordinal), from.ToString());
        await _commands.Run("fail", "sandbox-gke");
        CommandResult both = await _commands.Run("traffic", "--host", "blue-green.demo.example");
        Assert.Equal((ExitCode.Failed, "error: Gateway demo/front has nothing open; 'gateway-sandbox status' tells whether it is programmed and its cluster up\n"), (both.Exit, both.Errors));
    }

    [Fact]
    public async Task WhoFailsIsNamed()
    {
        await _commands.Run("fail", "service/demo/helloworld-v1", "--errors", "20", "--latency", "100ms");
        CommandResult told = await _commands.Run("traffic", "http://blue-green.demo.example/", "--rps", "50", "--for", "1s");
        Assert.Equal(ExitCode.Failed, told.Exit);
        Assert.Matches("\n50 requests, 10 lost, half within [0-9]{3,}[.][0-9] ms, .*\n  sandbox-eks helloworld-v1 +40 +80.0 %\n  sandbox-eks helloworld-v1 \\(status 503\\) +10 +20.0 %\n$", told.Out);
    }

    [Fact]
    public async Task WhatNoRouteTakesIsExplained()
    {
        CommandResult nobody = await _commands.Run("traffic", "--rps", "20", "--for", "200ms");
        Assert.Matches("\n  \\(status 404\\) +4 +100.0 %\n\\(status 404\\): No listener on port 80 is for 127[.0-9]+. Nothing takes the request: 404.\n$", nobody.Out);
        CommandResult other = await _commands.Run("traffic", "http://nope.demo.example/a", "--rps", "20", "--for", "200ms");
        Assert.Contains("\n(status 404): Listener http (HTTP 80, *.demo.example) takes it for nope.demo.example. No HTTPRoute on it is for nope.demo.example; they are for blue-green.demo.example, ", other.Out, StringComparison.Ordinal);
        await _commands.Run("fail", "service/demo/helloworld-v1@sandbox-eks");
        CommandResult down = await _commands.Run("traffic", "http://blue-green.demo.example/", "--rps", "20", "--for", "200ms");
        Assert.Matches("\\(status 503\\): No endpoint behind .*helloworld-v1.* takes connections; the last one tried was pod helloworld-v1-", down.Out);
        await _commands.Running.Settle();
        CommandResult gone = await _commands.Run("traffic", "http://blue-green.demo.example/", "--rps", "20", "--for", "200ms");
        Assert.Matches("\\(status 503\\): There are no ready endpoints behind .*helloworld-v1", gone.Out);
        Assert.All([nobody, other, down, gone], one => Assert.Equal(ExitCode.Failed, one.Exit));
    }
}
