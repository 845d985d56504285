using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Cli;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Demo;

/// <summary>Tells the story of <c>samples/multi-cluster</c> on two fresh clusters; each step is observed from outside, not assumed.</summary>
internal sealed class DemoRun : IDisposable
{
    private const string Eks = "sandbox-eks";
    private const string Gke = "sandbox-gke";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ObjectName Front = new("demo", "front");

    private readonly Sandbox _sandbox;
    private readonly TextWriter _output;
    private readonly ClusterApi[] _apis;
    private readonly Sender _sender;
    private int _failed;

    private DemoRun(Sandbox sandbox, TextWriter output)
    {
        _sandbox = sandbox;
        _output = output;
        _apis = [.. sandbox.Clusters.Select(one => new ClusterApi(one, sandbox.Authority.Certificate))];
        _sender = new Sender(sandbox.Authority.Certificate);
    }

    public static async Task<int> Run(string? folder, TextWriter output, CancellationToken cancel)
    {
        if ((folder ?? FindSamples()) is not { } samples || !Directory.Exists(samples))
        {
            Console.Error.WriteLine("error: the sample's manifests are not here; name their folder with --samples");
            return ExitCode.Usage;
        }
        long start = Stopwatch.GetTimestamp();
        await using Sandbox sandbox = await Sandbox.Start(Channel.Standard, _ => 0);
        output.WriteLine(Text($"Two clusters, {Eks} and {Gke}, started in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms."));
        using var demo = new DemoRun(sandbox, output);
        await demo.Steps(samples);
        output.WriteLine(demo._failed == 0 ? Text($"All steps held, in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s.") : Text($"{demo._failed} steps did not hold."));
        return demo._failed == 0 && !cancel.IsCancellationRequested ? ExitCode.Fine : ExitCode.Failed;
    }

    public void Dispose()
    {
        foreach (ClusterApi api in _apis)
        {
            api.Dispose();
        }
        _sender.Dispose();
    }

    /// <summary>The samples of the repository that the program was built in or is started from.</summary>
    private static string? FindSamples()
    {
        foreach (string start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                string samples = Path.Combine(folder.FullName, "samples", "multi-cluster");
                if (Directory.Exists(samples))
                {
                    return samples;
                }
            }
        }
        return null;
    }

    private async Task Steps(string samples)
    {
        await Apply(samples);
        await Status();
        await Topology();
        await Split();
        await Canary();
        await BlueGreen();
        await Mirroring();
        await Tls();
        await Imports();
        await Loss();
        await Failover();
        await Recovery();
    }

    private async Task Apply(string samples)
    {
        JsonObject[] objects = [.. Directory.EnumerateFiles(samples, "*.yaml").Order(StringComparer.Ordinal).SelectMany(file => YamlObjects.ReadAll(File.ReadAllText(file)))];
        var problems = new List<string>();
        foreach (ClusterApi api in _apis)
        {
            foreach (JsonObject one in objects)
            {
                if (await api.Apply(one.Copy()) is { } problem)
                {
                    problems.Add($"{api.Name}: {one["kind"].Text()} {one.At("metadata", "name").Text()}: {problem}");
                }
            }
        }
        Tell("apply", problems.Count == 0 && objects.Length > 0, Text($"{objects.Length} objects in each cluster, by server-side apply"), problems);
    }

    private async Task Status()
    {
        long start = Stopwatch.GetTimestamp();
        var wanted = new (string What, string Path, string Condition)[]
        {
            ("Gateways", "/apis/gateway.networking.k8s.io/v1/namespaces/demo/gateways", "Programmed"),
            ("HTTPRoutes", "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes", "Accepted"),
            ("HTTPRoutes", "/apis/gateway.networking.k8s.io/v1/namespaces/demo/httproutes", "ResolvedRefs"),
            ("Deployments", "/apis/apps/v1/namespaces/demo/deployments", "Available"),
            ("ServiceExports", "/apis/multicluster.x-k8s.io/v1alpha1/namespaces/demo/serviceexports", "Valid"),
        };
        var missing = new List<string>();
        foreach (ClusterApi api in _apis)
        {
            foreach ((string what, string path, string condition) in wanted)
            {
                if (!await Until(() => api.AllHave(path, condition)))
                {
                    missing.Add($"{api.Name}: not all {what} are {condition}");
                }
            }
        }
        await _sandbox.Settle(Patience);
        Tell("status", missing.Count == 0, Text($"Gateways Programmed, HTTPRoutes Accepted, Deployments Available after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"), missing);
        foreach (SandboxCluster one in _sandbox.Clusters)
        {
            GatewayAddress? address = one.Plane.AddressOf(Front);
            _output.WriteLine($"    {one.Cluster.Name}: gateway demo/front at {address?.Address}, ports {string.Join(", ", address?.Ports.Select(port => port.Key == port.Value ? $"{port.Key}" : $"{port.Key} at {port.Value}") ?? [])}");
        }
    }

    private async Task Topology()
    {
        DemoTopology[] all = [.. await Task.WhenAll(_apis.Select(DemoTopology.Read))];
        bool isSame = all.All(one => one.Lines.SequenceEqual(all[0].Lines, StringComparer.Ordinal));
        string[] problems = [.. all.SelectMany(one => one.Problems), .. isSame ? (string[])[] : ["the clusters differ"]];
        Tell("topology", problems.Length == 0 && all[0].Lines.Count > 0, "where requests go, as the API of each cluster tells it" + (isSame ? ": the same in both" : ""), problems);
        foreach (string line in all[0].Lines)
        {
            _output.WriteLine("    " + line);
        }
    }

    private async Task Split()
    {
        const int Requests = 1_000;
        foreach (SandboxCluster one in _sandbox.Clusters)
        {
            TrafficRun run = Traffic("split.demo.example", one.Cluster.Name);
            await run.Count(Requests);
            int second = run.Who.Where(who => who.Key.EndsWith("helloworld-v2", StringComparison.Ordinal)).Sum(who => who.Value);
            // Five standard deviations of 1,000 draws with a share of one in five.
            double bound = 5 * Math.Sqrt(Requests * 0.2 * 0.8);
            Tell("split", run.Lost == 0 && Math.Abs(second - (Requests * 0.2)) <= bound, Text($"{one.Cluster.Name}: {Requests} requests, {Table(run)} (wanted 80 to 20)"));
        }
    }

    private async Task Canary()
    {
        Reply plain = await _sender.Get(GatewayOf(Eks)!, "canary.demo.example", "/");
        Reply canary = await _sender.Get(GatewayOf(Eks)!, "canary.demo.example", "/", ("x-canary", "yes"));
        Tell("canary", plain.Version == "v1" && canary.Version == "v2", $"without the header {Shown(plain)}, with it {Shown(canary)}");
    }

    private async Task BlueGreen()
    {
        TrafficRun blue = Traffic("blue-green.demo.example", Eks);
        await blue.Count(100);
        ClusterApi api = _apis[0];
        JsonObject route = YamlObjects.ReadAll(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: blue-green, namespace: demo}
            spec:
              parentRefs: [{name: front, sectionName: http}]
              hostnames: [blue-green.demo.example]
              rules:
              - backendRefs:
                - {name: helloworld-v1, port: 80, weight: 0}
                - {name: helloworld-v2, port: 80, weight: 100}
            """).First();
        string? problem = await api.Apply(route);
        bool isSwitched = await Until(async () => (await _sender.Get(GatewayOf(Eks)!, "blue-green.demo.example", "/")).Version == "v2");
        TrafficRun green = Traffic("blue-green.demo.example", Eks);
        await green.Count(100);
        Tell("blue-green", problem is null && isSwitched && Only(blue, "helloworld-v1") && Only(green, "helloworld-v2"), $"before the weights are exchanged {Table(blue)}; after {Table(green)}");
    }

    private async Task Mirroring()
    {
        const int Requests = 200;
        PodServer[] echoes = [.. _sandbox.Of(Eks).Workloads.Running.Where(pod => pod.Server.Identity.Deployment == "echoserver").Select(pod => pod.Server)];
        long before = echoes.Sum(pod => pod.Requests);
        TrafficRun run = Traffic("mirroring.demo.example", Eks);
        await run.Count(Requests);
        await Until(() => Task.FromResult(echoes.Sum(pod => pod.Requests) - before >= Requests));
        long copies = echoes.Sum(pod => pod.Requests) - before;
        Tell("mirroring", copies == Requests && Only(run, "helloworld-v1"), Text($"{Requests} requests, {Table(run)}; {copies} copies at the echoserver"));
    }

    private async Task Tls()
    {
        Reply secure = await _sender.GetSecure(GatewayOf(Eks, 443)!, "secure.demo.example", "/");
        Reply plain = await _sender.Get(GatewayOf(Eks)!, "secure.demo.example", "/");
        Tell("tls", secure is { Status: 200, Version: "v1" } && plain is { Status: 301, Location: "https://secure.demo.example/" },
            $"HTTPS answered by {Shown(secure)}, its certificate verified; HTTP redirected to {plain.Location}");
    }

    private async Task Imports()
    {
        bool bothKnow = await Until(async () =>
        {
            foreach (ClusterApi api in _apis)
            {
                if ((await api.Get("/apis/multicluster.x-k8s.io/v1alpha1/namespaces/demo/serviceimports/helloworld"))?.At("status", "clusters") is not JsonArray { Count: 2 })
                {
                    return false;
                }
            }
            return true;
        });
        TrafficRun run = Traffic("failover.demo.example", Eks);
        await run.Count(400);
        Tell("service import", bothKnow && run.Lost == 0 && From(run, Eks) > 100 && From(run, Gke) > 100, $"one gateway, pods of both clusters: {Table(run)}");
    }

    private async Task Loss()
    {
        TrafficRun run = Traffic("failover.demo.example", Eks);
        Task traffic = run.Run(200, TimeSpan.FromSeconds(5), CancellationToken.None);
        await Task.Delay(1_000);
        _sandbox.Fail(FaultTarget.Parse(Gke)!, new PodFault(true, TimeSpan.Zero, 0));
        await traffic;
        bool isGone = await _apis[1].Get("/version") is null;
        TrafficRun after = Traffic("failover.demo.example", Eks);
        await after.Count(200);
        Tell("cluster loss", isGone && after.Lost == 0 && From(after, Gke) == 0 && run.Lost <= 20,
            Text($"{Gke} taken down under {run.Sent} requests: {run.Lost} lost, outage {run.Outage.TotalSeconds:0.00} s; afterwards {Table(after)}"));
        _sandbox.Heal(null);
    }

    private async Task Failover()
    {
        await Until(async () => await _apis[1].Get("/version") is not null && GatewayOf(Gke) is not null);
        TrafficRun run = Traffic("failover.demo.example", Eks, Gke);
        Task traffic = run.Run(200, TimeSpan.FromSeconds(5), CancellationToken.None);
        await Task.Delay(1_000);
        long lost = Stopwatch.GetTimestamp();
        _sandbox.Fail(FaultTarget.Parse(Eks)!, new PodFault(true, TimeSpan.Zero, 0));
        await traffic;
        TrafficRun after = Traffic("failover.demo.example", Eks, Gke);
        await after.Count(200);
        TimeSpan? moved = run.Moves is [var move, ..] ? Stopwatch.GetElapsedTime(lost, move.At) : null;
        Tell("failover", after.Lost == 0 && From(after, Eks) == 0 && run.Lost <= 20 && moved is not null,
            Text($"{Eks} taken down, clients move to the gateway of {Gke}, which first answers {moved?.TotalMilliseconds:0} ms after the loss: {run.Lost} of {run.Sent} requests lost; afterwards {Table(after)}"));
    }

    private async Task Recovery()
    {
        long start = Stopwatch.GetTimestamp();
        _sandbox.Heal(null);
        TrafficRun? last = null;
        bool isBack = await Until(async () =>
        {
            last = Traffic("failover.demo.example", Eks, Gke);
            await last.Count(100);
            return last.Lost == 0 && From(last, Eks) > 0 && From(last, Gke) > 0;
        });
        bool isReady = await Until(() => _apis[0].AllHave("/apis/apps/v1/namespaces/demo/deployments", "Available"));
        Tell("recovery", isBack && isReady, Text($"both clusters answer again {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s after the repair: {(last is null ? "" : Table(last))}"));
    }

    private TrafficRun Traffic(string host, params string[] clusters) =>
        new(_sender, [.. clusters.Select(name => (Func<IPEndPoint?>)(() => GatewayOf(name)))], host, "/", []);

    private IPEndPoint? GatewayOf(string cluster, int port = 80) =>
        _sandbox.Of(cluster).Plane.AddressOf(Front) is { } address && address.Ports.TryGetValue(port, out int open) ? new IPEndPoint(address.Address, open) : null;

    private static bool Only(TrafficRun run, string deployment) => run.Lost == 0 && run.Who.Keys.All(who => who.EndsWith(" " + deployment, StringComparison.Ordinal));

    private static int From(TrafficRun run, string cluster) => run.Who.Where(who => who.Key.StartsWith(cluster + " ", StringComparison.Ordinal)).Sum(who => who.Value);

    private static string Table(TrafficRun run) => string.Join(", ", run.Who.Select(who => $"{who.Key} {who.Value}"));

    private static string Shown(Reply reply) => reply.Body is null ? $"status {reply.Status}" : $"{reply.Body.At("deployment").Text()} in {reply.Cluster}";

    private static async Task<bool> Until(Func<Task<bool>> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                return false;
            }
            await Task.Delay(25);
        }
        return true;
    }

    private void Tell(string step, bool holds, string what, IReadOnlyList<string>? problems = null)
    {
        _failed += holds ? 0 : 1;
        _output.WriteLine($"{(holds ? "ok    " : "FAILED")} {step}: {what}");
        foreach (string problem in problems ?? [])
        {
            _output.WriteLine("    " + problem);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
