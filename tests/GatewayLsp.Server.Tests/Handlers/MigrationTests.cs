using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>Migration over the wire: actions with their commands, edits that the client is asked to apply, the guess that is selected.</summary>
public sealed class MigrationTests
{
    private const string Uri = "file:///w/old.yaml";

    private const string Old = "apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - forwardTo:\n    - serviceName: store\n";

    private static JsonObject Shows() => Capabilities.With("window", "showDocument", new JsonObject { ["support"] = true });

    [Fact]
    public async Task Action_of_the_file_has_edits_and_selects_what_was_guessed()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Shows());
        var shown = Asked(server, "window/showDocument", "success");
        server.Client.Open(Uri, Old);
        var actions = (await server.Client.RequestAsync("textDocument/codeAction", Range(6)))!.AsArray();
        var file = actions.Single(a => (string)a!["title"]! == "Migrate this file to gateway.networking.k8s.io/v1")!;
        Assert.Equal("refactor.rewrite.gatewayLsp.migrate", (string?)file["kind"]);
        Assert.NotNull(file["edit"]!["changes"]![Uri]);
        Assert.Equal("gatewayLsp.select", (string?)file["command"]!["command"]);
        Assert.Equal(8, (int)file["command"]!["arguments"]![0]!["range"]!["start"]!["line"]!);

        await server.Client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = "gatewayLsp.select", ["arguments"] = file["command"]!["arguments"]!.DeepClone() });
        Assert.Equal(Uri, (string?)(await shown)!["uri"]);
    }

    [Fact]
    public async Task Client_that_shows_no_documents_gets_no_command()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Old);
        var actions = (await server.Client.RequestAsync("textDocument/codeAction", Range(6)))!.AsArray();
        Assert.All(actions, action => Assert.Null(action!["command"]));
    }

    [Theory]
    [InlineData("gatewayLsp.migrateFile", true)]
    [InlineData("gatewayLsp.migrateWorkspace", false)]
    public async Task Command_has_the_client_apply_the_edits_then_selects(string command, bool withUri)
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Shows());
        var shown = Asked(server, "window/showDocument", "success");
        var applied = Asked(server, "workspace/applyEdit", "applied");
        server.Client.Open(Uri, Old);
        var arguments = withUri ? new JsonArray(new JsonObject { ["uri"] = Uri }) : [];
        Assert.Null(await server.Client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = command, ["arguments"] = arguments }));
        var edit = (await applied)!;
        Assert.NotEmpty(edit["edit"]!["changes"]![Uri]!.AsArray());
        Assert.Equal(8, (int)(await shown)!["selection"]!["start"]!["line"]!);
    }

    /// <summary>The params of the first request of that method, which the client answers with yes.</summary>
    private static Task<JsonNode?> Asked(ServerUnderTest server, string method, string yes)
    {
        var asked = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Client.Answer(method, parameters =>
        {
            asked.TrySetResult(parameters?.DeepClone());
            return new JsonObject { [yes] = true };
        });
        return asked.Task.WaitAsync(LspClient.Patience);
    }

    private static JsonObject Range(int line) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = Uri },
        ["range"] = new JsonObject { ["start"] = new JsonObject { ["line"] = line, ["character"] = 5 }, ["end"] = new JsonObject { ["line"] = line, ["character"] = 5 } },
        ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
    };
}
