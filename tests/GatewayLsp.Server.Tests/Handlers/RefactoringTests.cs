using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Refactorings over the wire: offered at once, made when chosen, with tab stops for clients that have them.</summary>
public sealed class RefactoringTests
{
    private const string Uri = "file:///w/route.yaml";
    private const string Mirror = "Mirror requests to a shadow backend store-shadow";

    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - backendRefs:\n    - name: store\n      port: 80\n";

    [Fact]
    public async Task Edits_come_when_the_action_is_chosen_with_tab_stops()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Client(resolves: true, snippets: true));
        server.Client.Open(Uri, Route);
        var action = await FindAsync(server, Mirror);
        Assert.Equal("refactor.rewrite.gatewayLsp.mirror", (string?)action["kind"]);
        Assert.Null(action["edit"]);
        var made = (await server.Client.RequestAsync("codeAction/resolve", action))!;
        var edit = made["edit"]!["documentChanges"]![0]!["edits"]![0]!;
        Assert.Null(edit["newText"]);
        Assert.Equal("snippet", (string?)edit["snippet"]!["kind"]);
        Assert.Equal("    filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: ${1:store-shadow}\n          port: 80\n", (string?)edit["snippet"]!["value"]);
        Assert.Null(made["command"]);
    }

    [Fact]
    public async Task Client_without_tab_stops_gets_plain_text_and_a_selection()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Client(resolves: true, snippets: false));
        server.Client.Open(Uri, Route);
        var made = (await server.Client.RequestAsync("codeAction/resolve", await FindAsync(server, Mirror)))!;
        Assert.Contains("name: store-shadow\n", (string?)made["edit"]!["documentChanges"]![0]!["edits"]![0]!["newText"], StringComparison.Ordinal);
        Assert.Equal("gatewayLsp.select", (string?)made["command"]!["command"]);
        Assert.Equal(13, (int)made["command"]!["arguments"]![0]!["range"]!["start"]!["line"]!);
    }

    [Fact]
    public async Task Client_that_does_not_resolve_gets_edits_at_once()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Route);
        Assert.NotNull((await FindAsync(server, Mirror))["edit"]!["changes"]![Uri]);
    }

    [Fact]
    public async Task Edit_of_an_older_text_is_refused()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Client(resolves: true, snippets: true));
        server.Client.Open(Uri, Route);
        var action = await FindAsync(server, Mirror);
        server.Client.Replace(Uri, 2, "# new\n" + Route);
        var error = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("codeAction/resolve", action));
        Assert.Equal(-32801, error.Code);
    }

    [Fact]
    public async Task Kinds_are_announced_and_asked_for_by_their_beginning()
    {
        await using var server = ServerUnderTest.Start();
        var capabilities = (await server.InitializeAsync())!["capabilities"]!["codeActionProvider"]!;
        Assert.True((bool)capabilities["resolveProvider"]!);
        Assert.Contains("refactor.rewrite.gatewayLsp.canary", capabilities["codeActionKinds"]!.AsArray().Select(kind => (string?)kind));
        server.Client.Open(Uri, Route);
        var found = await server.Client.RequestAsync("textDocument/codeAction", Range("refactor.extract"));
        Assert.Empty(found!.AsArray());
    }

    private static JsonObject Client(bool resolves, bool snippets) => new()
    {
        ["textDocument"] = new JsonObject
        {
            ["codeAction"] = resolves ? new JsonObject { ["dataSupport"] = true, ["resolveSupport"] = new JsonObject { ["properties"] = new JsonArray("edit", "command") } } : [],
        },
        ["workspace"] = new JsonObject { ["workspaceEdit"] = new JsonObject { ["documentChanges"] = true, ["snippetEditSupport"] = snippets } },
        ["window"] = new JsonObject { ["showDocument"] = new JsonObject { ["support"] = true } },
    };

    private static async Task<JsonNode> FindAsync(ServerUnderTest server, string title) =>
        (await server.Client.RequestAsync("textDocument/codeAction", Range()))!.AsArray().Single(action => (string?)action!["title"] == title)!.DeepClone();

    private static JsonObject Range(string? only = null)
    {
        JsonObject position() => new() { ["line"] = 7, ["character"] = 12 };
        return new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri },
            ["range"] = new JsonObject { ["start"] = position(), ["end"] = position() },
            ["context"] = new JsonObject { ["diagnostics"] = new JsonArray(), ["only"] = only is null ? null : new JsonArray(only) },
        };
    }
}
