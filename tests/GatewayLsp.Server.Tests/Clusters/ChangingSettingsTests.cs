using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Tests.Harness;
using GatewayLsp.Testing.Sandboxes;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>Settings that change, and a disconnect, between a look at a plan and the end of what it leads to.</summary>
public sealed class ChangingSettingsTests : SandboxTests
{
    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: settled, namespace: default}
        spec: {ports: [{port: 80}]}
        """;

    private JsonObject Settings(bool isProtected = false, string plugins = "/opt/plugins") => new()
    {
        ["kubeconfig"] = Sandbox.Kubeconfig,
        ["plugins"] = new JsonObject { ["path"] = new JsonArray(plugins) },
        ["clusters"] = new JsonArray(new JsonObject { ["name"] = "eks", ["context"] = SandboxClusters.Eks, ["protected"] = isProtected }),
    };

    private static void Configure(ServerUnderTest server, JsonObject settings) =>
        server.Client.Notify("workspace/didChangeConfiguration", new JsonObject { ["settings"] = new JsonObject { ["gatewayLsp"] = settings } });

    private async Task<(ServerUnderTest Server, JsonNode Plan)> PlannedAsync()
    {
        ServerUnderTest server = await StartAsync(Service, new JsonObject { ["gatewayLsp"] = Settings() });
        await server.Client.RequestAsync("gatewayLsp/connect", new JsonObject { ["context"] = SandboxClusters.Eks });
        return (server, await Plan(server, SandboxClusters.Eks));
    }

    /// <summary>As an editor does that reads a file of settings in the middle of its being written.</summary>
    [Fact]
    public async Task A_plan_outlives_settings_that_come_back()
    {
        (ServerUnderTest server, JsonNode plan) = await PlannedAsync();
        await using (server)
        {
            Configure(server, []);
            Configure(server, Settings());
            JsonNode applied = await Apply(server, plan);
            Assert.Equal("applied", (string?)applied["targets"]![0]!["outcome"]);
        }
    }

    [Fact]
    public async Task A_plan_outlives_settings_that_don_t_concern_its_cluster()
    {
        (ServerUnderTest server, JsonNode plan) = await PlannedAsync();
        await using (server)
        {
            Configure(server, Settings(plugins: "/opt/others"));
            JsonNode applied = await Apply(server, plan);
            Assert.Equal("applied", (string?)applied["targets"]![0]!["outcome"]);
        }
    }

    [Fact]
    public async Task A_plan_is_refused_when_its_cluster_is_something_else_now()
    {
        (ServerUnderTest server, JsonNode plan) = await PlannedAsync();
        await using (server)
        {
            Configure(server, Settings(isProtected: true));
            LspErrorException refused = await Assert.ThrowsAsync<LspErrorException>(() => Apply(server, plan));
            Assert.Equal("The kubeconfig or the settings say something else of sandbox-eks than when the plan was made. Look at a new plan.", refused.Text);
        }
    }

    /// <summary>An apply must be able to end what it began, or to take it back.</summary>
    [Fact]
    public async Task A_client_that_is_held_serves_on_after_a_disconnect_and_under_other_settings()
    {
        using var session = new ClusterSession(new Log(_ => { }));
        ClusterSetup setup = ClusterSetup.Default with { Kubeconfig = [Sandbox.Kubeconfig] };
        session.Configure(setup, "");
        session.Trust();
        await session.ConnectAsync(SandboxClusters.Eks, CancellationToken.None);
        HeldClients held = session.Hold([SandboxClusters.Eks]);
        IClusterClient client = held.Clients[0];

        session.Disconnect(SandboxClusters.Eks);
        session.Configure(setup with { PluginPath = ["/opt/others"] }, "");
        session.Configure(setup, "");
        for (int i = 0; i < 20; i++)
        {
            Answered<ServedKinds> served = await client.DiscoverAsync(CancellationToken.None);
            Assert.True(served.IsOk, served.IsOk ? "" : served.Error.Message);
            await Task.Delay(20);
        }
        held.Dispose();
        Assert.False((await client.DiscoverAsync(CancellationToken.None)).IsOk);
        Assert.Throws<RpcErrorException>(() => session.Hold([SandboxClusters.Eks]));
    }
}
