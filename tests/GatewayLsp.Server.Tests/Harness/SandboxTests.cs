using System.Text.Json.Nodes;
using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Server.Tests.Harness;

/// <summary>Tests of a server with the clusters of the sandbox, one file in the editor, and a journal of their own.</summary>
public abstract class SandboxTests : IAsyncLifetime
{
    protected const string Uri = "file:///shop/shop.yaml";

    private readonly string _state = Directory.CreateTempSubdirectory("gateway-lsp-state-").FullName;

    internal SandboxClusters Sandbox { get; private set; } = null!;

    public async Task InitializeAsync() => Sandbox = await SandboxClusters.Start();

    public async Task DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    internal async Task<ServerUnderTest> StartAsync(string text, JsonObject options, JsonObject? capabilities = null, JsonObject? settings = null)
    {
        ServerUnderTest server = ServerUnderTest.StartInMemory(variable: name => name == "XDG_STATE_HOME" ? _state : null);
        options["trusted"] = true;
        await server.InitializeAsync(capabilities, settings: settings, options: options);
        server.Client.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = Uri, ["languageId"] = "yaml", ["version"] = 1, ["text"] = text },
        });
        return server;
    }

    internal static async Task<JsonNode> Plan(ServerUnderTest server, params string[] contexts) => (await server.Client.RequestAsync("gatewayLsp/plan", new JsonObject
    {
        ["contexts"] = new JsonArray([.. contexts.Select(one => (JsonNode)one)]),
        ["scope"] = new JsonObject { ["kind"] = "file", ["uri"] = Uri },
    }))!;

    internal static async Task<JsonNode> Apply(ServerUnderTest server, JsonNode plan, JsonObject? more = null)
    {
        JsonObject parameters = more ?? [];
        parameters["plan"] = plan["plan"]!.DeepClone();
        parameters["confirmed"] = true;
        parameters["wait"] = 20;
        return (await server.Client.RequestAsync("gatewayLsp/apply", parameters))!;
    }
}
