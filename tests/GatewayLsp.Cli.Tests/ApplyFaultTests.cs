using System.Diagnostics;
using GatewayLsp.Testing;
using Xunit.Abstractions;

namespace GatewayLsp.Cli.Tests;

/// <summary>
/// The fault table: an apply to a real API server through a proxy that spoils its writes. What the user sees, that nothing is
/// lost, and that all is well again after it.
/// </summary>
public sealed class ApplyFaultTests(RealClusterFixture real, ITestOutputHelper output) : IClassFixture<RealClusterFixture>
{
    private const string Context = "proxied";
    private const int Forever = int.MaxValue;

    private static readonly (string Name, ProxyFault Fault, bool IsApplied, string Seen)[] Faults =
    [
        ("401", new ProxyFault(FaultKind.Status, 401, "Unauthorized"), false, "does not accept the credentials"),
        ("403", new ProxyFault(FaultKind.Status, 403, "Forbidden"), false, "You have no right"),
        ("404", new ProxyFault(FaultKind.Status, 404, "NotFound"), false, "does not serve this kind"),
        ("409", new ProxyFault(FaultKind.Status, 409, "Conflict", Count: 1), true, "Applied"),
        ("410", new ProxyFault(FaultKind.Status, 410, "Expired"), false, "no longer keeps"),
        ("422", new ProxyFault(FaultKind.Status, 422, "Invalid", Details: """{"causes":[{"reason":"FieldValueInvalid","message":"must be x","field":"spec.rules[0]"}]}"""), false, "`spec.rules[0]`: must be x"),
        ("429 with Retry-After", new ProxyFault(FaultKind.Status, 429, "TooManyRequests"), true, "Applied"),
        ("500", new ProxyFault(FaultKind.Status, 500, "InternalError"), false, "an error of its own (HTTP 500)"),
        ("503", new ProxyFault(FaultKind.Status, 503, "ServiceUnavailable"), true, "Applied"),
        ("cut before the server saw it", new ProxyFault(FaultKind.CutBefore), false, "connection"),
        ("cut after the server did it", new ProxyFault(FaultKind.CutAfter), true, "Applied"),
        ("stall", new ProxyFault(FaultKind.Stall), false, "gave no answer in time"),
        ("cut in the middle of the answer", new ProxyFault(FaultKind.CutBody), true, "Applied"),
    ];

    private static string Shop(string name, int weight) =>
        $$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{name}}, namespace: demo}
        spec:
          selector: {app: v{{weight}}}
          ports: [{port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: {{name}}, namespace: demo}
        spec:
          gatewayClassName: class-{{weight}}
          listeners:
          - {name: web, port: 80, protocol: HTTP}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: {{name}}, namespace: demo}
        spec:
          parentRefs: [{name: {{name}}}]
          rules:
          - backendRefs: [{name: {{name}}, port: 80, weight: {{weight}}}]
        """;

    private string All(string name) => string.Join("\n",
        new[] { "/api/v1/namespaces/demo/services/", "/apis/gateway.networking.k8s.io/v1/namespaces/demo/gateways/", "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes/" }
            .Select(path => real.Read(path + name)));

    private static CliResult Apply(CliHost host, params string[] more) => host.Run(["apply", "shop.yaml", "--context", Context, "--yes", "--timeout", "0", .. more]);

    [ClusterFact]
    public async Task A_write_that_fails_loses_nothing()
    {
        await using FaultProxy proxy = await FaultProxy.Start(real.Cluster.KubeConfig);
        using CliHost host = real.Host();
        host.Write("config", proxy.Kubeconfig());
        host.Variables["KUBECONFIG"] = Path.Combine(host.Folder, "config");
        host.Write("shop.yaml", Shop("faults", 1));
        CliResult first = Apply(host);
        Assert.True(first.ExitCode == 0, first.ToString());
        string before = All("faults");
        var wrong = new List<string>();
        foreach ((string name, ProxyFault fault, bool isApplied, string seen) in Faults)
        {
            // The second of three: one write behind it, one before it.
            proxy.Break(fault, first: 2);
            host.Write("shop.yaml", Shop("faults", 2));
            var watch = Stopwatch.StartNew();
            CliResult result = Apply(host);
            TimeSpan failed = watch.Elapsed;
            proxy.Break(null);
            bool isSame = All("faults") == before;
            watch.Restart();
            CliResult again = Apply(host);
            TimeSpan recovery = watch.Elapsed;
            CliResult back = host.Run("rollback", "--context", Context, "--yes");
            string said = string.Join(" | ", (result.Out + result.Error).Split('\n').Where(line => line.Contains("proxied  ", StringComparison.Ordinal) || line.EndsWith("before.", StringComparison.Ordinal) || line.StartsWith("Applied", StringComparison.Ordinal)));
            output.WriteLine($"{name}: exit {result.ExitCode} after {failed.TotalSeconds:0.0} s, {(isSame ? "all as before" : "changed")}, again: exit {again.ExitCode} in {recovery.TotalSeconds:0.0} s; {said}");
            if (result.ExitCode != (isApplied ? 0 : 1) || isSame == isApplied || !result.ToString().Contains(seen, StringComparison.Ordinal) || again.ExitCode != 0 || back.ExitCode != 0 || All("faults") != before)
            {
                wrong.Add($"{name}: {result}\n{again}\n{back}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join("\n=====\n", wrong));
    }

    [ClusterFact]
    public async Task A_server_that_goes_away_in_the_middle_can_be_gone_back_from_later()
    {
        await using FaultProxy proxy = await FaultProxy.Start(real.Cluster.KubeConfig);
        using CliHost host = real.Host();
        host.Write("config", proxy.Kubeconfig());
        host.Variables["KUBECONFIG"] = Path.Combine(host.Folder, "config");
        host.Write("shop.yaml", Shop("away", 1));
        Assert.Equal(0, Apply(host).ExitCode);
        string before = All("away");
        host.Write("shop.yaml", Shop("away", 3));
        foreach (ProxyFault fault in (ProxyFault[])[new ProxyFault(FaultKind.Status, 401, "Unauthorized", Forever), new ProxyFault(FaultKind.Status, 403, "Forbidden", Forever),
            new ProxyFault(FaultKind.Status, 409, "Conflict", Forever)])
        {
            proxy.Break(fault, first: 2);
            proxy.SpoilsAll = true;
            CliResult result = Apply(host);
            Assert.True(result.ExitCode == 1, result.ToString());
            Assert.Contains("Not everything is as before", result.Out, StringComparison.Ordinal);
            Assert.Contains("NOT rolled back", result.Out, StringComparison.Ordinal);
            Assert.NotEqual(before, All("away"));
            proxy.Break(null);
            CliResult back = host.Run("rollback", "--context", Context, "--yes");
            Assert.True(back.ExitCode == 0, back.ToString());
            Assert.Equal(before, All("away"));
        }
    }

    [ClusterFact]
    public async Task What_can_not_be_reached_is_told_before_anything()
    {
        await using FaultProxy proxy = await FaultProxy.Start(real.Cluster.KubeConfig);
        using CliHost host = real.Host();
        host.Variables["KUBECONFIG"] = Path.Combine(host.Folder, "config");
        host.Write("shop.yaml", Shop("unreached", 1));
        foreach ((string config, string seen) in ((string, string)[])
        [
            (proxy.Kubeconfig(authority: FaultProxy.OtherAuthority()), "certificate"),
            (proxy.Kubeconfig(server: "https://127.0.0.1:1"), "Nobody"),
            (proxy.Kubeconfig(server: "https://no-such-host.invalid"), "no-such-host.invalid"),
            (proxy.Kubeconfig(token: "eks-expired"), "does not accept the credentials"),
        ])
        {
            host.Write("config", config);
            var watch = Stopwatch.StartNew();
            CliResult result = Apply(host);
            output.WriteLine($"{seen}: exit {result.ExitCode} after {watch.Elapsed.TotalSeconds:0.0} s: {result.Out.Trim()} {result.Error.Trim()}");
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(seen, result.ToString(), StringComparison.Ordinal);
        }
        Assert.Null(real.Read("/api/v1/namespaces/demo/services/unreached"));
    }
}
