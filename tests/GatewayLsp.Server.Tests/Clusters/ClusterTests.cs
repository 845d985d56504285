using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>What needs no cluster: trust, contexts, clusters that do not answer.</summary>
public sealed class ClusterTests : IDisposable
{
    private const string Config = """
        apiVersion: v1
        kind: Config
        current-context: staging
        clusters:
        - {name: c, cluster: {server: "https://127.0.0.1:1"}}
        contexts:
        - {name: "gke_demo_asia-northeast3_remote", context: {cluster: c, user: u}}
        - {name: staging, context: {cluster: c, user: plugin}}
        users:
        - {name: u, user: {token: planted-token}}
        - {name: plugin, user: {exec: {command: mark-plugin, apiVersion: client.authentication.k8s.io/v1}}}
        """;

    private const string Gke = "gke_demo_asia-northeast3_remote";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Mark => Path.Combine(_folder.Path, "ran");

    private async Task<ServerUnderTest> StartAsync(bool trusted)
    {
        _folder.Write("config", Config);
        _folder.Write("bin/mark-plugin", $"#!/bin/sh\necho ran >> '{Mark}'\nexit 1\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(_folder.Path, "bin", "mark-plugin"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }
        return await ServerUnderTest.StartInitializedAsync(root: _folder.Uri, options: new JsonObject
        {
            ["trusted"] = trusted,
            ["gatewayLsp"] = new JsonObject
            {
                ["kubeconfig"] = "config",
                ["plugins"] = new JsonObject { ["path"] = new JsonArray(Path.Combine(_folder.Path, "bin")) },
                ["clusters"] = new JsonArray(new JsonObject { ["name"] = "remote", ["context"] = Gke, ["label"] = "the remote", ["role"] = "remote", ["protected"] = true }),
            },
        });
    }

    [Fact]
    public async Task Nothing_happens_in_a_workspace_that_is_not_trusted()
    {
        await using ServerUnderTest server = await StartAsync(trusted: false);
        LspErrorException refused = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/contexts", new JsonObject { ["reach"] = true }));
        Assert.Equal(-32803, refused.Code);
        Assert.StartsWith("This workspace is not trusted", refused.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = "staging" }));
        Assert.False(File.Exists(Mark));

        server.Client.Notify("gatewayLsp/didGrantTrust", new JsonObject());
        Assert.Equal(2, (await server.Client.RequestAsync("gatewayLsp/contexts", new JsonObject()))!["contexts"]!.AsArray().Count);
        Assert.False(File.Exists(Mark));
    }

    [Fact]
    public async Task Contexts_are_listed_with_what_the_settings_say()
    {
        await using ServerUnderTest server = await StartAsync(trusted: true);
        JsonArray contexts = (await server.Client.RequestAsync("gatewayLsp/contexts", new JsonObject()))!["contexts"]!.AsArray();
        Assert.Equal(
            """{"name":"gke_demo_asia-northeast3_remote","provider":"gke","label":"the remote","cluster":"c","role":"remote","protected":true,"connected":false}""",
            contexts[0]!.ToJsonString());
        Assert.False(File.Exists(Mark));

        contexts = (await server.Client.RequestAsync("gatewayLsp/contexts", new JsonObject { ["reach"] = true }))!["contexts"]!.AsArray();
        Assert.False((bool)contexts[0]!["reachable"]!);
        Assert.StartsWith("Nobody listens at `127.0.0.1:1`", (string?)contexts[0]!["reason"], StringComparison.Ordinal);
        // The user asked to look: that, and only that, ran it.
        Assert.True(File.Exists(Mark));
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_told_of_and_forgotten_on_request()
    {
        await using ServerUnderTest server = await StartAsync(trusted: true);
        JsonNode cluster = (await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Gke }))!["cluster"]!;
        Assert.Equal(("unreachable", "the remote", "gke", true), ((string?)cluster["state"], (string?)cluster["label"], (string?)cluster["provider"], (bool)cluster["protected"]!));
        Assert.StartsWith("Nobody listens at", (string?)cluster["reason"], StringComparison.Ordinal);
        await server.Client.NextAsync("gatewayLsp/didChangeClusters", told => told!["clusters"]!.AsArray().Any(one => (string?)one!["state"] == "unreachable"));

        cluster = (await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = "staging" }))!["cluster"]!;
        Assert.Equal("denied", (string?)cluster["state"]);

        await server.Client.RequestAsync("gatewayLsp/disconnect", new JsonObject { ["context"] = Gke });
        await server.Client.RequestAsync("gatewayLsp/disconnect", new JsonObject { ["context"] = "staging" });
        await server.Client.NextAsync("gatewayLsp/didChangeClusters", told => told!["clusters"]!.AsArray().Count == 0);
        await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/liveObjects", new JsonObject { ["context"] = Gke }));
        Assert.DoesNotContain("planted-token", server.LogText, StringComparison.Ordinal);
    }

    /// <summary>The cluster takes the connection and never says a word, as one behind a firewall that drops what it gets.</summary>
    [Fact]
    public async Task A_cluster_that_hangs_keeps_nothing_waiting_at_the_start()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        _folder.Write("config", Config.Replace("https://127.0.0.1:1", $"https://127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}", StringComparison.Ordinal));
        await using ServerUnderTest server = await ServerUnderTest.StartInitializedAsync(root: _folder.Uri, options: new JsonObject { ["trusted"] = true, ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = "config" } });
        Task<JsonNode?> connecting = server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Gke });
        string uri = _folder.UriOf("a.yaml");
        server.Client.Open(uri, Manifests.Broken());
        await server.Client.NextAsync("textDocument/publishDiagnostics", set => (string?)set!["uri"] == uri && set["diagnostics"]!.AsArray().Count > 0);
        Assert.NotNull(await server.Client.RequestAsync("textDocument/hover", Documents.At(uri, 1, 2)));
        // A server that waited would have waited until the cluster is given up, and that is what the request is answered with.
        Assert.False(connecting.IsCompleted, "The cluster was given up before the first finding came.");
        _ = connecting.ContinueWith(static task => _ = task.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_context_that_is_not_there_is_refused()
    {
        await using ServerUnderTest server = await StartAsync(trusted: true);
        LspErrorException refused = await Assert.ThrowsAsync<LspErrorException>(() => server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = "none" }));
        Assert.Equal((-32803, "The kubeconfig has no such context."), (refused.Code, refused.Text));
    }
}
