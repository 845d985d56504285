using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>A view of what files would change at a cluster: patches when the files change, when the cluster does, and when it goes.</summary>
public sealed class DifferenceTests : SandboxTests
{
    private const string Changes = "gatewayLsp/didChangeTopology";

    private const string Shop = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: sandbox
          listeners: [{name: web, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [shop.example.com]
          rules:
          - backendRefs: [{name: shop, port: 80, weight: 1}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop, namespace: default}
        spec: {selector: {app: shop}, ports: [{port: 80}]}
        """;

    [Fact]
    public async Task It_is_patched_when_the_files_or_the_cluster_change()
    {
        await using ServerUnderTest server = await StartAsync(Shop, new JsonObject { ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = Sandbox.Kubeconfig } });
        LspClient client = server.Client;
        await client.RequestAsync("gatewayLsp/topology/subscribe", new JsonObject { ["subscription"] = "d", ["source"] = "difference", ["contexts"] = new JsonArray(SandboxClusters.Eks) });
        var view = new View((await client.NextAsync(Changes))!);
        Assert.Empty(view.Marks);

        await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = SandboxClusters.Eks });
        await view.UntilAsync(client, marks => marks.GetValueOrDefault("HTTPRoute/default/shop") == "added" && marks.GetValueOrDefault("Gateway/default/edge") == "added");

        // What is applied is no difference any more.
        JsonNode applied = await Apply(server, await Plan(server, SandboxClusters.Eks));
        Assert.Equal("applied", applied["targets"]![0]!["outcome"]!.GetValue<string>());
        await view.UntilAsync(client, marks => marks.GetValueOrDefault("HTTPRoute/default/shop", "none") is "");

        // An edit makes one, without anything changing at the cluster.
        client.Edit(Uri, 2, Documents.Range(12, 13, 12, 17), "cart");
        await view.UntilAsync(client, marks => marks.Any(one => one.Key.StartsWith("HTTPRoute/default/shop", StringComparison.Ordinal) && one.Value == "changed"));

        // What only the cluster has would be removed.
        client.Edit(Uri, 3, Documents.Range(7, 0, 15, 0), "");
        await view.UntilAsync(client, marks => marks.GetValueOrDefault("HTTPRoute/default/shop") == "removed");

        await client.RequestAsync("gatewayLsp/disconnect", new JsonObject { ["context"] = SandboxClusters.Eks });
        await view.UntilAsync(client, marks => marks.Count == 0);
    }

    /// <summary>What a client would show: the graph, and patches on it. A patch that does not fit what came before is a failure.</summary>
    private sealed class View
    {
        private int _version;

        public View(JsonNode whole) => Take(whole);

        public Dictionary<string, string> Marks { get; } = new(StringComparer.Ordinal);

        public async Task UntilAsync(LspClient client, Func<Dictionary<string, string>, bool> holds)
        {
            while (!holds(Marks))
            {
                Take((await client.NextAsync(Changes, patience: TimeSpan.FromSeconds(30)))!);
            }
        }

        private void Take(JsonNode change)
        {
            if (change["nodes"] is JsonArray nodes)
            {
                Marks.Clear();
                foreach (JsonNode? node in nodes)
                {
                    Marks[(string)node!["id"]!] = (string?)node["mark"] ?? "";
                }
            }
            else
            {
                Assert.Equal(_version, (int)change["fromVersion"]!);
                foreach (JsonNode? patch in change["patches"]!.AsArray())
                {
                    switch ((string)patch!["op"]!)
                    {
                        case "nodeAdded":
                            Marks.Add((string)patch["node"]!["id"]!, (string?)patch["node"]!["mark"] ?? "");
                            break;
                        case "nodeRemoved":
                            Assert.True(Marks.Remove((string)patch["id"]!));
                            break;
                        case "nodeChanged" when patch["set"]!.AsObject().ContainsKey("mark"):
                            Marks[(string)patch["id"]!] = (string?)patch["set"]!["mark"] ?? "";
                            break;
                    }
                }
            }
            _version = (int)change["version"]!;
        }
    }
}
