using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary>The setting <c>gatewayLsp.clusters</c>, and a base that overlays of two clusters share.</summary>
public sealed class SeveralClustersTests : IDisposable
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: shop}
        spec: {gatewayClassName: any, listeners: [{name: web, port: 80, protocol: HTTP}]}
        """;

    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: shop}
        spec: {parentRefs: [{name: front}], rules: [{backendRefs: [{name: cart, port: 80}]}]}
        """;

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_base_is_checked_in_each_cluster_and_traced_in_the_one_that_is_named()
    {
        _folder.Write("base/gateway.yaml", Gateway);
        string route = _folder.Write("base/route.yaml", Route);
        foreach ((string cluster, int port) in (ReadOnlySpan<(string, int)>)[("east", 81), ("west", 80)])
        {
            _folder.Write($"overlays/{cluster}/kustomization.yaml", "resources: [../../base/gateway.yaml, ../../base/route.yaml, cart.yaml]\n");
            _folder.Write($"overlays/{cluster}/cart.yaml", $"apiVersion: v1\nkind: Service\nmetadata: {{name: cart, namespace: shop}}\nspec: {{selector: {{app: cart}}, ports: [{{port: {port}}}]}}\n");
        }
        JsonObject capabilities = Capabilities.Pull();
        capabilities["workspace"]!["configuration"] = true;
        await using var server = await ServerUnderTest.StartInitializedAsync(capabilities, _folder.Uri, new JsonObject
        {
            ["clusters"] = new JsonArray(
                new JsonObject { ["name"] = "west", ["folders"] = new JsonArray("overlays/west") },
                new JsonObject { ["name"] = "east", ["folders"] = new JsonArray("overlays/east") }),
        });
        server.Client.Open(route, Route);
        JsonNode found = Assert.Single(await PullUntilFoundAsync(server, route))!;
        Assert.Equal("port-not-found", (string?)found["code"]);
        Assert.StartsWith("In cluster `east`: ", (string?)found["message"], StringComparison.Ordinal);

        JsonNode west = (await server.Client.RequestAsync("gatewayLsp/trace", Request("west")))!;
        Assert.Equal(("west", "cart"), ((string?)west["cluster"], (string?)west["backends"]![0]!["name"]));
        Assert.Equal("""[{"clusters":["west"],"share":1,"basis":"weights"}]""", west["clusterShares"]!.ToJsonString());
        JsonNode east = (await server.Client.RequestAsync("gatewayLsp/trace", Request("east")))!;
        Assert.Equal(500, (int)east["response"]!["statusCodes"]![0]!);
    }

    /// <summary>The folder is read while the first answers are given.</summary>
    private static async Task<JsonArray> PullUntilFoundAsync(ServerUnderTest server, string uri)
    {
        for (int i = 0; i < 100; i++)
        {
            var items = await server.Client.PullAsync(uri);
            if (items.Count > 0)
            {
                return items;
            }
            await Task.Delay(100);
        }
        return [];
    }

    private static JsonObject Request(string cluster) => new()
    {
        ["gateway"] = new JsonObject { ["cluster"] = cluster, ["namespace"] = "shop", ["name"] = "front" },
        ["request"] = new JsonObject { ["host"] = "x", ["path"] = "/" },
    };

    public void Dispose() => _folder.Dispose();
}
