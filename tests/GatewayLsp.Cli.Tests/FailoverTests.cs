using GatewayLsp.Testing;

namespace GatewayLsp.Cli.Tests;

/// <summary><c>watch</c> and <c>failover</c> on the sandbox: a Service is broken, traffic is shifted, and comes back.</summary>
public sealed class FailoverTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>, IAsyncLifetime
{
    private static readonly string[] Both = ["--context", SandboxFixture.Eks, "--context", SandboxFixture.Gke];

    private CliHost _host = null!;

    private static string Sample(params string[] names) =>
        string.Join("\n---\n", names.Select(name => File.ReadAllText(Path.Combine(SharedFiles.Root, "samples", "multi-cluster", name))));

    public async Task InitializeAsync()
    {
        _host = sandbox.Host();
        await sandbox.Apply(_host, Sample("00-namespace.yaml"), SandboxFixture.Eks, SandboxFixture.Gke);
        await sandbox.Apply(_host, Sample("10-gateway.yaml", "20-helloworld.yaml", "40-export.yaml"), SandboxFixture.Eks, SandboxFixture.Gke);
        await sandbox.Apply(_host, Sample("30-split.yaml") + """

            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: local, namespace: demo}
            spec:
              parentRefs: [{name: front, sectionName: http}]
              hostnames: [local.demo.example]
              rules:
              - backendRefs: [{name: helloworld, port: 80}]
            """, SandboxFixture.Eks);
    }

    public async Task DisposeAsync()
    {
        await sandbox.Clusters.Heal();
        _host.Dispose();
    }

    private CliResult Request(string route, string count = "50") => _host.Run("request", "--route", route, "--context", SandboxFixture.Eks, "--count", count);

    /// <summary>The cluster's controllers take note of a fault in their own time.</summary>
    private async Task<CliResult> WatchUntilTold()
    {
        CliResult told = _host.Run(["watch", "--once", .. Both]);
        for (int i = 0; i < 50 && told.ExitCode == 0; i++)
        {
            await Task.Delay(200);
            told = _host.Run(["watch", "--once", .. Both]);
        }
        return told;
    }

    [Fact]
    public async Task Weights_are_shifted_and_come_back()
    {
        CliResult well = _host.Run(["watch", "--once", .. Both]);
        Assert.True(well.ExitCode == 0 && well.Out.Contains("sandbox-eks  ok  Gateways 1 ok", StringComparison.Ordinal), well.ToString());
        Assert.Equal(0, _host.Run(["failover", "--yes", .. Both]).ExitCode);

        await sandbox.Clusters.Break("service/demo/helloworld-v1@sandbox-eks");
        CliResult told = await WatchUntilTold();
        Assert.True(told.ExitCode == 1, told.ToString());
        Assert.Contains("partly down  HTTPRoute/demo/split rule 1: no ready endpoints behind demo/helloworld-v1:80", told.Out, StringComparison.Ordinal);
        Assert.Contains("Shift it:  gateway-lsp failover --context sandbox-eks --context sandbox-gke", told.Out, StringComparison.Ordinal);
        Assert.Equal(1, Request("demo/split").ExitCode);

        CliResult unasked = _host.Run(["failover", .. Both]);
        Assert.True(unasked.ExitCode == 1 && unasked.Error.Contains("--yes", StringComparison.Ordinal), unasked.ToString());
        CliResult shifted = _host.Run(["failover", "--yes", .. Both]);
        Assert.True(shifted.ExitCode == 0, shifted.ToString());
        Assert.Contains("demo/helloworld-v1:80 weight 80 -> 0", shifted.Out, StringComparison.Ordinal);
        await sandbox.Clusters.Settle();
        CliResult served = Request("demo/split");
        Assert.True(served.ExitCode == 0 && served.Out.Contains("50 x 200", StringComparison.Ordinal), served.ToString());

        CliResult early = _host.Run(["failover", "--back", "--yes", .. Both]);
        Assert.True(early.ExitCode == 1 && early.Out.Contains("has no ready endpoints so far", StringComparison.Ordinal), early.ToString());
        await sandbox.Clusters.Heal();
        Assert.Contains("failover --back", _host.Run(["watch", "--once", .. Both]).Out, StringComparison.Ordinal);
        CliResult back = _host.Run(["failover", "--back", "--yes", .. Both]);
        Assert.True(back.ExitCode == 0, back.ToString());
        await sandbox.Clusters.Settle();
        CliResult again = Request("demo/split", "100");
        Assert.True(again.ExitCode == 0 && again.Out.Contains("demo/helloworld-v1:80: expected 80 %", StringComparison.Ordinal), again.ToString());
        Assert.Equal(0, _host.Run(["diff", "setup.yaml", "--context", SandboxFixture.Eks]).ExitCode);
    }

    [Fact]
    public async Task A_rule_without_any_endpoint_goes_to_the_other_cluster()
    {
        await sandbox.Clusters.Break("service/demo/helloworld@sandbox-eks");
        CliResult printed = _host.Run(["failover", "--print", .. Both]);
        Assert.True(printed.ExitCode == 0 && printed.Out.Contains("kind: ServiceImport", StringComparison.Ordinal), printed.ToString());
        CliResult shifted = _host.Run(["failover", "--yes", .. Both]);
        Assert.True(shifted.Out.Contains("ServiceImport demo/helloworld:80 added with weight 1", StringComparison.Ordinal), shifted.ToString());
        await sandbox.Clusters.Settle();
        CliResult served = Request("demo/local", "10");
        Assert.True(served.Out.Contains("10 x 200", StringComparison.Ordinal) && served.Out.Contains("\"cluster\":\"sandbox-gke\"", StringComparison.Ordinal), served.ToString());
        CliResult rolled = _host.Run("rollback", "--yes", "--context", SandboxFixture.Eks);
        Assert.True(rolled.ExitCode == 0, rolled.ToString());
        // Until the controllers have seen it, requests go where they went.
        await sandbox.Clusters.Settle();
        Assert.Equal(1, Request("demo/local", "5").ExitCode);
    }

    [Fact]
    public async Task A_lost_cluster_is_told_with_what_is_left()
    {
        await sandbox.Clusters.Break(SandboxFixture.Gke);
        CliResult told = _host.Run(["watch", "--once", .. Both]);
        Assert.True(told.ExitCode == 1 && told.Out.Contains("sandbox-gke  lost  ", StringComparison.Ordinal), told.ToString());
        Assert.Contains("--lost sandbox-gke", told.Out, StringComparison.Ordinal);
        CliResult json = _host.Run(["watch", "--once", "--format", "json", .. Both]);
        Assert.Equal("unreachable", json.Json.GetProperty("clusters")[1].GetProperty("state").GetString());
    }
}
