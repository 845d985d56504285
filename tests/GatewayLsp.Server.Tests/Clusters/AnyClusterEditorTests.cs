using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing;
using GatewayLsp.Testing.Clusters;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>The editor with our own API servers behind it, or with any cluster (see <see cref="AnyCluster"/>): what is shown, applied and taken back, and no secret in what is sent, logged or kept.</summary>
public sealed class AnyClusterEditorTests : IDisposable
{
    private const string Planted = "planted-secret-value";

    private readonly AnyCluster _cluster = new();
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _cluster.Dispose();
        _folder.Dispose();
    }

    private string Shop => """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: SPACE
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - name: cart
              port: 80
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: SPACE}
        spec: {selector: {app: cart}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: cert, namespace: SPACE}
        stringData: {tls.key: PLANTED}

        """.Replace("SPACE", _cluster.Namespace, StringComparison.Ordinal).Replace("PLANTED", Planted, StringComparison.Ordinal);

    [AnyClusterFact]
    public async Task Shown_applied_seen_and_taken_back()
    {
        string state = Path.Combine(_folder.Path, "state");
        await using ServerUnderTest server = ServerUnderTest.StartInMemory(variable: name => name switch { "XDG_STATE_HOME" => state, "HOME" => AnyCluster.Home, "PATH" => AnyCluster.SearchPath, _ => null });
        var plugins = new JsonArray();
        if (AnyCluster.Plugins is { } own)
        {
            plugins.Add(own);
        }
        await server.InitializeAsync(root: _folder.Uri, options: new JsonObject
        {
            ["trusted"] = true,
            ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = _cluster.Kubeconfig, ["plugins"] = new JsonObject { ["path"] = plugins } },
        });
        LspClient client = server.Client;
        string uri = _folder.UriOf("shop.yaml");
        client.Open(uri, Shop);
        foreach (string context in _cluster.Contexts)
        {
            JsonNode cluster = (await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = context }))!["cluster"]!;
            Assert.Equal("connected", (string?)cluster["state"]);
        }
        string label = _cluster.Directory.Read().Find(_cluster.First)!.Label;
        await UntilAsync(client, uri, $"**{label}**: not applied");

        JsonNode plan = await PlanAsync(client, uri);
        Assert.All(plan["targets"]![0]!["objects"]!.AsArray(), one => Assert.Equal("create", (string?)one!["action"]));
        await ApplyAsync(client, plan);
        await UntilAsync(client, uri, $"**{label}**: applied, no status yet");
        Assert.Contains(Planted, Encoding.UTF8.GetString(Convert.FromBase64String((string)JsonNode.Parse(_cluster.Read("Secret", "cert")!)!["data"]!["tls.key"]!)), StringComparison.Ordinal);

        _cluster.SetStatus("HTTPRoute", "shop", """
            {"parents":[{"parentRef":{"name":"edge"},"controllerName":"example.com/c","conditions":[
              {"type":"Accepted","status":"False","reason":"NotAllowedByListeners","message":"no listener","observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}
            """);
        JsonNode published = (await client.NextAsync("textDocument/publishDiagnostics", one => one!["diagnostics"]!.AsArray().Any(d => (string?)d!["code"] == "live-condition"), TimeSpan.FromSeconds(30)))!;
        JsonNode finding = published["diagnostics"]!.AsArray().Single(d => (string?)d!["code"] == "live-condition")!;
        Assert.Equal((7, 10), ((int)finding["range"]!["start"]!["line"]!, (int)finding["range"]!["start"]!["character"]!));
        var titles = new List<string>();
        foreach (JsonNode? lens in (await client.RequestAsync("textDocument/codeLens", Documents.Id(uri)))!.AsArray())
        {
            titles.Add((string?)(await client.RequestAsync("codeLens/resolve", lens!.DeepClone()))!["command"]?["title"] ?? "");
        }
        Assert.Contains(titles, title => title.Contains($"{label}: not accepted (NotAllowedByListeners)", StringComparison.Ordinal));

        // Completion from the cluster, in a file that names what the workspace does not have.
        _cluster.Apply("Secret", "other", """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"other"},"stringData":{"a":"PLANTED"}}""".Replace("PLANTED", Planted, StringComparison.Ordinal), "test");
        string gateway = _folder.UriOf("gateway.yaml");
        client.Open(gateway, $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: g, namespace: {_cluster.Namespace}}}\nspec:\n  listeners:\n  - tls:\n      certificateRefs:\n      - name: \n");
        await OfferedAsync(client, gateway, "other");
        string live = (string)(await client.RequestAsync("gatewayLsp/liveObject", new JsonObject
        {
            ["context"] = _cluster.First, ["apiVersion"] = "v1", ["kind"] = "Secret", ["namespace"] = _cluster.Namespace, ["name"] = "other", ["form"] = "full",
        }))!["text"]!;
        Assert.Contains("a: (hidden)", live, StringComparison.Ordinal);

        JsonNode history = (await client.RequestAsync("gatewayLsp/history", new JsonObject { ["context"] = _cluster.First }))!;
        Assert.Equal("applied", (string?)Assert.Single(history["applies"]!.AsArray())!["outcome"]);
        await ApplyAsync(client, (await client.RequestAsync("gatewayLsp/rollback/plan", new JsonObject { ["context"] = _cluster.First }))!);
        await UntilAsync(client, uri, $"**{label}**: not applied");
        Assert.Null(_cluster.Read("HTTPRoute", "shop"));

        string kept = string.Concat(Directory.EnumerateFiles(state, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("\"name\":\"cert\"", kept, StringComparison.Ordinal);
        string base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Planted));
        Assert.All([Planted, base64, "eks-admin", "gke-admin"], planted =>
        {
            Assert.DoesNotContain(planted, client.Received, StringComparison.Ordinal);
            Assert.DoesNotContain(planted, server.LogText, StringComparison.Ordinal);
            Assert.DoesNotContain(planted, kept, StringComparison.Ordinal);
        });
    }

    private async Task<JsonNode> PlanAsync(LspClient client, string uri) => (await client.RequestAsync("gatewayLsp/plan", new JsonObject
    {
        ["contexts"] = new JsonArray(_cluster.First), ["scope"] = new JsonObject { ["kind"] = "file", ["uri"] = uri },
    }))!;

    private static async Task ApplyAsync(LspClient client, JsonNode plan)
    {
        JsonNode result = (await client.RequestAsync("gatewayLsp/apply", new JsonObject { ["plan"] = plan["plan"]!.DeepClone(), ["confirmed"] = true, ["wait"] = 0 }))!;
        Assert.True((string?)result["targets"]![0]!["outcome"] is "applied" or "rolledBack", result.ToJsonString());
    }

    private static async Task OfferedAsync(LspClient client, string uri, string name)
    {
        for (int i = 0; ; i++)
        {
            JsonNode offers = (await client.RequestAsync("textDocument/completion", Documents.At(uri, 7, 14)))!;
            if (offers["items"]!.AsArray().Any(one => (string?)one!["label"] == name))
            {
                return;
            }
            Assert.True(i < 300, offers.ToJsonString());
            await Task.Delay(100);
        }
    }

    private static async Task UntilAsync(LspClient client, string uri, string text)
    {
        for (int i = 0; ; i++)
        {
            string hover = (string?)(await client.RequestAsync("textDocument/hover", Documents.At(uri, 1, 7)))?["contents"]?["value"] ?? "";
            if (hover.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
            Assert.True(i < 300, $"`{text}` never came; the hover is:\n{hover}");
            await Task.Delay(100);
        }
    }
}
