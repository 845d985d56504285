using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>The editor with our own API servers behind it, one of which is killed, and their users; what holds for any cluster is in <see cref="AnyClusterEditorTests"/>: connect, what is shown of live objects, changes as they come, and no secret on the wire.</summary>
public sealed class RealClusterTests : IDisposable
{
    private const string Eks = "arn:aws:eks:ap-northeast-2:111122223333:cluster/primary";
    private const string Gke = "gke_demo-project_asia-northeast3_remote";
    private const string Planted = "planted-secret-value";

    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
          namespace: demo
        spec:
          parentRefs:
          - name: edge
          rules:
          - backendRefs:
            - name: cart
              port: 80
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ClusterFact(OnlyRealServers = "no definitions of Gateway API to read")]
    public async Task What_the_editor_shows_of_a_cluster()
    {
        using RealCluster real = RealCluster.Start();
        Send(real, HttpMethod.Post, "/api/v1/namespaces/demo/services", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"cart","namespace":"demo"},"spec":{"ports":[{"port":80}]}}""");
        Send(real, HttpMethod.Post, "/api/v1/namespaces/demo/secrets", $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"cert","namespace":"demo","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{{{Planted}}}"}},"stringData":{"tls.key":"{{{Planted}}}"}}""");
        await using ServerUnderTest server = await ServerUnderTest.StartInitializedAsync(root: _folder.Uri, options: new JsonObject
        {
            ["trusted"] = true,
            ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = real.KubeConfig, ["plugins"] = new JsonObject { ["path"] = new JsonArray(RealCluster.Plugins) } },
        });
        LspClient client = server.Client;
        string uri = _folder.UriOf("shop.yaml");
        client.Open(uri, Route);

        JsonNode eks = (await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Eks }))!["cluster"]!;
        Assert.Equal(("connected", "eks", "primary (EKS, ap-northeast-2)"), ((string?)eks["state"], (string?)eks["provider"], (string?)eks["label"]));
        JsonNode gke = (await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Gke }))!["cluster"]!;
        Assert.Equal("connected", (string?)gke["state"]);
        // Which Gateway API it has is known a moment later.
        JsonNode told = (await client.NextAsync("gatewayLsp/didChangeClusters", one => one!["clusters"]!.AsArray().Count == 2 && one["clusters"]!.AsArray().All(cluster => cluster!["gatewayApi"] is not null)))!;
        Assert.Equal("standard", (string?)told["clusters"]![0]!["gatewayApi"]!["channel"]);

        await UntilAsync(client, uri, 1, "not applied");
        Send(real, HttpMethod.Patch, "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/shop?fieldManager=test&force=true", Route, "application/apply-patch+yaml");
        string hover = await UntilAsync(client, uri, 1, "**primary (EKS, ap-northeast-2)**: applied, no status yet");
        Assert.Contains("**remote (GKE, asia-northeast3)**: not applied", hover, StringComparison.Ordinal);
        Assert.DoesNotContain("differs", hover, StringComparison.Ordinal);

        Send(real, HttpMethod.Patch, "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/shop/status", """
            {"status":{"parents":[{"parentRef":{"name":"edge"},"controllerName":"example.com/c","conditions":[
              {"type":"Accepted","status":"False","reason":"NotAllowedByListeners","message":"no listener","observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}}
            """, "application/merge-patch+json");
        JsonNode published = (await client.NextAsync("textDocument/publishDiagnostics", one => one!["diagnostics"]!.AsArray().Any(d => (string?)d!["code"] == "live-condition")))!;
        JsonNode finding = published["diagnostics"]!.AsArray().Single(d => (string?)d!["code"] == "live-condition")!;
        Assert.Equal((1, 7, 10), ((int)finding["severity"]!, (int)finding["range"]!["start"]!["line"]!, (int)finding["range"]!["start"]!["character"]!));
        await client.NextAsync("gatewayLsp/didChangeClusters", one => one!["clusters"]!.AsArray().Any(cluster => (int)cluster!["health"]!["routes"]!["bad"]! == 1));

        JsonNode lenses = (await client.RequestAsync("textDocument/codeLens", Documents.Id(uri)))!;
        var titles = new List<string>();
        foreach (JsonNode? lens in lenses.AsArray())
        {
            titles.Add((string?)(await client.RequestAsync("codeLens/resolve", lens!.DeepClone()))!["command"]?["title"] ?? "");
        }
        Assert.Contains("primary (EKS, ap-northeast-2): not accepted (NotAllowedByListeners) | remote (GKE, asia-northeast3): not applied", titles);

        JsonArray objects = (await client.RequestAsync("gatewayLsp/liveObjects", new JsonObject { ["context"] = Eks }))!["objects"]!.AsArray();
        JsonNode shop = objects.Single(one => (string?)one!["name"] == "shop")!;
        Assert.Equal(("HTTPRoute", "bad", uri), ((string?)shop["kind"], (string?)shop["state"], (string?)shop["location"]?["uri"]));
        Assert.Contains(objects, one => (string?)one!["kind"] == "Service" && (string?)one["name"] == "cart");

        string clean = (string)(await client.RequestAsync("gatewayLsp/liveObject", Named("gateway.networking.k8s.io/v1", "HTTPRoute", "shop")))!["text"]!;
        Assert.StartsWith("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\n  namespace: demo\nspec:\n", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("managedFields", clean, StringComparison.Ordinal);
        JsonObject secret = Named("v1", "Secret", "cert");
        secret["form"] = "full";
        Assert.Contains("tls.key: (hidden)", (string)(await client.RequestAsync("gatewayLsp/liveObject", secret))!["text"]!, StringComparison.Ordinal);

        JsonArray live = (await client.RequestAsync("gatewayLsp/topology", new JsonObject { ["source"] = "live", ["contexts"] = new JsonArray(Eks) }))!["nodes"]!.AsArray();
        Assert.Contains(live, node => (string?)node!["id"] == "Service/demo/cart" && ((string?)node["location"]?["uri"])?.StartsWith("gateway-lsp-live:/", StringComparison.Ordinal) == true);
        JsonArray both = (await client.RequestAsync("gatewayLsp/topology", new JsonObject { ["source"] = "difference", ["contexts"] = new JsonArray(Eks) }))!["nodes"]!.AsArray();
        Assert.Contains(both, node => (string?)node!["id"] == "HTTPRoute/demo/shop" && (string?)node["mark"] is not ("added" or "removed"));
        // The Service is in no file, so an apply does nothing to it: shown as it is, without a mark.
        Assert.Contains(both, node => (string?)node!["id"] == "Service/demo/cart" && node["mark"] is null && (string?)node["presence"] == "present");

        // Completion from the cluster, in a file that names what the workspace does not have.
        string other = _folder.UriOf("other.yaml");
        client.Open(other, "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: demo}\nspec:\n  listeners:\n  - tls:\n      certificateRefs:\n      - name: \n");
        JsonNode offers = (await client.RequestAsync("textDocument/completion", Documents.At(other, 7, 14)))!;
        Assert.Contains(offers["items"]!.AsArray(), one => (string?)one!["label"] == "cert");

        // A cluster that dies keeps its last state, with its age.
        real.Kill("eks");
        await UntilAsync(client, uri, 1, "the cluster does not answer; last seen 2");
        real.Revive();
        await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Eks });
        await client.NextAsync("gatewayLsp/didChangeClusters", one => one!["clusters"]!.AsArray().All(cluster => (string?)cluster!["state"] == "connected"), TimeSpan.FromSeconds(60));

        string wire = client.Received + server.LogText;
        string base64 = System.Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Planted));
        Assert.All([Planted, base64, "eks-admin", "gke-admin"], planted => Assert.DoesNotContain(planted, wire, StringComparison.Ordinal));
    }

    [ClusterFact(OnlyRealServers = "no definitions of Gateway API to read")]
    public async Task The_live_graph_is_kept_up_to_date_and_the_clusters_definitions_count()
    {
        using RealCluster real = RealCluster.Start();
        await using ServerUnderTest server = await ServerUnderTest.StartInitializedAsync(root: _folder.Uri, options: new JsonObject
        {
            ["trusted"] = true,
            ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = real.KubeConfig, ["channel"] = "experimental", ["plugins"] = new JsonObject { ["path"] = new JsonArray(RealCluster.Plugins) } },
        });
        LspClient client = server.Client;
        client.Open(_folder.UriOf("shop.yaml"), Route.Replace("  - backendRefs:", "  - retry: {attempts: 3}\n    backendRefs:", StringComparison.Ordinal));
        Assert.DoesNotContain("retry", (await client.NextAsync("textDocument/publishDiagnostics"))!["diagnostics"]!.ToJsonString(), StringComparison.Ordinal);

        await client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "live", ["source"] = "live", ["contexts"] = new JsonArray(Eks) });
        Assert.Empty((await Told(client, _ => true))["nodes"]!.AsArray());

        await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = Eks });
        JsonNode published = (await client.NextAsync("textDocument/publishDiagnostics", one => one!["diagnostics"]!.AsArray().Any(d => (string?)d!["code"] == "unknown-field")))!;
        Assert.Contains("At primary (EKS, ap-northeast-2) (Gateway API 1.6 standard): There is no field `retry`", published["diagnostics"]!.ToJsonString().Replace("\\u0060", "`", StringComparison.Ordinal), StringComparison.Ordinal);

        Send(real, HttpMethod.Patch, "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/shop?fieldManager=test&force=true", Route, "application/apply-patch+yaml");
        await Told(client, one => one["patches"]?.ToJsonString().Contains("HTTPRoute/demo/shop", StringComparison.Ordinal) == true);
        Send(real, HttpMethod.Delete, "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/shop", "");
        await Told(client, one => one["patches"]?.ToJsonString().Contains("HTTPRoute/demo/shop", StringComparison.Ordinal) == true);

        // Without the cluster the bundled definitions count again.
        await client.RequestAsync("gatewayLsp/disconnect", new JsonObject { ["context"] = Eks });
        await client.NextAsync("textDocument/publishDiagnostics", one => one!["diagnostics"]!.AsArray().All(d => (string?)d!["code"] != "unknown-field"));
        await client.RequestAsync("gatewayLsp/topology/unsubscribe", new JsonObject { ["subscription"] = "live" });
    }

    private static async Task<JsonNode> Told(LspClient client, Func<JsonNode, bool> fits) =>
        (await client.NextAsync("gatewayLsp/didChangeTopology", one => (string?)one!["subscription"] == "live" && fits(one), TimeSpan.FromSeconds(30)))!;

    [ClusterFact]
    public async Task Who_may_read_little_is_told_so_once()
    {
        using RealCluster real = RealCluster.Start();
        await using ServerUnderTest server = await ServerUnderTest.StartInitializedAsync(root: _folder.Uri, options: new JsonObject
        {
            ["trusted"] = true,
            ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = real.KubeConfig },
        });
        JsonNode expired = (await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = "eks-expired" }))!["cluster"]!;
        Assert.Equal("denied", (string?)expired["state"]);
        JsonNode dev = (await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = "eks-dev" }))!["cluster"]!;
        Assert.Equal("connected", (string?)dev["state"]);
        await server.Client.NextAsync("gatewayLsp/didChangeClusters", one =>
            one!["clusters"]!.AsArray().Any(cluster => (string?)cluster!["context"] == "eks-dev" && cluster["unreadable"]!.AsArray().Any(text => ((string)text!).Contains("Gateway", StringComparison.Ordinal))));
    }

    private static JsonObject Named(string apiVersion, string kind, string name) => new()
    {
        ["context"] = Eks, ["apiVersion"] = apiVersion, ["kind"] = kind, ["namespace"] = "demo", ["name"] = name, ["form"] = "clean",
    };

    private static void Send(RealCluster real, HttpMethod method, string path, string body, string type = "application/json")
    {
        ClusterAnswer answer = real.Send(method, path, body, type);
        Assert.True(answer.IsAccepted, answer.Body);
    }

    /// <summary>Hovers until the text is there.</summary>
    private static async Task<string> UntilAsync(LspClient client, string uri, int line, string text)
    {
        string hover = "";
        for (int i = 0; i < 300; i++)
        {
            hover = (string?)(await client.RequestAsync("textDocument/hover", Documents.At(uri, line, 7)))?["contents"]?["value"] ?? "";
            if (hover.Contains(text, StringComparison.Ordinal))
            {
                return hover;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"`{text}` never came; the hover is:\n{hover}");
    }
}
