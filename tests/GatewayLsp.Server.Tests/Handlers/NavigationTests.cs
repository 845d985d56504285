using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Shapes of navigation, hints and lenses as editors get them. What leads where is the engine's to test.</summary>
public sealed class NavigationTests
{
    private const string Routes = "file:///w/routes.yaml";
    private const string Services = "file:///w/services.yaml";

    /// <summary>Line 8: two references to the Service <c>cart</c>, the second one in quotes.</summary>
    private const string RouteText = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs: [{name: cart, port: 80, weight: 3}, {name: "cart", port: 80}]

        """;

    private const string ServiceText = """
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
        spec:
          ports:
          - port: 80

        """;

    [Theory]
    [InlineData("definition")]
    [InlineData("declaration")]
    public async Task A_definition_is_a_link_for_clients_that_know_links(string method)
    {
        await using var server = await StartAsync(Capabilities.With("textDocument", method, new JsonObject { ["linkSupport"] = true }));
        var link = Assert.Single((await server.Client.RequestAsync("textDocument/" + method, Documents.At(Routes, 8, 26)))!.AsArray())!;
        Assert.Equal(Services, (string?)link["targetUri"]);
        Assert.Equal("8:25-8:29", Show(link["originSelectionRange"]));
        Assert.Equal("3:8-3:12", Show(link["targetSelectionRange"]));
        Assert.Equal("0:0-6:12", Show(link["targetRange"]));
        Assert.Null(link["uri"]);
    }

    [Fact]
    public async Task A_definition_is_a_location_for_all_others()
    {
        await using var server = await StartAsync();
        var location = Assert.Single((await server.Client.RequestAsync("textDocument/definition", Documents.At(Routes, 8, 26)))!.AsArray())!;
        Assert.Equal(["uri", "range"], location.AsObject().Select(p => p.Key));
        Assert.Equal("3:8-3:12", Show(location["range"]));
        foreach (var method in (string[])["definition", "declaration", "typeDefinition", "implementation"])
        {
            Assert.Empty((await server.Client.RequestAsync("textDocument/" + method, Documents.At(Routes, 1, 1)))!.AsArray());
        }
    }

    [Fact]
    public async Task References_and_highlights()
    {
        await using var server = await StartAsync();
        var parameters = Documents.At(Services, 3, 9);
        parameters["context"] = new JsonObject { ["includeDeclaration"] = true };
        var all = (await server.Client.RequestAsync("textDocument/references", parameters))!.AsArray();
        Assert.Equal([$"{Services} 3:8-3:12", $"{Routes} 8:25-8:29", $"{Routes} 8:61-8:65"], all.Select(one => $"{one!["uri"]} {Show(one["range"])}"));
        parameters = Documents.At(Services, 3, 9);
        parameters["context"] = new JsonObject { ["includeDeclaration"] = false };
        Assert.Equal(2, (await server.Client.RequestAsync("textDocument/references", parameters))!.AsArray().Count);

        var highlights = (await server.Client.RequestAsync("textDocument/documentHighlight", Documents.At(Routes, 8, 26)))!.AsArray();
        Assert.Equal([2, 2], highlights.Select(one => (int)one!["kind"]!));
        highlights = (await server.Client.RequestAsync("textDocument/documentHighlight", Documents.At(Services, 3, 9)))!.AsArray();
        Assert.Equal([3], highlights.Select(one => (int)one!["kind"]!));
    }

    [Fact]
    public async Task A_rename_that_reaches_into_other_files_asks_first()
    {
        await using var server = await StartAsync(JsonNode.Parse("""{"workspace":{"workspaceEdit":{"documentChanges":true,"changeAnnotationSupport":{}}}}""")!.AsObject());
        var edit = (await server.Client.RequestAsync("textDocument/rename", Rename(Routes, 8, 25, "basket")))!;
        Assert.Null(edit["changes"]);
        var changes = edit["documentChanges"]!.AsArray();
        Assert.Equal([Routes, Services], changes.Select(c => (string?)c!["textDocument"]!["uri"]));
        Assert.Equal([1, 1], changes.Select(c => (int)c!["textDocument"]!["version"]!));
        Assert.Equal(["basket", "\"basket\""], changes[0]!["edits"]!.AsArray().Select(e => (string?)e!["newText"]));
        Assert.All(changes[0]!["edits"]!.AsArray(), e => Assert.Null(e!["annotationId"]));
        var id = (string)changes[1]!["edits"]![0]!["annotationId"]!;
        var annotation = edit["changeAnnotations"]![id]!;
        Assert.True((bool)annotation["needsConfirmation"]!);
        Assert.Equal("Rename Service default/cart to basket", (string?)annotation["label"]);

        // Within the file there is nothing to ask.
        edit = (await server.Client.RequestAsync("textDocument/rename", Rename(Routes, 3, 9, "store")))!;
        Assert.Null(edit["changeAnnotations"]);
    }

    [Fact]
    public async Task A_rename_for_a_client_without_versions_is_plain_changes()
    {
        await using var server = await StartAsync();
        var edit = (await server.Client.RequestAsync("textDocument/rename", Rename(Services, 3, 9, "basket")))!;
        Assert.Null(edit["documentChanges"]);
        Assert.Equal(2, edit["changes"]![Routes]!.AsArray().Count);
    }

    [Fact]
    public async Task What_can_not_be_renamed_is_an_error_with_the_reason()
    {
        await using var server = await StartAsync();
        var prepared = (await server.Client.RequestAsync("textDocument/prepareRename", Documents.At(Routes, 8, 63)))!;
        Assert.Equal(("8:61-8:65", "cart"), (Show(prepared["range"]), (string?)prepared["placeholder"]));
        Assert.Null(await server.Client.RequestAsync("textDocument/prepareRename", Documents.At(Routes, 4, 1)));
        var port = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("textDocument/prepareRename", Documents.At(Routes, 8, 38)));
        Assert.Equal((-32803, "Only names can be renamed."), (port.Code, port.Text));
        var invalid = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("textDocument/rename", Rename(Routes, 8, 25, "Not a name")));
        Assert.Equal(-32803, invalid.Code);
        Assert.Contains("`Not a name`", invalid.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_rename_leaves_out_is_told()
    {
        await using var server = await StartAsync();
        server.Client.Open("file:///w/t.yaml", RouteText.Replace("\"cart\"", "'{{ .p }}-cart'", StringComparison.Ordinal).Replace("shop", "other", StringComparison.Ordinal));
        await server.Client.RequestAsync("textDocument/rename", Rename(Services, 3, 9, "basket"));
        var message = (await server.Client.NextAsync("window/showMessage"))!;
        Assert.Equal(2, (int)message["type"]!);
        Assert.Equal("A value with a template expression mentions `cart` and was left as it is: t.yaml:9.", (string?)message["message"]);
    }

    [Fact]
    public async Task Calls_go_from_object_to_object()
    {
        await using var server = await StartAsync();
        var service = Assert.Single((await server.Client.RequestAsync("textDocument/prepareCallHierarchy", Documents.At(Routes, 8, 26)))!.AsArray())!;
        Assert.Equal(("cart", Services), ((string?)service["name"], (string?)service["uri"]));
        var incoming = Assert.Single((await server.Client.RequestAsync("callHierarchy/incomingCalls", new JsonObject { ["item"] = service.DeepClone() }))!.AsArray())!;
        Assert.Equal("shop", (string?)incoming["from"]!["name"]);
        Assert.Equal(["8:25-8:29", "8:61-8:65"], incoming["fromRanges"]!.AsArray().Select(Show));
        var outgoing = Assert.Single((await server.Client.RequestAsync("callHierarchy/outgoingCalls", new JsonObject { ["item"] = incoming["from"]!.DeepClone() }))!.AsArray())!;
        Assert.Equal("cart", (string?)outgoing["to"]!["name"]);
        service.AsObject().Remove("data");
        Assert.Empty((await server.Client.RequestAsync("callHierarchy/incomingCalls", new JsonObject { ["item"] = service.DeepClone() }))!.AsArray());
    }

    [Fact]
    public async Task Hints_are_in_the_range_and_follow_the_settings()
    {
        await using var server = await StartAsync();
        var hints = await HintsAsync(server, 0, 99);
        Assert.Equal(["75 %", "25 %"], hints.Select(h => (string?)h!["label"]));
        Assert.True((bool)hints[0]!["paddingLeft"]!);
        Assert.Empty(await HintsAsync(server, 0, 7));
        Configure(server, """{"inlayHints":{"shares":false,"defaults":true}}""");
        Assert.DoesNotContain(await HintsAsync(server, 0, 99), h => ((string)h!["label"]!).Contains('%', StringComparison.Ordinal));
        Assert.NotEmpty(await HintsAsync(server, 0, 99));
    }

    [Fact]
    public async Task Lenses_get_their_words_when_they_are_seen_and_only_commands_that_the_client_has()
    {
        await using var plain = await StartAsync();
        var lens = Assert.Single(await LensesAsync(plain, Services))!;
        Assert.Null(lens["command"]);
        var resolved = (await plain.Client.RequestAsync("codeLens/resolve", lens.DeepClone()))!;
        Assert.Equal(("reached by 1 route", ""), ((string?)resolved["command"]!["title"], (string?)resolved["command"]!["command"]));
        Assert.Single(await LensesAsync(plain, Routes));

        await using var able = await StartAsync(options: JsonNode.Parse("""{"commands":["gatewayLsp.showReferences","gatewayLsp.trace"]}"""));
        resolved = (await able.Client.RequestAsync("codeLens/resolve", Assert.Single(await LensesAsync(able, Services))!.DeepClone()))!;
        Assert.Equal("gatewayLsp.showReferences", (string?)resolved["command"]!["command"]);
        var shown = Assert.Single(resolved["command"]!["arguments"]!.AsArray())!;
        Assert.Equal(Services, (string?)shown["uri"]);
        Assert.Equal(["8:25-8:29", "8:61-8:65"], shown["locations"]!.AsArray().Select(l => Show(l!["range"])));
        var trace = (await LensesAsync(able, Routes))[1]!["command"]!;
        Assert.Equal("gatewayLsp.trace", (string?)trace["command"]);
        Assert.Equal("""{"group":"gateway.networking.k8s.io","kind":"HTTPRoute","namespace":"default","name":"shop"}""", trace["arguments"]![0]!["object"]!.ToJsonString());

        Configure(able, """{"codeLens":{"enable":false}}""");
        Assert.Empty(await LensesAsync(able, Services));
    }

    [Fact]
    public async Task A_lens_of_something_that_went_is_empty_words()
    {
        await using var server = await StartAsync();
        var lens = Assert.Single(await LensesAsync(server, Services))!;
        server.Client.Replace(Services, 2, "a: 1\n");
        Assert.Equal("", (string?)(await server.Client.RequestAsync("codeLens/resolve", lens.DeepClone()))!["command"]!["title"]);
    }

    [Fact]
    public async Task Views_of_other_documents_are_refreshed()
    {
        await using var server = await StartAsync(JsonNode.Parse("""{"workspace":{"codeLens":{"refreshSupport":true},"inlayHint":{"refreshSupport":true}}}""")!.AsObject());
        var refreshed = new TaskCompletionSource();
        server.Client.Answer("workspace/codeLens/refresh", _ =>
        {
            refreshed.TrySetResult();
            return null;
        });
        server.Client.Replace(Services, 2, ServiceText.Replace("cart", "other", StringComparison.Ordinal));
        await refreshed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("textDocument/definition", "[]")]
    [InlineData("textDocument/references", "[]")]
    [InlineData("textDocument/documentHighlight", "[]")]
    [InlineData("textDocument/prepareCallHierarchy", "[]")]
    [InlineData("textDocument/codeLens", "[]")]
    public async Task An_unknown_document_has_empty_answers(string method, string answer)
    {
        await using var server = await StartAsync();
        Assert.Equal(answer, (await server.Client.RequestAsync(method, Documents.At("file:///nowhere.yaml", 0, 0)))!.ToJsonString());
    }

    private static async Task<ServerUnderTest> StartAsync(JsonObject? capabilities = null, JsonNode? options = null)
    {
        var server = await ServerUnderTest.StartInitializedAsync(capabilities, options: options);
        server.Client.Open(Services, ServiceText);
        server.Client.Open(Routes, RouteText);
        return server;
    }

    private static void Configure(ServerUnderTest server, string json)
        => server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["gatewayLsp"] = JsonNode.Parse(json) } });

    private static async Task<JsonArray> LensesAsync(ServerUnderTest server, string uri)
        => (await server.Client.RequestAsync("textDocument/codeLens", Documents.Id(uri)))!.AsArray();

    private static async Task<JsonArray> HintsAsync(ServerUnderTest server, int first, int last)
    {
        var parameters = Documents.Id(Routes);
        parameters["range"] = Documents.Range(first, 0, last, 0);
        return (await server.Client.RequestAsync("textDocument/inlayHint", parameters))!.AsArray();
    }

    private static JsonObject Rename(string uri, int line, int character, string name)
    {
        var parameters = Documents.At(uri, line, character);
        parameters["newName"] = name;
        return parameters;
    }

    private static string Show(JsonNode? range)
        => $"{range!["start"]!["line"]}:{range["start"]!["character"]}-{range["end"]!["line"]}:{range["end"]!["character"]}";
}
