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

    [Fact]
    public async Task The_request_that_is_suggested_at_a_match_comes_to_that_match()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        JsonNode sample = (await server.Client.RequestAsync("gatewayLsp/requestAt", Documents.At(Uri, 14, 10)))!;
        Assert.Equal("GET http://example.com/a", (string?)sample["text"]);
        Assert.Equal("edge", (string?)sample["gateway"]!["name"]);
        JsonNode trace = (await server.Client.RequestAsync("gatewayLsp/trace", sample.DeepClone()))!;
        Assert.Equal((0, 1), ((int)trace["rule"]!, (int)trace["match"]!));

        var pasted = new JsonObject { ["gateway"] = sample["gateway"]!.DeepClone(), ["text"] = "curl -s 'http://example.com/none?x=1'" };
        Assert.Equal(0, (int)(await server.Client.RequestAsync("gatewayLsp/trace", pasted))!["match"]!);
        pasted = new JsonObject { ["text"] = "curl -s" };
        Assert.Equal("that is no request: there is no URL in it", (string?)(await server.Client.RequestAsync("gatewayLsp/trace", pasted))!["error"]);
        Assert.Null(await server.Client.RequestAsync("gatewayLsp/requestAt", Documents.At("file:///w/none.yaml", 0, 0)));
    }

    private static JsonObject Request(string path) => new()
    {
        ["id"] = 7,
        ["gateway"] = new JsonObject { ["namespace"] = "default", ["name"] = "edge" },
        ["request"] = new JsonObject { ["host"] = "x", ["path"] = path },
    };
}
