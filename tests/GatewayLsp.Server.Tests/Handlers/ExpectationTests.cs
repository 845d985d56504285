using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary><c>gatewayLsp/expectations</c> and <c>gatewayLsp/expectationOf</c>.</summary>
public sealed class ExpectationTests
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
          - matches: [{path: {value: /a}}]
            backendRefs: [{name: web, port: 80, weight: 3}, {name: next, port: 80}]
          - matches: [{path: {value: /old}}]
            filters: [{type: RequestRedirect, requestRedirect: {hostname: new.example.com, statusCode: 301}}]

        """;

    [Fact]
    public async Task Expectations_of_a_file_and_of_all_are_told_with_what_became_of_them()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text.Replace("metadata: {name: web}", "# expect: GET /a -> web 75%, next 25%\n# expect: GET /b -> web\nmetadata: {name: web}", StringComparison.Ordinal));
        server.Client.Open("file:///w/b.yaml", """
            # expect: GET /x -> svc
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: lone}
            spec: {parentRefs: [{name: elsewhere}]}

            """);
        JsonArray files = (await server.Client.RequestAsync("gatewayLsp/expectations", new JsonObject()))!["files"]!.AsArray();
        Assert.Equal([Uri, "file:///w/b.yaml"], files.Select(file => (string)file!["uri"]!));
        JsonArray told = files[0]!["expectations"]!.AsArray();
        Assert.Equal([("GET /a -> web 75%, next 25%", true, null), ("GET /b -> web", false, "Expected is `web`; this request gets 404")],
            told.Select(one => ((string)one!["text"]!, (bool)one["passed"]!, ((string?)one["message"])?.Split(" at ")[0])));
        Assert.Equal((7, 0), ((int)told[0]!["range"]!["start"]!["line"]!, (int)told[0]!["range"]!["start"]!["character"]!));
        Assert.Null(files[1]!["expectations"]![0]!["passed"]);
        Assert.Single((await server.Client.RequestAsync("gatewayLsp/expectations", new JsonObject { ["uri"] = Uri }))!["files"]!.AsArray());
        Assert.Empty((await server.Client.RequestAsync("gatewayLsp/expectations", new JsonObject { ["uri"] = "file:///w/none.yaml" }))!["files"]!.AsArray());
    }

    [Theory]
    [InlineData("GET http://x.com/a/b?c=d", 5, "GET http://x.com/a/b?c=d -> web 75%, next 25%")]
    [InlineData("POST /a -H 'x-a: it is \"b\"'", 5, "POST /a -H 'x-a: it is \"b\"' -> web 75%, next 25%")]
    [InlineData("GET http://x.com/old", 5, "GET http://x.com/old -> 301 http://new.example.com/old")]
    [InlineData("GET http://x.com/none", 0, "GET http://x.com/none -> 404")]
    public async Task What_becomes_of_a_request_is_kept_and_holds_at_once(string request, int line, string expectation)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        var asked = new JsonObject { ["text"] = request, ["gateway"] = new JsonObject { ["name"] = "edge" } };
        JsonNode made = (await server.Client.RequestAsync("gatewayLsp/expectationOf", asked))!;
        Assert.Equal(expectation, (string?)made["text"]);
        JsonNode edit = Assert.Single(made["edit"]!["changes"]![Uri]!.AsArray())!;
        Assert.Equal((line, 0, $"# expect: {expectation}\n"), ((int)edit["range"]!["start"]!["line"]!, (int)edit["range"]!["start"]!["character"]!, (string)edit["newText"]!));
        string[] lines = Text.Split('\n');
        server.Client.Replace(Uri, 2, string.Join('\n', [.. lines[..line], $"# expect: {expectation}", .. lines[line..]]));
        JsonNode read = (await server.Client.RequestAsync("gatewayLsp/expectations", new JsonObject()))!["files"]![0]!["expectations"]![0]!;
        Assert.Equal((expectation, true), ((string)read["text"]!, (bool)read["passed"]!));
        // The next one goes below it.
        made = (await server.Client.RequestAsync("gatewayLsp/expectationOf", asked.DeepClone()))!;
        Assert.Equal(line + 1, (int)made["edit"]!["changes"]![Uri]![0]!["range"]!["start"]!["line"]!);
    }

    [Theory]
    [InlineData("GET http://x.com/a", "none", "can't be followed")]
    [InlineData("GET", "edge", "no request")]
    public async Task What_cannot_be_kept_is_told(string request, string gateway, string reason)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        var error = await Assert.ThrowsAsync<LspErrorException>(() =>
            server.Client.RequestAsync("gatewayLsp/expectationOf", new JsonObject { ["text"] = request, ["gateway"] = new JsonObject { ["name"] = gateway } }));
        Assert.Equal(-32803, error.Code);
        Assert.Contains(reason, error.Text, StringComparison.Ordinal);
    }
}
