using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox;
using GatewayLsp.Sandbox.Demo;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// The sandbox's data plane beside a proxy that is nothing but YARP, both in front of the same pod: requests a second and the
/// 99th percentile of a closed loop of clients on loopback. In one process with the clients, so only the ratio says something.
/// Run with <c>dataplane</c>.
/// </summary>
internal static class DataPlaneLoad
{
    private const int Clients = 16;
    private const int Rounds = 5;
    private const string Host = "load.example";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    private const string Manifest = """
        {"items": [
          {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "load"}},
          {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "load"},
           "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
             "spec": {"containers": [{"name": "web", "image": "web", "ports": [{"containerPort": 8080}]}]}}}},
          {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "load"},
           "spec": {"selector": {"app": "web"}, "ports": [{"port": 8080}]}},
          {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "front", "namespace": "load"},
           "spec": {"gatewayClassName": "sandbox", "listeners": [{"name": "http", "protocol": "HTTP", "port": 8080}]}},
          {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "web", "namespace": "load"},
           "spec": {"parentRefs": [{"name": "front"}], "hostnames": ["load.example"], "rules": [{"backendRefs": [{"name": "web", "port": 8080}]}]}}
        ]}
        """;

    public static async Task Run(TextWriter output)
    {
        long start = Stopwatch.GetTimestamp();
        await using Sandbox.Sandbox sandbox = await Sandbox.Sandbox.Start(Channel.Standard, _ => 0);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"both clusters started in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, working set {Environment.WorkingSet / 1e6:F0} MB"));
        SandboxCluster cluster = sandbox.Of("sandbox-eks");
        using (var api = new ClusterApi(cluster, sandbox.Authority.Certificate))
        {
            foreach (JsonNode? one in Json.ParseObject(Manifest)!["items"].Items())
            {
                if (await api.Apply((JsonObject)one!.DeepClone()) is { } problem)
                {
                    throw new InvalidOperationException(problem);
                }
            }
        }
        await sandbox.Settle(TimeSpan.FromSeconds(20));
        GatewayAddress gateway = cluster.Plane.AddressOf(new ObjectName("load", "front"))!;
        PodServer pod = cluster.Workloads.Running.First().Server;
        var backend = new IPEndPoint(pod.Address, pod.PortOf(new PodPort(8080, false))!.Value);
        await using WebApplication plain = await PlainProxy(backend);
        var proxy = new Uri(plain.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        (string Name, Uri Url)[] targets =
        [
            ("no proxy", new Uri($"http://{backend}/")), ("plain YARP", proxy), ("sandbox", new Uri($"http://{gateway.Address}:{gateway.Ports[8080]}/")),
        ];
        var rates = targets.ToDictionary(one => one.Name, _ => new List<double>());
        var tails = targets.ToDictionary(one => one.Name, _ => new List<double>());
        // In turns, so that what else the machine does hits all of them; the first round warms up.
        for (int round = 0; round <= Rounds; round++)
        {
            foreach ((string name, Uri url) in targets)
            {
                (double rate, double tail) = await Load(url);
                if (round > 0)
                {
                    rates[name].Add(rate);
                    tails[name].Add(tail);
                }
            }
        }
        foreach ((string name, _) in targets)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-11} {Median(rates[name]),8:F0} requests/s  p99 {Median(tails[name]):F2} ms"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sandbox to plain YARP: throughput {Ratio(rates):F2}, p99 {Ratio(tails):F2} (medians of the ratios of {Rounds} rounds of {Length.TotalSeconds:F0} s, {Clients} clients); working set {Environment.WorkingSet / 1e6:F0} MB"));
    }

    private static double Ratio(Dictionary<string, List<double>> figures) => Median([.. figures["sandbox"].Zip(figures["plain YARP"], (ours, theirs) => ours / theirs)]);

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);

    private static async Task<WebApplication> PlainProxy(IPEndPoint backend)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHttpForwarder();
        WebApplication app = builder.Build();
        app.MapForwarder("/{**path}", $"http://{backend}");
        await app.StartAsync();
        return app;
    }

    private static async Task<(double Rate, double Tail)> Load(Uri url)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
        long start = Stopwatch.GetTimestamp();
        List<double>[] took = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < Length)
            {
                long sent = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                request.Headers.Host = Host;
                using HttpResponseMessage response = await http.SendAsync(request, CancellationToken.None);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
            return mine;
        })));
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double[] all = [.. took.SelectMany(one => one).Order()];
        return (all.Length / elapsed, all[(int)(all.Length * 0.99)]);
    }
}
