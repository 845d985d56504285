using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

public sealed class WorkspaceTests
{
    private const string Published = "textDocument/publishDiagnostics";
    private const string Uri = "file:///w/a.yaml";

    [Fact]
    public async Task Files_that_come_change_and_go_on_disk_are_followed()
    {
        using var folder = new TempFolder();
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);

        var uri = folder.Write("a.yaml", Manifests.Broken());
        Watched(server, uri, 1);
        Assert.Single(await Next(server));

        folder.Write("a.yaml", Manifests.Good());
        Watched(server, uri, 2);
        Assert.Empty(await Next(server));

        folder.Write("a.yaml", Manifests.Broken());
        Watched(server, uri, 2);
        Assert.Single(await Next(server));

        folder.Delete("a.yaml");
        Watched(server, uri, 3);
        Assert.Empty(await Next(server));
    }

    [Fact]
    public async Task A_folder_that_was_deleted_takes_its_files_along()
    {
        using var folder = new TempFolder();
        folder.Write("gone/below/a.yaml", Manifests.Broken());
        folder.Write("gone-not/b.yaml", Manifests.Broken("b"));
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);
        Assert.Single(await Next(server));
        Assert.Single(await Next(server));
        folder.Delete("gone/below/a.yaml");
        Watched(server, folder.Uri.TrimEnd('/') + "/gone", 3);
        Assert.Empty(await Next(server));
        Watched(server, folder.Write("marker.yaml", Manifests.Broken("marker")), 1);
        Assert.Single(await Next(server));
    }

    [Fact]
    public async Task A_file_that_changes_on_disk_while_it_is_open_keeps_the_editors_text()
    {
        using var folder = new TempFolder();
        var uri = folder.Write("a.yaml", Manifests.Good());
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull(), folder.Uri);
        server.Client.Open(uri, Manifests.Broken());
        folder.Write("a.yaml", Manifests.Good("disk"));
        Watched(server, uri, 2);
        Watched(server, folder.Write("marker.yaml", Manifests.Broken("marker")), 1);
        Assert.Single(await Next(server));
        Assert.Single(await server.Client.PullAsync(uri));
    }

    [Fact]
    public async Task Folders_that_come_are_read_and_those_that_go_are_forgotten()
    {
        using var folder = new TempFolder();
        folder.Write("a.yaml", Manifests.Broken());
        await using var server = await ServerUnderTest.StartInitializedAsync();
        var entry = new JsonObject { ["uri"] = folder.Uri, ["name"] = "x" };
        server.Client.Notify("workspace/didChangeWorkspaceFolders", new JsonObject { ["event"] = new JsonObject { ["added"] = new JsonArray(entry.DeepClone()), ["removed"] = new JsonArray() } });
        Assert.Single(await Next(server));
        server.Client.Notify("workspace/didChangeWorkspaceFolders", new JsonObject { ["event"] = new JsonObject { ["added"] = new JsonArray(), ["removed"] = new JsonArray(entry.DeepClone()) } });
        Assert.Empty(await Next(server));
    }

    [Fact]
    public async Task Settings_are_pulled_from_a_client_that_can_be_asked_and_take_effect_at_once()
    {
        JsonNode settings = new JsonObject { ["validate"] = new JsonObject { ["enable"] = false } };
        await using var server = ServerUnderTest.Start();
        await server.InitializeAsync(new JsonObject
        {
            ["workspace"] = new JsonObject { ["configuration"] = true },
            ["textDocument"] = new JsonObject { ["diagnostic"] = new JsonObject() },
        });
        server.Client.Answer("workspace/configuration", asked =>
        {
            Assert.Equal("gatewayLsp", (string?)asked!["items"]![0]!["section"]);
            return new JsonArray(settings.DeepClone());
        });
        server.Client.Open(Uri, Manifests.Broken());
        server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await Eventually(async () => (await server.Client.PullAsync(Uri)).Count == 0);

        settings = new JsonObject();
        server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = null });
        await Eventually(async () => (await server.Client.PullAsync(Uri)).Count == 1);
    }

    [Fact]
    public async Task Settings_of_a_client_that_cannot_be_asked_come_with_the_notification_or_at_the_start()
    {
        await using var server = ServerUnderTest.Start();
        await server.Client.RequestAsync("initialize", JsonNode.Parse(
            """{"capabilities":{"textDocument":{"diagnostic":{}}},"initializationOptions":{"gatewayLsp":{"validate.enable":false}}}"""));
        server.Client.Notify("initialized", new JsonObject());
        server.Client.Open(Uri, Manifests.Broken());
        Assert.Empty(await server.Client.PullAsync(Uri));

        server.Client.Notify("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"gatewayLsp":{}}}"""));
        Assert.Single(await server.Client.PullAsync(Uri));
        server.Client.Notify("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":[1]}"""));
        Assert.Single(await server.Client.PullAsync(Uri));
    }

    [Fact]
    public async Task Excluded_files_are_left_alone_open_or_not_until_the_setting_changes()
    {
        using var folder = new TempFolder();
        var excluded = folder.Write("vendor/a.yaml", Manifests.Broken());
        folder.Write("b.yaml", Manifests.Broken());
        await using var server = ServerUnderTest.Start();
        await server.Client.RequestAsync("initialize", new JsonObject
        {
            ["rootUri"] = folder.Uri,
            ["capabilities"] = Capabilities.Pull(refresh: false),
            ["initializationOptions"] = new JsonObject { ["exclude"] = new JsonArray("vendor/**") },
        });
        server.Client.Notify("initialized", new JsonObject());
        Assert.EndsWith("b.yaml", (string?)(await server.Client.NextAsync(Published))!["uri"], StringComparison.Ordinal);

        server.Client.Open(excluded, Manifests.Broken());
        Assert.Empty(await server.Client.PullAsync(excluded));
        server.Client.Edit(excluded, 2, Documents.Range(0, 0, 0, 0), "# edited while excluded\n");

        server.Client.Notify("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"gatewayLsp":{"exclude":[]}}}"""));
        var one = Assert.Single(await server.Client.PullAsync(excluded));
        Assert.Equal(5, (int)one!["range"]!["start"]!["line"]!);

        server.Client.Notify("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"gatewayLsp":{"exclude":["**/a.yaml"]}}}"""));
        Assert.Empty(await server.Client.PullAsync(excluded));
    }

    [Fact]
    public async Task Registers_for_file_and_setting_changes_where_the_client_takes_registrations()
    {
        await using var server = ServerUnderTest.Start();
        var registered = new TaskCompletionSource<JsonNode>();
        await server.Client.RequestAsync("initialize", JsonNode.Parse(
            """{"capabilities":{"workspace":{"didChangeWatchedFiles":{"dynamicRegistration":true},"didChangeConfiguration":{"dynamicRegistration":true}}}}"""));
        server.Client.Answer("client/registerCapability", p =>
        {
            registered.TrySetResult(p!.DeepClone());
            return null;
        });
        server.Client.Notify("initialized", new JsonObject());
        var registrations = (await registered.Task.WaitAsync(TimeSpan.FromSeconds(10)))["registrations"]!.AsArray();
        Assert.Equal(["workspace/didChangeWatchedFiles", "workspace/didChangeConfiguration"], registrations.Select(r => (string?)r!["method"]));
        Assert.Equal(4, (int?)registrations[0]!["registerOptions"]!["watchers"]![1]!["kind"]);
        Assert.Equal("**/*.{yaml,yml}", (string?)registrations[0]!["registerOptions"]!["watchers"]![0]!["globPattern"]);
    }

    private static async Task<JsonArray> Next(ServerUnderTest server) => (await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray();

    private static void Watched(ServerUnderTest server, string uri, int type)
        => server.Client.Notify("workspace/didChangeWatchedFiles", new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = uri, ["type"] = type }) });

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail("It never came to be.");
    }
}
