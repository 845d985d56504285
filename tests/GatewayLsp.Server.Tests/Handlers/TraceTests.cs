using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary><c>gatewayLsp/trace</c>.</summary>
public sealed class TraceTests
{
    private const string Uri = "file:///w/a.yaml";

    private const string Text = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - backendRefs: [{name: web, port: 80}]
            matches:
            - path: {value: /none}
            - path: {value: /a}
        """;

    [Fact]
    public async Task A_request_is_followed_and_the_match_located()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        JsonNode trace = (await server.Client.RequestAsync("gatewayLsp/trace", Request("/a/b")))!;
        Assert.Equal((7, "web", 0, 1), ((int)trace["id"]!, (string)trace["route"]!["name"]!, (int)trace["rule"]!, (int)trace["match"]!));
        Assert.Equal("web", (string?)trace["backends"]![0]!["name"]);
        Assert.Equal((Uri, 14, 6), ((string)trace["location"]!["uri"]!, (int)trace["location"]!["range"]!["start"]!["line"]!, (int)trace["location"]!["range"]!["start"]!["character"]!));

        trace = (await server.Client.RequestAsync("gatewayLsp/trace", Request("/b")))!;
        Assert.Equal(404, (int)trace["response"]!["statusCodes"]![0]!);
        Assert.Null(trace["location"]);
    }

    [Fact]
    public async Task What_is_no_request_is_told()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        Assert.Equal("'request' is missing", (string?)(await server.Client.RequestAsync("gatewayLsp/trace", new JsonObject()))!["error"]);
    }

    private static JsonObject Request(string path) => new()
    {
        ["id"] = 7,
        ["gateway"] = new JsonObject { ["namespace"] = "default", ["name"] = "edge" },
        ["request"] = new JsonObject { ["host"] = "x", ["path"] = path },
    };
}
