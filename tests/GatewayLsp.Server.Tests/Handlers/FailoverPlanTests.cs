using System.Text.Json.Nodes;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Server.Tests.Handlers;

/// <summary><c>gatewayLsp/failover/plan</c> on the sandbox: a Service loses its pods, its traffic is shifted, and comes back.</summary>
public sealed class FailoverPlanTests : SandboxTests
{
    private const string Shop = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: sandbox
          listeners:
          - {name: web, port: 80, protocol: HTTP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - backendRefs: [{name: blue, port: 80, weight: 1}, {name: green, port: 80, weight: 0}]
        """;

    private static string Application(string name) => """

        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: NAME, namespace: default}
        spec:
          selector: {matchLabels: {app: NAME}}
          template:
            metadata: {labels: {app: NAME}}
            spec: {containers: [{name: web, image: "example.com/web:1", ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: NAME, namespace: default}
        spec:
          selector: {app: NAME}
          ports: [{port: 80, targetPort: 8080}]
        """.Replace("NAME", name, StringComparison.Ordinal);

    private async Task<ServerUnderTest> Start()
    {
        ServerUnderTest server = await StartAsync(Shop + Application("blue") + Application("green"), new JsonObject { ["gatewayLsp"] = new JsonObject { ["kubeconfig"] = Sandbox.Kubeconfig } });
        await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = SandboxClusters.Eks });
        return server;
    }

    private static async Task Applied(ServerUnderTest server, JsonNode plan)
    {
        JsonNode result = await Apply(server, plan);
        Assert.True(result["targets"]![0]!["outcome"]!.GetValue<string>() == "applied", result.ToJsonString());
    }

    /// <summary>What is seen of a cluster follows it by a moment.</summary>
    private static async Task<JsonNode> Prepared(ServerUnderTest server, bool isBack)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (true)
        {
            JsonNode plan = (await server.Client.RequestAsync("gatewayLsp/failover/plan", new JsonObject { ["back"] = isBack }))!;
            if (plan["plan"] is not null || DateTime.UtcNow > deadline)
            {
                return plan;
            }
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task Traffic_is_shifted_away_and_back_by_plans_like_any_other()
    {
        await using ServerUnderTest server = await Start();
        JsonNode plan = await Plan(server, SandboxClusters.Eks);
        await Applied(server, plan);
        await Sandbox.Settle();
        await Sandbox.Break($"service/default/blue@{SandboxClusters.Eks}");

        JsonNode away = await Prepared(server, isBack: false);
        JsonNode one = Assert.Single(away["targets"]![0]!["objects"]!.AsArray())!;
        Assert.Equal(("shop", "update"), (one["name"]!.GetValue<string>(), one["action"]!.GetValue<string>()));
        Assert.Contains(away["notes"]!.AsArray(), note => note!.GetValue<string>().Contains("no ready endpoints behind default/blue:80", StringComparison.Ordinal));
        await Applied(server, away);

        await Sandbox.Heal();
        JsonNode back = await Prepared(server, isBack: true);
        Assert.Equal("update", back["targets"]![0]!["objects"]![0]!["action"]!.GetValue<string>());
        await Applied(server, back);
    }

    [Fact]
    public async Task Where_nothing_is_lost_nothing_is_planned()
    {
        await using ServerUnderTest server = await Start();
        JsonNode plan = (await server.Client.RequestAsync("gatewayLsp/failover/plan", new JsonObject()))!;
        Assert.Null(plan["plan"]);
        Assert.Empty(plan["targets"]!.AsArray());
    }
}
