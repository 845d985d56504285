using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary><c>gatewayLsp/topology</c>, its subscriptions and <c>gatewayLsp/didChangeTopology</c>.</summary>
public sealed class TopologyTests
{
    private const string Uri = "file:///w/a.yaml";

    private const string Changes = "gatewayLsp/didChangeTopology";

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
          - backendRefs: [{name: web, port: 80, weight: 3}, {name: next, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: other}
        spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
        """;

    [Fact]
    public async Task The_graph_of_the_workspace_has_places_states_and_shares()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        JsonNode graph = (await server.Client.RequestAsync("gatewayLsp/topology", new JsonObject()))!;
        Assert.True((int)graph["version"]! > 0);
        JsonNode gateway = Node(graph, "Gateway/default/edge");
        Assert.Equal(("gateway", "edge", "default", "ok", "present"), ((string)gateway["kind"]!, (string)gateway["label"]!, (string)gateway["namespace"]!, (string)gateway["state"]!, (string)gateway["presence"]!));
        Assert.Equal((Uri, 2, 17), ((string)gateway["location"]!["uri"]!, (int)gateway["location"]!["range"]!["start"]!["line"]!, (int)gateway["location"]!["range"]!["start"]!["character"]!));
        Assert.Equal("Gateway/default/edge", (string?)Node(graph, "Gateway/default/edge#listener:http")["parent"]);
        JsonNode edge = graph["edges"]!.AsArray().First(one => (string?)one!["kind"] == "sends")!;
        Assert.Equal((3, 4, 80, "75 %", "unknown"), ((int)edge["share"]!["part"]!, (int)edge["share"]!["whole"]!, (int)edge["port"]!, (string)edge["label"]!, (string)edge["state"]!));
    }

    [Fact]
    public async Task Scopes_and_filters_narrow_it_down()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        Assert.Equal(["Gateway/default/edge"], await GatewaysOf(new JsonObject { ["scope"] = "object", ["uri"] = Uri, ["position"] = Documents.Position(8, 0) }));
        Assert.Equal(["Gateway/default/edge", "Gateway/default/other"], await GatewaysOf(new JsonObject { ["scope"] = "file", ["uri"] = Uri }));
        // A kustomization has no object in it, but takes in the file that has.
        server.Client.Open("file:///w/kustomization.yaml", "resources: [a.yaml]\n");
        Assert.Equal(["Gateway/default/edge", "Gateway/default/other"], await GatewaysOf(new JsonObject { ["scope"] = "file", ["uri"] = "file:///w/kustomization.yaml" }));
        Assert.Equal(["Gateway/default/other"], await GatewaysOf(new JsonObject { ["filters"] = new JsonObject { ["gateways"] = new JsonArray(new JsonObject { ["name"] = "other" }) } }));
        Assert.Empty(await GatewaysOf(new JsonObject { ["filters"] = new JsonObject { ["namespaces"] = new JsonArray("none") } }));
        JsonNode graph = (await server.Client.RequestAsync("gatewayLsp/topology", new JsonObject { ["filters"] = new JsonObject { ["collapse"] = new JsonArray("rules") } }))!;
        Assert.DoesNotContain(graph["nodes"]!.AsArray(), node => (string?)node!["kind"] == "rule");

        async Task<string[]> GatewaysOf(JsonObject parameters) =>
            [.. (await server.Client.RequestAsync("gatewayLsp/topology", parameters))!["nodes"]!.AsArray().Where(node => (string?)node!["kind"] == "gateway").Select(node => (string)node!["id"]!)];
    }

    [Theory]
    [InlineData("mermaid", "flowchart LR")]
    [InlineData("dot", "digraph")]
    [InlineData("svg", "<svg")]
    public async Task It_comes_as_a_drawing_too(string format, string beginning)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        JsonNode answer = (await server.Client.RequestAsync("gatewayLsp/topology", new JsonObject { ["format"] = format }))!;
        Assert.Contains(beginning, (string)answer["text"]!, StringComparison.Ordinal);
        Assert.Contains("edge", (string)answer["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_action_that_shows_it_is_offered_where_a_person_asks_and_the_client_can()
    {
        await using var plain = await ServerUnderTest.StartInitializedAsync();
        plain.Client.Open(Uri, Text);
        Assert.DoesNotContain("Show traffic topology", await TitlesAsync(plain, 8, 1));

        await using var able = await ServerUnderTest.StartInitializedAsync(options: JsonNode.Parse("""{"commands":["gatewayLsp.showTopology"]}"""));
        able.Client.Open(Uri, Text);
        Assert.Contains("Show traffic topology", await TitlesAsync(able, 8, 1));
        Assert.DoesNotContain("Show traffic topology", await TitlesAsync(able, 8, 2));
        able.Client.Open("file:///w/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        Assert.DoesNotContain("Show traffic topology", await TitlesAsync(able, 1, 1, "file:///w/c.yaml"));
        JsonNode lens = (await able.Client.RequestAsync("textDocument/codeLens", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri } }))!.AsArray()
            .First(one => (string?)one!["command"]?["command"] == "gatewayLsp.showTopology")!;
        Assert.Equal("Show topology", (string?)lens["command"]!["title"]);

        static async Task<string[]> TitlesAsync(ServerUnderTest server, int line, int trigger, string uri = Uri)
        {
            var parameters = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["range"] = Documents.Range(line, 0, line, 0),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["triggerKind"] = trigger },
            };
            return [.. (await server.Client.RequestAsync("textDocument/codeAction", parameters))!.AsArray().Select(one => (string)one!["title"]!)];
        }
    }

    [Theory]
    [InlineData("""{"scope": "moon"}""", "scope")]
    [InlineData("""{"scope": "file"}""", "uri")]
    [InlineData("""{"scope": "object", "uri": "file:///w/a.yaml"}""", "position")]
    [InlineData("""{"scope": "object", "uri": "file:///w/a.yaml", "position": {"line": -1, "character": 0}}""", "position")]
    [InlineData("""{"filters": {"namespaces": [1]}}""", "namespaces")]
    [InlineData("""{"filters": {"collapse": ["all"]}}""", "collapse")]
    [InlineData("""{"filters": {"gateways": ["a/b"]}}""", "gateways")]
    [InlineData("""{"format": "png"}""", "format")]
    [InlineData("[]", "object")]
    public async Task Params_of_another_shape_are_refused(string parameters, string word)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var error = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/topology", JsonNode.Parse(parameters)));
        Assert.Equal(-32602, error.Code);
        Assert.Contains(word, error.Text, StringComparison.Ordinal);
        Assert.Equal(-32602, (await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/topology/subscribe", JsonNode.Parse("{}")))).Code);
    }

    [Fact]
    public async Task Where_no_object_is_is_told()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var error = await Assert.ThrowsAsync<LspErrorException>(() =>
            server.Client.RequestAsync("gatewayLsp/topology", new JsonObject { ["scope"] = "object", ["uri"] = "file:///w/none.yaml", ["position"] = Documents.Position(0, 0) }));
        Assert.Equal(-32803, error.Code);
    }

    [Fact]
    public async Task A_subscriber_gets_the_graph_and_then_patches()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        await server.Client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "view" });
        JsonNode first = (await server.Client.NextAsync(Changes))!;
        Assert.Equal("view", (string?)first["subscription"]);
        Assert.Equal("edge", (string?)Node(first, "Gateway/default/edge")["label"]);

        server.Client.Edit(Uri, 2, Documents.Range(11, 48, 11, 49), "1");
        JsonNode next = (await server.Client.NextAsync(Changes))!;
        Assert.Equal(((int)first["version"]!, true), ((int)next["fromVersion"]!, (int)next["version"]! > (int)first["version"]!));
        JsonArray patches = next["patches"]!.AsArray();
        Assert.Equal(["edgeChanged", "edgeChanged"], patches.Select(patch => (string)patch!["op"]!));
        Assert.Equal(("50 %", 1, 2), ((string)patches[0]!["set"]!["label"]!, (int)patches[0]!["set"]!["share"]!["part"]!, (int)patches[0]!["set"]!["share"]!["whole"]!));
        Assert.Equal(2, patches[0]!["set"]!.AsObject().Count);

        server.Client.Edit(Uri, 3, Documents.Range(0, 0, 0, 0), "# a line\n");
        JsonNode moved = Assert.Single((await server.Client.NextAsync(Changes))!["patches"]!.AsArray())!;
        Assert.Equal(("linesShifted", Uri, 2, 1), ((string)moved["op"]!, (string)moved["uri"]!, (int)moved["fromLine"]!, (int)moved["delta"]!));
    }

    [Fact]
    public async Task Many_edits_are_told_together_and_what_changes_nothing_is_not_told()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        await server.Client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "view" });
        await server.Client.NextAsync(Changes);
        for (int i = 0; i < 20; i++)
        {
            server.Client.Edit(Uri, 2 + i, Documents.Range(11, 48, 11, 49), (i % 9).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        JsonNode last = (await server.Client.NextAsync(Changes, change => (string?)change!["patches"]![0]!["set"]?["label"] == "50 %"))!;
        Assert.True(server.Client.Taken(Changes).Count < 10);
        server.Client.Edit(Uri, 40, Documents.Range(0, 40, 0, 40), " # a comment");
        await Task.Delay(400);
        Assert.Empty(server.Client.Taken(Changes));
        Assert.NotNull(last);
    }

    [Fact]
    public async Task Subscriptions_have_their_own_scope_and_end()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Text);
        await server.Client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "all" });
        await server.Client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "one", ["scope"] = "object", ["uri"] = Uri, ["position"] = Documents.Position(15, 0) });
        await server.Client.NextAsync(Changes, change => (string?)change!["subscription"] == "all");
        JsonNode one = (await server.Client.NextAsync(Changes, change => (string?)change!["subscription"] == "one"))!;
        Assert.Equal(["other"], one["nodes"]!.AsArray().Where(node => (string?)node!["kind"] == "gateway").Select(node => (string)node!["label"]!));

        server.Client.Edit(Uri, 2, Documents.Range(11, 48, 11, 49), "1");
        await server.Client.NextAsync(Changes, change => (string?)change!["subscription"] == "all");
        Assert.DoesNotContain(server.Client.Taken(Changes), change => (string?)change!["subscription"] == "one");

        Assert.Null(await server.Client.RequestAsync("gatewayLsp/topology/unsubscribe", new JsonObject { ["subscription"] = "all" }));
        server.Client.Edit(Uri, 3, Documents.Range(11, 48, 11, 49), "2");
        await Task.Delay(400);
        Assert.Empty(server.Client.Taken(Changes));
    }

    private static JsonNode Node(JsonNode graph, string id) => graph["nodes"]!.AsArray().First(node => (string?)node!["id"] == id)!;
}
