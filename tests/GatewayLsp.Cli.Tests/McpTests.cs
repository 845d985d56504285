using System.IO.Pipelines;
using System.Text.Json;
using GatewayLsp.Server.Cli;
using GatewayLsp.Server.Mcp;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayLsp.Cli.Tests;

/// <summary>What an assistant gets from <c>gateway-lsp mcp</c>, through the protocol's own client.</summary>
public sealed class McpTests : IDisposable
{
    private const string Shop =
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          gatewayClassName: any
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: api, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - matches: [{path: {type: PathPrefix, value: /api}}]
            backendRefs: [{name: v1, port: 80, weight: 80}, {name: v2, port: 80, weight: 20}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: v1, namespace: shop}
        spec: {ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: v2, namespace: shop}
        spec: {ports: [{port: 80}]}
        """;

    private readonly CliHost _cli = new();

    [Fact]
    public async Task Every_tool_only_reads_and_describes_its_arguments()
    {
        await using var session = await Session.StartAsync(_cli.Folder);
        IList<McpClientTool> tools = await session.Client.ListToolsAsync();
        Assert.Equal(["check", "dry_run", "conditions", "trace", "topology", "migrate", "convert_ingress", "explain"], tools.Select(tool => tool.Name));
        Assert.All(tools, tool =>
        {
            Assert.True(tool.ProtocolTool.Annotations!.ReadOnlyHint);
            Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString());
            Assert.All(tool.JsonSchema.GetProperty("properties").EnumerateObject(), one => Assert.NotEmpty(one.Value.GetProperty("description").GetString()!));
        });
    }

    [Fact]
    public async Task Clusters_are_only_asked_where_the_user_named_a_context()
    {
        await using var session = await Session.StartAsync(_cli.Folder, "staging");
        McpClientTool status = Assert.Single(await session.Client.ListToolsAsync(), tool => tool.Name == "cluster_status");
        Assert.Equal("staging", Assert.Single(status.JsonSchema.GetProperty("properties").GetProperty("context").GetProperty("enum").EnumerateArray()).GetString());
        Assert.Contains("staging", await session.RefusedAsync("cluster_status", new() { ["context"] = "production" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_is_checked_as_text()
    {
        await using var session = await Session.StartAsync(_cli.Folder);
        JsonElement answer = await session.JsonAsync("check", new() { ["manifest"] = Shop.Replace("name: edge}]", "name: egde}]", StringComparison.Ordinal) });
        Assert.Contains(answer.GetProperty("files")[0].GetProperty("diagnostics").EnumerateArray(), one => one.GetProperty("code").GetString() == "no-matching-parent");
    }

    [Fact]
    public async Task A_manifest_is_checked_for_the_release_that_the_cluster_has()
    {
        await using var session = await Session.StartAsync(_cli.Folder);
        Dictionary<string, object?> tls = new()
        {
            ["manifest"] = "apiVersion: gateway.networking.k8s.io/v1\nkind: TLSRoute\nmetadata: {name: a}\nspec: {hostnames: [a.example.com], rules: [{backendRefs: [{name: b, port: 80}]}]}\n",
            ["gateway_api_version"] = "1.4",
        };
        Assert.Contains("since 1.5", await session.TextAsync("check", tls), StringComparison.Ordinal);
        Assert.Contains("since 1.5", await session.TextAsync("dry_run", tls), StringComparison.Ordinal);
        Assert.Contains("1.6, 1.5", await session.RefusedAsync("check", new() { ["manifest"] = "a: b", ["gateway_api_version"] = "2" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_followed()
    {
        _cli.Write("shop.yaml", Shop);
        await using var session = await Session.StartAsync(_cli.Folder);
        JsonElement answer = await session.JsonAsync("trace", new() { ["paths"] = new[] { "shop.yaml" }, ["url"] = "http://shop.example.com/api/items" });
        Assert.Equal([0.8, 0.2], answer.GetProperty("backends").EnumerateArray().Select(backend => backend.GetProperty("share").GetDouble()));
    }

    [Fact]
    public async Task Conditions_verdict_drawing_and_explanation_are_given()
    {
        await using var session = await Session.StartAsync(_cli.Folder);
        Dictionary<string, object?> shop = new() { ["manifest"] = Shop };
        Assert.Equal(4, (await session.JsonAsync("dry_run", shop)).GetProperty("summary").GetProperty("accepted").GetInt32());
        Assert.Contains("Programmed", await session.TextAsync("conditions", shop), StringComparison.Ordinal);
        Assert.StartsWith("flowchart", await session.TextAsync("topology", shop), StringComparison.Ordinal);
        Assert.Contains("backend-not-found", await session.TextAsync("explain", new() { ["code"] = "backend-not-found" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_manifest_is_migrated_and_the_file_stays()
    {
        string old = "apiVersion: gateway.networking.k8s.io/v1beta1\nkind: GatewayClass\nmetadata: {name: a}\nspec: {controllerName: example.com/a}\n";
        _cli.Write("old.yaml", old);
        await using var session = await Session.StartAsync(_cli.Folder);
        Assert.Contains("+apiVersion: gateway.networking.k8s.io/v1\n", await session.TextAsync("migrate", new() { ["paths"] = new[] { "old.yaml" } }), StringComparison.Ordinal);
        Assert.Equal(old, File.ReadAllText(Path.Combine(_cli.Folder, "old.yaml")));
        // An answer without a word would look like a fault.
        Assert.Equal("Nothing to migrate.", await session.TextAsync("migrate", new() { ["manifest"] = Shop }));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/etc/passwd")]
    [InlineData("link/hostname")]
    [InlineData("-")]
    public async Task Nothing_outside_of_the_folder_is_read(string path)
    {
        File.CreateSymbolicLink(Path.Combine(_cli.Folder, "link"), "/etc");
        await using var session = await Session.StartAsync(_cli.Folder);
        Assert.Contains("outside of the folder", await session.RefusedAsync("check", new() { ["paths"] = new[] { path } }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "{}", "`paths`")]
    [InlineData("check", """{"manifest": "a: b", "write": "yes"}""", "`write`")]
    [InlineData("check", """{"manifest": 5}""", "is a text")]
    [InlineData("check", """{"manifest": "a: b", "channel": "beta"}""", "standard, experimental")]
    [InlineData("trace", """{"manifest": "a: b"}""", "`url` is missing")]
    [InlineData("explain", """{"code": "no-such-code"}""", "no-such-code")]
    [InlineData("explain", """{"code": "--help"}""", "--help")]
    [InlineData("apply", "{}", "no tool `apply`")]
    public async Task Arguments_that_do_not_fit_are_told(string tool, string arguments, string told)
    {
        await using var session = await Session.StartAsync(_cli.Folder);
        using JsonDocument given = JsonDocument.Parse(arguments);
        Assert.Contains(told, await session.RefusedAsync(tool, given.RootElement.EnumerateObject().ToDictionary(one => one.Name, one => (object?)one.Value)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_ends_with_its_client()
    {
        CliResult result = _cli.Run("mcp");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_wrong_usage()
    {
        CliResult result = _cli.Run("mcp", "--folder", "nowhere");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("there is no folder 'nowhere'", result.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _cli.Dispose();

    private sealed class Session(McpClient client, Task serving, CancellationTokenSource ending) : IAsyncDisposable
    {
        public McpClient Client => client;

        public static async Task<Session> StartAsync(string folder, params string[] contexts)
        {
            var toServer = new Pipe();
            var toClient = new Pipe();
            var ending = new CancellationTokenSource();
            Terminal terminal = Terminal.OfProcess() with { Folder = folder, Error = TextWriter.Null };
            Task serving = new McpHost(terminal, ToolCatalog.For(contexts, kubeconfig: null)).RunAsync(toServer.Reader.AsStream(), toClient.Writer.AsStream(), ending.Token);
            McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
            return new Session(client, serving, ending);
        }

        public async Task<string> TextAsync(string tool, Dictionary<string, object?> arguments)
        {
            CallToolResult result = await client.CallToolAsync(tool, arguments);
            string text = ((TextContentBlock)result.Content[0]).Text;
            Assert.False(result.IsError ?? false, text);
            return text;
        }

        public async Task<JsonElement> JsonAsync(string tool, Dictionary<string, object?> arguments)
        {
            using JsonDocument document = JsonDocument.Parse(await TextAsync(tool, arguments));
            return document.RootElement.Clone();
        }

        public async Task<string> RefusedAsync(string tool, Dictionary<string, object?> arguments)
        {
            CallToolResult result = await client.CallToolAsync(tool, arguments);
            Assert.True(result.IsError);
            return string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        }

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await ending.CancelAsync();
            await serving.ContinueWith(_ => { }, TaskScheduler.Default);
            ending.Dispose();
        }
    }
}
