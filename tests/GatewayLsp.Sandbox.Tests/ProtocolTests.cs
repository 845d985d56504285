using System.Net;
using System.Net.WebSockets;
using System.Text;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>What the conformance suite's requests do not touch: WebSockets, retries.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private const string Manifest = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec: {gatewayClassName: sandbox, listeners: [{name: http, protocol: HTTP, port: 8080}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: shop}
        spec:
          parentRefs: [{name: front}]
          rules:
          - matches: [{path: {value: /stubborn}}]
            retry: {attempts: 2, codes: [503]}
            backendRefs: [{name: web, port: 80}]
          - backendRefs: [{name: web, port: 80}]
        """;

    private RunningSandbox _running = null!;

    private IPEndPoint Gateway => _running.GatewayAt("sandbox-eks", "shop", "front", 8080)!;

    public async Task InitializeAsync()
    {
        _running = await RunningSandbox.Start(Channel.Experimental);
        await _running.Apply("sandbox-eks", Manifest);
        await _running.Settle();
    }

    public async Task DisposeAsync() => await _running.DisposeAsync();

    [Fact]
    public async Task WebSocketsGoThrough()
    {
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await socket.ConnectAsync(new Uri($"ws://{Gateway}/chat"), patience.Token);
        byte[] buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult hello = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
        Assert.Equal("web", Json.ParseObject(Encoding.UTF8.GetString(buffer, 0, hello.Count))!["deployment"].Text());
        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, true, patience.Token);
        ValueWebSocketReceiveResult echo = await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, echo.Count));
    }

    /// <summary>Every other request fails; a second try is always one that does not.</summary>
    [Fact]
    public async Task RetriesHideErrorsThatPass()
    {
        _running.Sandbox.Fail(FaultTarget.Parse("service/shop/web")!, new PodFault(false, TimeSpan.Zero, 50));
        using var sender = new Sender(null);
        var plain = new List<int>();
        var stubborn = new List<int>();
        for (int i = 0; i < 10; i++)
        {
            plain.Add((await sender.Get(Gateway, "", "/")).Status);
            stubborn.Add((await sender.Get(Gateway, "", "/stubborn")).Status);
        }
        Assert.Contains(503, plain);
        Assert.All(stubborn, status => Assert.Equal(200, status));
    }
}
