using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>What is told while a folder is being read: what the document says by itself, at once, and nothing that may prove wrong.</summary>
public sealed class LoadingTests
{
    private const string Published = "textDocument/publishDiagnostics";

    private const int Files = 250;

    /// <summary>An unknown field, a backend that is in the last file of the folder, and one that is nowhere.</summary>
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: shop
        spec:
          rules:
          - backendRef: []
            backendRefs:
            - name: last
              port: 80
            - name: nowhere
              port: 80

        """;

    private static readonly JsonNode Complete = new JsonObject { ["workspace"] = new JsonObject { ["complete"] = true } };

    [Fact]
    public async Task An_edit_is_answered_before_the_folder_is_read_and_completed_after_it()
    {
        using var folder = Folder();
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri, settings: Complete, options: Complete);
        var uri = folder.UriOf("a.yaml");
        server.Client.Open(uri, Route);
        server.Client.Edit(uri, 2, Documents.Range(3, 8, 3, 8), "my-");

        var sets = new List<string[]>();
        while (sets.Count == 0 || sets[^1].Length < 2)
        {
            sets.Add(Codes((await server.Client.NextAsync(Published, set => (string?)set!["uri"] == uri && (int?)set["version"] == 2))!["diagnostics"]!));
        }

        Assert.All(sets, set => Assert.Contains("unknown-field", set));
        Assert.Equal(["backend-not-found", "unknown-field"], sets[^1]);
        Assert.InRange(sets.Count, 1, 2); // the document by itself, and with the folder: not one for each file that is read
        Assert.All(sets, set => Assert.True(set.Count(code => code == "backend-not-found") < 2));
    }

    [Fact]
    public async Task A_pulling_client_is_told_when_there_is_more()
    {
        using var folder = Folder();
        await using var server = ServerUnderTest.Start();
        var refreshed = new SemaphoreSlim(0);
        server.Client.Answer("workspace/diagnostic/refresh", _ => null);
        await server.InitializeAsync(Capabilities.Pull(), folder.Uri, Complete, Complete);
        server.Client.Answer("workspace/diagnostic/refresh", _ =>
        {
            refreshed.Release();
            return null;
        });
        var uri = folder.UriOf("a.yaml");
        server.Client.Open(uri, Route);
        var found = Codes(await server.Client.PullAsync(uri));
        Assert.Contains("unknown-field", found);
        while (found.Length < 2)
        {
            Assert.True(await refreshed.WaitAsync(LspClient.Patience), "The client was not told to pull again.");
            found = Codes(await server.Client.PullAsync(uri));
        }

        Assert.Equal(["backend-not-found", "unknown-field"], found);
    }

    /// <summary>The kustomization that makes a patch of it may be read last.</summary>
    [Fact]
    public async Task A_patch_lacks_nothing_at_any_time()
    {
        using var folder = Folder();
        folder.Write("zz/kustomization.yaml", "patches:\n- path: patch.yaml\n");
        var uri = folder.Write("zz/patch.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  listener: []\n");
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);
        server.Client.Open(uri, File.ReadAllText(Path.Combine(folder.Path, "zz", "patch.yaml")));
        var first = await server.Client.NextAsync(Published, set => (string?)set!["uri"] == uri);
        Assert.Equal(["unknown-field"], Codes(first!["diagnostics"]!));

        // The findings of the last file come when everything has been looked at.
        await server.Client.NextAsync(Published, set => ((string)set!["uri"]!).EndsWith("/zz/last.yaml", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Client.Taken(Published), set => (string?)set!["uri"] == uri);
    }

    /// <summary>The Service is in the last file of the folder.</summary>
    [Fact]
    public async Task A_rename_waits_for_the_folder()
    {
        using var folder = Folder();
        await using var server = await ServerUnderTest.StartInitializedAsync(root: folder.Uri);
        var uri = folder.UriOf("a.yaml");
        server.Client.Open(uri, Route);
        var rename = Documents.At(uri, 9, 13);
        rename["newName"] = "final";
        var edit = (await server.Client.RequestAsync("textDocument/rename", rename))!;
        Assert.Equal(2, edit["changes"]!.AsObject().Count);
        var places = (await server.Client.RequestAsync("textDocument/references", Documents.At(uri, 9, 13)))!.AsArray();
        Assert.Equal(2, places.Count);
    }

    /// <summary>The old manifest is the last file of the folder: half of a workspace migrated would look like all of it.</summary>
    [Fact]
    public async Task A_migration_of_the_workspace_waits_for_the_folder()
    {
        using var folder = Folder();
        var old = folder.Write("zz/old.yaml", "apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n  rules:\n  - forwardTo:\n    - serviceName: store\n");
        await using var server = ServerUnderTest.Start();
        var applied = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Client.Answer("workspace/applyEdit", parameters =>
        {
            applied.TrySetResult(parameters?.DeepClone());
            return new JsonObject { ["applied"] = true };
        });
        await server.InitializeAsync(root: folder.Uri);
        await server.Client.RequestAsync("workspace/executeCommand", new JsonObject { ["command"] = "gatewayLsp.migrateWorkspace", ["arguments"] = new JsonArray() });
        var edit = (await applied.Task.WaitAsync(LspClient.Patience))!;
        Assert.NotEmpty(edit["edit"]!["changes"]![old]!.AsArray());
    }

    /// <summary>A plan of half of a workspace would be wrong, so it waits; who gives up does not.</summary>
    [Fact]
    public async Task Who_cancels_while_the_folder_is_read_has_the_answer_at_once()
    {
        using var folder = Folder();
        var (factory, get) = TestMethods.Create();
        await using var server = ServerUnderTest.StartInMemory(factory);
        using var held = get();
        await server.InitializeAsync(root: folder.Uri);
        var (id, answer) = server.Client.Send("gatewayLsp/plan", new JsonObject { ["contexts"] = new JsonArray("nowhere"), ["scope"] = new JsonObject { ["kind"] = "folder", ["uri"] = folder.Uri } });

        // The folder is not read to its end before this is let go.
        server.Client.Notify("test/block", Documents.Id("x"));
        Assert.True(await held.Started.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(answer.IsCompleted);
        server.Client.Cancel(id);
        var error = await Assert.ThrowsAsync<LspErrorException>(() => answer.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(-32800, error.Code);
    }

    private static string[] Codes(JsonNode diagnostics) => [.. diagnostics.AsArray().Select(one => (string)one!["code"]!).Order(StringComparer.Ordinal)];

    private static TempFolder Folder()
    {
        var folder = new TempFolder();
        for (var i = 0; i < Files; i++)
        {
            var services = new StringBuilder();
            for (var n = 0; n < 30; n++)
            {
                services.Append($"apiVersion: v1\nkind: Service\nmetadata:\n  name: s{i}-{n}\n  namespace: other\nspec:\n  ports:\n  - port: 80\n---\n");
            }

            folder.Write($"services/{i:D4}.yaml", services.ToString());
        }

        folder.Write("zz/last.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: last\n  namespace: shop\nspec:\n  port: 80\n  ports:\n  - port: 80\n");
        return folder;
    }
}
