using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>What the editor gets for each feature: shapes and ranges. What is offered or said is the engine's to test.</summary>
public sealed class LanguageFeatureTests
{
    private const string Uri = "file:///w/a.yaml";

    /// <summary>The cursor is behind the indentation of line 6, where a key of a Gateway's spec goes.</summary>
    private const string HalfTyped = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: istio\n  \n";

    [Fact]
    public async Task Completion_items_have_their_edit_each_for_a_client_without_defaults()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, HalfTyped);
        var list = (await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!;
        Assert.False((bool)list["isIncomplete"]!);
        Assert.Null(list["itemDefaults"]);
        var item = Item(list, "listeners");
        Assert.Equal(6, (int)item["textEdit"]!["range"]!["start"]!["line"]!);
        Assert.Equal(2, (int)item["textEdit"]!["range"]!["start"]!["character"]!);
        var text = (string)item["textEdit"]!["newText"]!;
        Assert.Null(item["insertTextFormat"]);
        Assert.DoesNotContain("$", text, StringComparison.Ordinal);

        // Such a client puts the text in as it comes, so it comes with the indentation of the place.
        Assert.StartsWith("listeners:\n  - name: ", text, StringComparison.Ordinal);
        Assert.Equal(1, (int)item["insertTextMode"]!);
    }

    [Fact]
    public async Task Completion_items_share_the_edit_range_and_are_snippets_where_the_client_can()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Snippets());
        server.Client.Open(Uri, HalfTyped);
        var list = (await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!;
        Assert.Equal(6, (int)list["itemDefaults"]!["editRange"]!["start"]!["line"]!);
        var item = Item(list, "listeners");
        Assert.Null(item["textEdit"]);
        Assert.Equal(2, (int)item["insertTextFormat"]!);

        // Indented relative to the place: the editor adds what is in front of it.
        Assert.StartsWith("listeners:\n- name: ", (string?)item["textEditText"], StringComparison.Ordinal);
        Assert.Equal(2, (int)item["insertTextMode"]!);
    }

    [Fact]
    public async Task Resolving_an_item_adds_its_documentation_and_keeps_the_rest()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Snippets());
        server.Client.Open(Uri, HalfTyped);
        var list = (await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!;
        var item = Item(list, "listeners");
        Assert.Null(item["documentation"]);

        var resolved = (await server.Client.RequestAsync("completionItem/resolve", item.DeepClone()))!.AsObject();
        Assert.Equal("markdown", (string?)resolved["documentation"]!["kind"]);
        Assert.NotEmpty((string)resolved["documentation"]!["value"]!);
        resolved.Remove("documentation");
        Assert.True(JsonNode.DeepEquals(item, resolved), resolved.ToJsonString());
    }

    [Fact]
    public async Task Resolving_an_item_of_a_list_that_is_history_gives_it_back_as_it_is()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Snippets());
        server.Client.Open(Uri, HalfTyped);
        var item = Item((await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!, "listeners");
        for (var i = 0; i < 10; i++)
        {
            await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2));
        }

        Assert.True(JsonNode.DeepEquals(item, await server.Client.RequestAsync("completionItem/resolve", item.DeepClone())));
        var foreign = JsonNode.Parse("""{"label":"x","data":{"list":-7,"index":99}}""");
        Assert.Equal("x", (string?)(await server.Client.RequestAsync("completionItem/resolve", foreign))!["label"]);
    }

    [Theory]
    [InlineData("""{"contentFormat":["markdown","plaintext"]}""", "markdown")]
    [InlineData("""{"contentFormat":["plaintext"]}""", "plaintext")]
    [InlineData("{}", "markdown")]
    public async Task Hover_comes_in_a_format_that_the_client_takes(string capability, string kind)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.With("textDocument", "hover", JsonNode.Parse(capability)!));
        server.Client.Open(Uri, Manifests.Good());
        var hover = (await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 5, 4)))!;
        Assert.Equal(kind, (string?)hover["contents"]!["kind"]);
        Assert.Contains("gatewayClassName", (string?)hover["contents"]!["value"], StringComparison.Ordinal);
        Assert.Equal(2, (int)hover["range"]!["start"]!["character"]!);
        Assert.Equal(18, (int)hover["range"]!["end"]!["character"]!);
    }

    [Fact]
    public async Task Hover_on_nothing_is_null()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        Assert.Null(await server.Client.RequestAsync("textDocument/hover", Documents.At("file:///nowhere.yaml", 0, 0)));
        server.Client.Open(Uri, "\n\n");
        Assert.Null(await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 1, 0)));
        Assert.Null(await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 1000, 1000)));
    }

    [Fact]
    public async Task Symbols_are_a_tree_for_clients_that_know_one()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(
            Capabilities.With("textDocument", "documentSymbol", new JsonObject { ["hierarchicalDocumentSymbolSupport"] = true }));
        server.Client.Open(Uri, Manifests.Good());
        var symbols = (await server.Client.RequestAsync("textDocument/documentSymbol", Documents.Id(Uri)))!.AsArray();
        var gateway = Assert.Single(symbols)!;
        Assert.Contains("edge", (string?)gateway["name"], StringComparison.Ordinal);
        Assert.Null(gateway["location"]);
        Assert.NotEmpty(gateway["children"]!.AsArray());
        Assert.Equal(0, (int)gateway["range"]!["start"]!["line"]!);
        Assert.Equal(3, (int)gateway["selectionRange"]!["start"]!["line"]!);
    }

    [Fact]
    public async Task Symbols_are_flat_for_clients_that_know_no_tree()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Good());
        var symbols = (await server.Client.RequestAsync("textDocument/documentSymbol", Documents.Id(Uri)))!.AsArray();
        Assert.True(symbols.Count > 1);
        Assert.All(symbols, s => Assert.Equal(Uri, (string?)s!["location"]!["uri"]));
        Assert.Equal((string?)symbols[0]!["name"], (string?)symbols[1]!["containerName"]);
    }

    [Fact]
    public async Task Workspace_symbols_are_found_in_files_that_nobody_opened()
    {
        using var folder = new TempFolder();
        folder.Write("a.yaml", Manifests.Good("harbour"));
        folder.Write("b.yaml", Manifests.Broken("marker"));
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);
        await server.Client.NextAsync("textDocument/publishDiagnostics");
        var found = (await server.Client.RequestAsync("workspace/symbol", new JsonObject { ["query"] = "harbour" }))!.AsArray();
        var symbol = Assert.Single(found)!;
        Assert.Equal(Path.Combine(folder.Path, "a.yaml"), new Uri((string)symbol["location"]!["uri"]!).LocalPath);
    }

    [Fact]
    public async Task Folds_whole_lines()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Good());
        var folds = (await server.Client.RequestAsync("textDocument/foldingRange", Documents.Id(Uri)))!.AsArray();
        Assert.Contains(folds, f => (int)f!["startLine"]! == 4 && (int)f["endLine"]! == 9);
        Assert.All(folds, f => Assert.Null(f!["startCharacter"]));
    }

    [Fact]
    public async Task Selection_grows_outwards_from_each_position()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Good());
        var parameters = Documents.Id(Uri);
        parameters["positions"] = new JsonArray(Documents.Position(7, 12), Documents.Position(900, 0));
        var chains = (await server.Client.RequestAsync("textDocument/selectionRange", parameters))!.AsArray();
        Assert.Equal(2, chains.Count);
        var depth = 0;
        for (var link = chains[0]; link?["parent"] is { } parent; link = parent)
        {
            Assert.True(Start(parent["range"]!) <= Start(link["range"]!));
            depth++;
        }

        Assert.True(depth >= 3, $"only {depth} steps");

        static long Start(JsonNode range) => ((long)range["start"]!["line"]! << 32) + (long)range["start"]!["character"]!;
    }

    [Theory]
    [InlineData("textDocument/documentSymbol", "[]")]
    [InlineData("textDocument/foldingRange", "[]")]
    [InlineData("textDocument/documentLink", "[]")]
    [InlineData("textDocument/formatting", "[]")]
    public async Task An_unknown_document_has_empty_answers(string method, string answer)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        Assert.Equal(answer, (await server.Client.RequestAsync(method, Documents.Id("file:///nowhere.yaml")))!.ToJsonString());
    }

    [Fact]
    public async Task Features_are_switched_off_and_on_by_settings()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, HalfTyped);
        Configure("""{"hover":{"enable":false},"completion":{"enable":false},"format":{"enable":false}}""");
        Assert.Null(await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 1, 1)));
        Assert.Empty((await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!["items"]!.AsArray());
        Assert.Empty((await server.Client.RequestAsync("textDocument/formatting", Documents.Id(Uri)))!.AsArray());

        Configure("{}");
        Assert.NotNull(await server.Client.RequestAsync("textDocument/hover", Documents.At(Uri, 1, 1)));
        Assert.NotEmpty((await server.Client.RequestAsync("textDocument/completion", Documents.At(Uri, 6, 2)))!["items"]!.AsArray());

        void Configure(string json) => server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["gatewayLsp"] = JsonNode.Parse(json) } });
    }

    [Fact]
    public async Task Positions_behind_characters_of_two_units_are_counted_in_UTF_16()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull());
        server.Client.Open(Uri, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {\"😀😀\": a, \"😀😀\": b}\n");
        var one = (await server.Client.PullAsync(Uri)).First(d => (string?)d!["code"] == "duplicate-key");
        Assert.Equal(3, (int)one!["range"]!["start"]!["line"]!);
        Assert.Equal(18, (int)one["range"]!["start"]!["character"]!);
        Assert.Equal(24, (int)one["range"]!["end"]!["character"]!);
    }

    private static JsonObject Snippets() => JsonNode.Parse(
        """{"textDocument":{"completion":{"completionItem":{"snippetSupport":true,"documentationFormat":["markdown"]},"completionList":{"itemDefaults":["editRange"]}}}}""")!.AsObject();

    private static JsonNode Item(JsonNode list, string label) => list["items"]!.AsArray().Single(i => (string?)i!["label"] == label)!;
}
