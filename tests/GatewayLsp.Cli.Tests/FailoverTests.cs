using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Failover;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Kubernetes;
using GatewayLsp.Kubernetes.Credentials;
using GatewayLsp.Kubernetes.Targets;
using GatewayLsp.Server.Cli.Apply;
using GatewayLsp.Server.Cli.Failover;
using GatewayLsp.Server.Cli.Watch;
using GatewayLsp.Testing;
using GatewayLsp.Testing.InMemory;

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
        Assert.Contains("sandbox-eks  bad  Gateways 1 ok; routes 2 ok, 1 with backends that have no ready endpoints", told.Out, StringComparison.Ordinal);
        CliResult status = _host.Run("status", "--context", SandboxFixture.Eks);
        Assert.True(status.ExitCode == 1, status.ToString());
        Assert.Contains("sandbox-eks  partly down  HTTPRoute/demo/split\n    rule 1: no ready endpoints behind demo/helloworld-v1:80\n", status.Out, StringComparison.Ordinal);
        Assert.Contains("sandbox-eks  ok  HTTPRoute/demo/local\n", status.Out, StringComparison.Ordinal);
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
        // Another rule is down, and nothing can take its place.
        Assert.True(printed.ExitCode == 1 && printed.Error.Contains("not prepared: Rule 1: nothing", StringComparison.Ordinal) && printed.Out.Contains("kind: ServiceImport", StringComparison.Ordinal), printed.ToString());
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

    /// <summary>What the file does not say about a field's owner the cluster does: the refusal leads to the file that has the route, not to a name made up.</summary>
    [Fact]
    public async Task A_conflict_is_told_at_the_line_of_the_file_that_has_the_route()
    {
        const string Owned = """
            # Applied by somebody else.
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: owned, namespace: demo}
            spec:
              parentRefs: [{name: front, sectionName: http}]
              hostnames: [owned.demo.example]
              rules: [{backendRefs: [{name: helloworld-v1, port: 80, weight: 1}, {name: helloworld-v2, port: 80, weight: 1}]}]
            """;
        using CliHost host = sandbox.Host();
        using var directory = new ClusterDirectory(new KubeconfigLocation { Explicit = [sandbox.Clusters.Kubeconfig] }, ClusterSettings.Default, Trusted.Instance);
        IClusterClient client = directory.Connect(SandboxFixture.Eks).Value!;
        var address = new ResourceAddress((await client.DiscoverAsync(default)).Value!.Find("gateway.networking.k8s.io", "HTTPRoute")!, "demo", "owned");
        Assert.True((await client.ApplyAsync(address, System.Text.Encoding.UTF8.GetBytes(Owned), new WriteOptions { FieldManager = "kubectl" }, default)).IsOk);
        try
        {
            await sandbox.Clusters.Settle();
            await sandbox.Clusters.Break("service/demo/helloworld-v1@sandbox-eks");
            await WatchUntilTold();
            CliResult nowhere = host.Run(["failover", "--yes", .. Both]);
            Assert.True(nowhere.ExitCode == 1, nowhere.ToString());
            Assert.Contains("refused: HTTPRoute/demo/owned: .spec.rules: ", nowhere.Out, StringComparison.Ordinal);

            host.Write("shop/routes.yaml", Owned);
            CliResult refused = host.Run(["failover", "--yes", .. Both]);
            Assert.True(refused.ExitCode == 1, refused.ToString());
            Assert.Contains("refused: HTTPRoute/demo/owned (routes.yaml:8): .spec.rules: ", refused.Out, StringComparison.Ordinal);
            Assert.Contains("the same command with --force-conflicts", refused.Out, StringComparison.Ordinal);
            CliResult forced = host.Run(["failover", "--yes", "--force-conflicts", .. Both]);
            Assert.True(forced.ExitCode == 0, forced.ToString());
        }
        finally
        {
            await client.DeleteAsync(address, new DeleteOptions(), default);
        }
    }

    /// <summary>Giving a lost cluster up is advised where it shifts something, and only there.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Watch_advises_what_failover_would_do(bool hasSpare)
    {
        var east = new InMemoryClient(new ClusterTarget("east"));
        east.Put("""
            {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"cart","namespace":"default"},"spec":{"rules":[{"backendRefs":[
              {"group":"multicluster.x-k8s.io","kind":"ServiceImport","name":"cart","port":80,"weight":1}SPARE]}]}}
            """.Replace("SPARE", hasSpare ? """,{"name":"spare","port":80,"weight":0}""" : "", StringComparison.Ordinal));
        east.Put("""{"apiVersion":"multicluster.x-k8s.io/v1alpha1","kind":"ServiceImport","metadata":{"name":"cart","namespace":"default"},"spec":{"type":"ClusterSetIP","ports":[{"port":80}]}}""");
        east.Put("""{"apiVersion":"v1","kind":"Service","metadata":{"name":"spare","namespace":"default"},"spec":{"selector":{"app":"spare"},"ports":[{"port":80}]}}""");
        foreach (string labels in (string[])[""" "kubernetes.io/service-name":"spare" """, """ "multicluster.kubernetes.io/service-name":"cart","multicluster.kubernetes.io/source-cluster":"west" """])
        {
            east.Put("""{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"NAME","namespace":"default","labels":{LABELS}},"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":true}}]}"""
                .Replace("NAME", $"s{labels.Length}", StringComparison.Ordinal).Replace("LABELS", labels, StringComparison.Ordinal));
        }
        var west = new InMemoryClient(new ClusterTarget("west")) { Fault = _ => new ClusterError(ClusterErrorKind.ConnectionRefused, "Nobody listens.") };
        ObservedCluster[] clusters = [await ClusterReader.ReadAsync(east, [], TimeProvider.System, default), await ClusterReader.ReadAsync(west, [], TimeProvider.System, default)];
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var terminal = new Server.Cli.Terminal { Out = output, Error = error, In = () => Stream.Null, Folder = "/", Variable = _ => null };
        Assert.Equal(1, new WatchRun(terminal, ["east", "west"], asJson: false).Once(clusters));
        string told = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.Contains("west  lost  Nobody listens.", told, StringComparison.Ordinal);
        Assert.Equal(hasSpare, told.Contains("If its endpoints are gone, too:  gateway-lsp failover --context east --context west --lost west\n", StringComparison.Ordinal));
        Assert.Equal(hasSpare, FailoverPlanner.Plan(clusters, ImmutableHashSet.Create("west")).HasChanges);
    }

    /// <summary>One rule that can be shifted does not make up for one that can't.</summary>
    [Theory]
    [InlineData("cart", "", 0)]
    [InlineData("cart,lone", "", 1)]
    [InlineData("lone", "", 1)]
    [InlineData("spare", "", 0)]
    [InlineData("spare", "west", 1)]
    [InlineData("spare", "west lost", 0)]
    public async Task The_exit_code_tells_whether_something_stays_down(string rules, string other, int exit)
    {
        var east = new InMemoryClient(new ClusterTarget("east"));
        string[] refs = [.. rules.Split(',').Select(name => name == "cart" ? """{"name":"cart","port":80,"weight":1},{"name":"spare","port":80,"weight":0}""" : $$"""{"name":"{{name}}","port":80,"weight":1}""")];
        string all = string.Join(',', refs.Select(one => $$"""{"backendRefs":[{{one}}]}"""));
        east.Put($$$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"cart","namespace":"default"},"spec":{"rules":[{{{all}}}] } }""");
        foreach (string name in (string[])["cart", "lone", "spare"])
        {
            string ready = name == "spare" ? "true" : "false";
            east.Put($$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"{{{name}}}","namespace":"default"},"spec":{"selector":{"app":"x"},"ports":[{"port":80}] } }""");
            east.Put($$$"""{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"{{{name}}}","namespace":"default","labels":{"kubernetes.io/service-name":"{{{name}}}"} },"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":{{{ready}}} } }] }""");
        }
        var west = new InMemoryClient(new ClusterTarget("west")) { Fault = _ => new ClusterError(ClusterErrorKind.ConnectionRefused, "Nobody listens.") };
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var terminal = new Server.Cli.Terminal { Out = output, Error = error, In = () => Stream.Null, Folder = "/", Variable = _ => null };
        foreach (bool print in (bool[])[true, false])
        {
            var options = new FailoverOptions(new ApplyOptions { Plan = new PlanOptions { Force = true }, DryRun = true }) { GivenUp = other == "west lost" ? ["west"] : [], Print = print };
            Assert.Equal(exit, await new FailoverRun(options, terminal, other.Length == 0 ? [east] : [east, west]).ExecuteAsync(CancellationToken.None));
        }
    }

    /// <summary>What nobody could look at is not well, and not bad: it is unknown, and says so once.</summary>
    [Theory]
    [InlineData("", "Gateways unknown; routes unknown; could not be read: Gateway, HTTPRoute, GRPCRoute, TLSRoute, TCPRoute, UDPRoute, EndpointSlice", "warning: no Gateway and no route is known at these clusters")]
    [InlineData("demo", "Gateways 1 ok; routes 2 ok; read in namespace demo alone; could not be read: GRPCRoute, TLSRoute, TCPRoute, UDPRoute, EndpointSlice", "")]
    public async Task What_the_user_may_not_read_is_not_told_as_well(string space, string told, string warning)
    {
        await sandbox.Clusters.Break("service/demo/helloworld-v1@sandbox-eks");
        await WatchUntilTold();
        string[] few = ["--context", SandboxFixture.Eks, "--kubeconfig", sandbox.Clusters.OfFewRights(space)];
        CliResult watch = _host.Run(["watch", "--once", .. few]);
        Assert.True(watch.ExitCode == 1 && watch.Out.EndsWith($"\nsandbox-eks  unknown  {told}\n", StringComparison.Ordinal), watch.ToString());
        CliResult lines = _host.Run(["watch", "--once", "--format", "json", .. few]);
        Assert.False(lines.Json.GetProperty("well").GetBoolean());
        Assert.Equal("EndpointSlice", lines.Json.GetProperty("clusters")[0].GetProperty("unread").EnumerateArray().Last().GetString());

        CliResult status = _host.Run(["status", .. few]);
        Assert.True(status.ExitCode == 1 && status.Error.Length == 0 && status.Out.Contains("sandbox-eks  unknown  ", StringComparison.Ordinal), status.ToString());
        Assert.Equal(space == "demo", status.Out.Contains("sandbox-eks  ok  HTTPRoute/demo/split\n", StringComparison.Ordinal));
        foreach (string way in (string[])["--dry-run", "--print", "--back"])
        {
            CliResult shift = _host.Run(["failover", way, .. few]);
            Assert.True(shift.ExitCode == 1 && (way == "--print" ? shift.Error : shift.Out).Contains("  unknown  ", StringComparison.Ordinal), shift.ToString());
            Assert.DoesNotContain("All backends", shift.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("No route was", shift.Out, StringComparison.Ordinal);
        }
        CliResult topology = _host.Run(["topology", .. few]);
        Assert.True(topology.ExitCode == 0 && topology.Error.Contains("warning: sandbox-eks: ", StringComparison.Ordinal) && topology.Error.Contains(warning, StringComparison.Ordinal), topology.ToString());
        Assert.DoesNotContain("there is no Gateway", topology.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_cluster_is_told_with_what_is_left()
    {
        await sandbox.Clusters.Break(SandboxFixture.Gke);
        CliResult told = _host.Run(["watch", "--once", .. Both]);
        Assert.True(told.ExitCode == 1 && told.Out.Contains("sandbox-gke  lost  ", StringComparison.Ordinal), told.ToString());
        // No route of the other cluster lives by it, so giving it up would shift nothing.
        Assert.DoesNotContain("gateway-lsp failover", told.Out, StringComparison.Ordinal);
        CliResult given = _host.Run(["failover", "--yes", .. Both, "--lost", SandboxFixture.Gke]);
        Assert.Contains("There is nothing that could be shifted.", given.Out, StringComparison.Ordinal);
        CliResult back = _host.Run(["failover", "--back", "--yes", .. Both]);
        Assert.True(back.ExitCode == 1 && back.Out.StartsWith("sandbox-gke  lost  ", StringComparison.Ordinal) && back.Out.EndsWith("\nThere is nothing that could be brought back.\n", StringComparison.Ordinal), back.ToString());
        CliResult json = _host.Run(["watch", "--once", "--format", "json", .. Both]);
        Assert.Equal("unreachable", json.Json.GetProperty("clusters")[1].GetProperty("state").GetString());
    }
}
