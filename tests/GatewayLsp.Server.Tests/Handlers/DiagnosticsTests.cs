using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

public sealed class DiagnosticsTests
{
    private const string Published = "textDocument/publishDiagnostics";
    private const string Uri = "file:///w/a.yaml";

    [Fact]
    public async Task Pushes_the_findings_of_an_open_document_with_its_version()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Broken(), version: 7);
        var set = await server.Client.NextAsync(Published);

        Assert.Equal(Uri, (string?)set!["uri"]);
        Assert.Equal(7, (int)set["version"]!);
        var one = Assert.Single(set["diagnostics"]!.AsArray())!;
        Assert.Equal("duplicate-key", (string?)one["code"]);
        Assert.Equal("gateway-lsp", (string?)one["source"]);
        Assert.Equal(1, (int)one["severity"]!);
        Assert.NotEmpty((string)one["message"]!);
        Assert.Equal(4, (int)one["range"]!["start"]!["line"]!);
        Assert.Equal(2, (int)one["range"]!["start"]!["character"]!);
        Assert.Null(one["tags"]);
    }

    [Fact]
    public async Task Pushes_a_set_again_only_when_it_changed()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Broken());
        Assert.Single((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());

        server.Client.Edit(Uri, 2, Documents.Range(9, 18, 9, 18), " # same findings");
        await server.Client.RequestAsync("textDocument/documentSymbol", Documents.Id(Uri));
        await Task.Delay(200);
        Assert.Empty(server.Client.Taken(Published));

        server.Client.Replace(Uri, 3, Manifests.Good());
        var cleared = await server.Client.NextAsync(Published);
        Assert.Equal(3, (int)cleared!["version"]!);
        Assert.Empty(cleared["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task Tells_a_push_client_that_an_opened_document_is_fine()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Good());
        Assert.Empty((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task After_many_quick_edits_the_last_text_is_the_one_that_counts()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync();
        server.Client.Open(Uri, Manifests.Good());
        for (var i = 0; i < 300; i++)
        {
            server.Client.Replace(Uri, i + 2, i % 2 == 0 ? Manifests.Broken() : Manifests.Good());
        }

        server.Client.Replace(Uri, 302, "# a line further down\n" + Manifests.Broken());
        var set = await server.Client.NextAsync(Published, p => (int?)p!["version"] == 302);
        Assert.Equal(5, (int)Assert.Single(set!["diagnostics"]!.AsArray())!["range"]!["start"]!["line"]!);
    }

    [Fact]
    public async Task Lets_a_client_pull_and_answers_unchanged_when_nothing_changed()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull());
        server.Client.Open(Uri, Manifests.Broken());
        var full = (await server.Client.RequestAsync("textDocument/diagnostic", Documents.Id(Uri)))!;
        Assert.Equal("full", (string?)full["kind"]);
        Assert.Single(full["items"]!.AsArray());

        var again = Documents.Id(Uri);
        again["previousResultId"] = (string?)full["resultId"];
        var unchanged = (await server.Client.RequestAsync("textDocument/diagnostic", again.DeepClone()))!;
        Assert.Equal("unchanged", (string?)unchanged["kind"]);
        Assert.Null(unchanged["items"]);

        server.Client.Replace(Uri, 2, Manifests.Good());
        var cleared = (await server.Client.RequestAsync("textDocument/diagnostic", again.DeepClone()))!;
        Assert.Equal("full", (string?)cleared["kind"]);
        Assert.Empty(cleared["items"]!.AsArray());
        Assert.Empty(server.Client.Taken(Published));
    }

    [Fact]
    public async Task A_pull_sees_every_edit_before_it()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull());
        server.Client.Open(Uri, "");
        var text = "";
        for (var i = 0; i < 500; i++)
        {
            var line = $"k{i}: 1\n";
            server.Client.Edit(Uri, i + 2, Documents.Range(i, 0, i, 0), line);
            text += line;
        }

        server.Client.Edit(Uri, 600, Documents.Range(500, 0, 500, 0), "k0: 2\n");
        server.Client.Edit(Uri, 601, Documents.Range(0, 0, 0, 0), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {}\n");
        var last = (await server.Client.PullAsync(Uri)).Last(d => (string?)d!["code"] == "duplicate-key");
        Assert.Equal(504, (int)last!["range"]!["start"]!["line"]!);
    }

    [Fact]
    public async Task Pulling_an_unknown_document_is_an_empty_set()
    {
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull());
        Assert.Empty(await server.Client.PullAsync("file:///nowhere.yaml"));
    }

    [Fact]
    public async Task Files_that_nobody_opened_are_pushed_and_an_open_text_wins_over_the_disk()
    {
        using var folder = new TempFolder();
        var uri = folder.Write("sub dir/broken.yaml", Manifests.Broken());
        folder.Write("fine.yml", Manifests.Good());
        folder.Write("node_modules/x/broken.yaml", Manifests.Broken("m"));
        folder.Write(".git/broken.yaml", Manifests.Broken("g"));
        folder.Write("values.yaml", "a: 1\na: 2\n");
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);

        var found = await server.Client.NextAsync(Published);
        Assert.Equal(new Uri(uri).LocalPath, new Uri((string)found!["uri"]!).LocalPath);
        Assert.Null(found["version"]);
        Assert.Single(found["diagnostics"]!.AsArray());

        server.Client.Open(uri, Manifests.Good());
        Assert.Empty((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());

        server.Client.Close(uri);
        Assert.Single((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
        Assert.Empty(server.Client.Taken(Published));
    }

    [Fact]
    public async Task What_was_pushed_for_a_file_is_cleared_once_when_a_pulling_client_opens_it()
    {
        using var folder = new TempFolder();
        var uri = folder.Write("a.yaml", Manifests.Broken());
        await using var server = await ServerUnderTest.StartInitializedAsync(Capabilities.Pull(), folder.Uri);
        Assert.Single((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());

        server.Client.Open(uri, Manifests.Broken());
        Assert.Empty((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
        Assert.Single(await server.Client.PullAsync(uri));

        server.Client.Replace(uri, 2, Manifests.Broken("b"));
        Assert.Single(await server.Client.PullAsync(uri));
        Assert.Empty(server.Client.Taken(Published));

        server.Client.Close(uri);
        Assert.Single((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task A_closed_document_from_outside_of_the_workspace_is_forgotten()
    {
        using var folder = new TempFolder();
        using var elsewhere = new TempFolder();
        var uri = elsewhere.Write("a.yaml", Manifests.Broken());
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);
        server.Client.Open(uri, Manifests.Broken());
        Assert.Single((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
        server.Client.Close(uri);
        Assert.Empty((await server.Client.NextAsync(Published))!["diagnostics"]!.AsArray());
    }

    [Fact]
    public async Task Asks_a_pulling_client_to_look_again_when_sets_of_other_documents_changed()
    {
        var capabilities = Capabilities.Pull();
        await using var server = ServerUnderTest.Start();
        await server.InitializeAsync(capabilities);
        var refreshed = new TaskCompletionSource();
        var refreshes = 0;
        server.Client.Answer("workspace/diagnostic/refresh", _ =>
        {
            refreshes++;
            refreshed.TrySetResult();
            return null;
        });
        const string Other = "file:///w/b.yaml";
        server.Client.Open(Uri, Manifests.Broken());
        server.Client.Open(Other, Manifests.Good("other"));
        Assert.Single(await server.Client.PullAsync(Uri));
        Assert.Empty(await server.Client.PullAsync(Other));

        server.Client.Notify("workspace/didChangeConfiguration", JsonNode.Parse("""{"settings":{"gatewayLsp":{"validate":{"enable":false}}}}"""));
        await refreshed.Task.WaitAsync(TimeSpan.FromSeconds(10));

        // Typing elsewhere before the client has pulled again is no reason to ask again.
        for (var i = 0; i < 5; i++)
        {
            server.Client.Edit(Other, i + 2, Documents.Range(0, 0, 0, 0), "#\n");
            Assert.Empty(await server.Client.PullAsync(Other));
            await Task.Delay(20);
        }

        Assert.Empty(await server.Client.PullAsync(Uri));
        Assert.Equal(1, refreshes);
    }
}
