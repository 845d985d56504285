using System.Diagnostics;
using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing.Sandboxes;
using Xunit.Abstractions;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>A kubeconfig that others write while the editor is connected: contexts renamed, taken out, files half written.</summary>
public sealed class ChangingKubeconfigTests(ITestOutputHelper output) : SandboxTests
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          rules: [{backendRefs: [{name: shop, port: 80}]}]
        """;

    [Theory]
    [InlineData("renamed")]
    [InlineData("removed")]
    [InlineData("half written")]
    [InlineData("deleted")]
    public async Task What_was_known_stays_with_the_reason_and_comes_back(string change)
    {
        using var folder = new TempFolder();
        string path = Path.Combine(folder.Path, "config");
        string whole = File.ReadAllText(Sandbox.Kubeconfig);
        File.WriteAllText(path, whole);
        await using ServerUnderTest server = await StartAsync(Route, new JsonObject { ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = path } });
        LspClient client = server.Client;
        Assert.Equal("connected", (string?)(await client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = SandboxClusters.Eks }))!["cluster"]!["state"]);

        client.Taken("gatewayLsp/didChangeClusters");
        File.WriteAllText(path + "~", change switch
        {
            "renamed" => whole.Replace(SandboxClusters.Eks, "other-name", StringComparison.Ordinal),
            "removed" => "apiVersion: v1\nkind: Config\n",
            _ => whole[..(whole.Length / 2)],
        });
        if (change == "deleted")
        {
            File.Delete(path);
        }
        else
        {
            File.Move(path + "~", path, overwrite: true);
        }
        JsonNode lost = (await Until(client, "stale"))!;
        Assert.NotEmpty((string?)lost["reason"] ?? "");
        output.WriteLine($"{change}: {lost["state"]}: {lost["reason"]}");
        // Nothing is written to what is not there any more.
        LspErrorException refused = await Assert.ThrowsAsync<LspErrorException>(() => Plan(server, SandboxClusters.Eks));
        Assert.Equal(-32803, refused.Code);
        // The one of another name was not picked by anybody.
        Assert.DoesNotContain("other-name", (await client.RequestAsync("gatewayLsp/contexts", new JsonObject()))!["contexts"]!.AsArray()
            .Where(one => (bool)one!["connected"]!).Select(one => (string?)one!["name"]));

        client.Taken("gatewayLsp/didChangeClusters");
        File.WriteAllText(path, whole);
        var clock = Stopwatch.StartNew();
        await Until(client, "connected");
        output.WriteLine($"connected again after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.Null((await Plan(server, SandboxClusters.Eks))["targets"]![0]!["error"]);
    }

    private static async Task<JsonNode?> Until(LspClient client, params string[] states)
    {
        JsonNode told = (await client.NextAsync("gatewayLsp/didChangeClusters",
            one => one!["clusters"]!.AsArray().Any(cluster => states.Contains((string?)cluster!["state"], StringComparer.Ordinal)), TimeSpan.FromSeconds(40)))!;
        return told["clusters"]![0];
    }
}
