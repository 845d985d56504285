using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// As much of an API server as a client sees that lists and watches: thousands of routes, of which some change every second.
/// Costs little itself, so that what is measured is the client.
/// </summary>
internal sealed class BusyCluster : IAsyncDisposable
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/httproutes";
    private const string Services = "/api/v1/services";

    private readonly WebApplication _app;
    private readonly int _objects;
    private readonly List<Channel<string>> _watches = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private int _version = 1;
    private int _rate;
    private long _sent;

    private BusyCluster(int objects)
    {
        _objects = objects;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    public string Url => _app.Urls.First();

    /// <summary>Events that went out.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public static async Task<BusyCluster> StartAsync(int objects)
    {
        var cluster = new BusyCluster(objects);
        await cluster._app.StartAsync();
        _ = cluster.ChangeAsync();
        return cluster;
    }

    /// <summary>Changes a second from now on.</summary>
    public void Change(int rate) => Volatile.Write(ref _rate, rate);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path;
        context.Response.ContentType = "application/json";
        if (context.Request.Query.ContainsKey("watch"))
        {
            await WatchAsync(context, path == Routes);
            return;
        }
        string? body = path switch
        {
            "/version" => """{"major":"1","minor":"36","gitVersion":"v1.36.4"}""",
            "/api" => Discovery(("", "v1", [("services", "Service", true), ("namespaces", "Namespace", false)])),
            "/apis" => Discovery(("gateway.networking.k8s.io", "v1", [("httproutes", "HTTPRoute", true), ("gateways", "Gateway", true), ("gatewayclasses", "GatewayClass", false)])),
            Routes => Page(context, "HTTPRouteList", "gateway.networking.k8s.io/v1", i => Route(i, 1)),
            Services => Page(context, "ServiceList", "v1", Service),
            _ when context.Request.Method == "GET" && !path.Contains("/namespaces/", StringComparison.Ordinal) => """{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[]}""",
            _ => null,
        };
        context.Response.StatusCode = body is null ? 404 : 200;
        await context.Response.WriteAsync(body ?? """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","message":"no","code":404}""");
    }

    private static string Discovery((string Group, string Version, (string Plural, string Kind, bool IsNamespaced)[] Kinds) group)
    {
        string resources = string.Join(',', group.Kinds.Select(kind =>
            $$"""{"resource":"{{kind.Plural}}","responseKind":{"group":"{{group.Group}}","version":"{{group.Version}}","kind":"{{kind.Kind}}"},"scope":"{{(kind.IsNamespaced ? "Namespaced" : "Cluster")}}","verbs":["get","list","watch"]}"""));
        return $$"""{"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[{"metadata":{"name":"{{group.Group}}"},"versions":[{"version":"{{group.Version}}","resources":[{{resources}}]}]}]}""";
    }

    private string Page(HttpContext context, string kind, string apiVersion, Func<int, string> one)
    {
        int limit = int.TryParse(context.Request.Query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out int asked) && asked > 0 ? asked : _objects;
        int from = int.TryParse(context.Request.Query["continue"], NumberStyles.None, CultureInfo.InvariantCulture, out int next) ? next : 0;
        int to = Math.Min(_objects, from + limit);
        string rest = to < _objects ? string.Create(CultureInfo.InvariantCulture, $",\"continue\":\"{to}\"") : "";
        return $$"""{"kind":"{{kind}}","apiVersion":"{{apiVersion}}","metadata":{"resourceVersion":"1"{{rest}}},"items":[{{string.Join(',', Enumerable.Range(from, to - from).Select(one))}}]}""";
    }

    private async Task WatchAsync(HttpContext context, bool isRoutes)
    {
        var lines = Channel.CreateUnbounded<string>();
        lock (_gate)
        {
            if (isRoutes)
            {
                _watches.Add(lines);
            }
        }
        await context.Response.Body.FlushAsync();
        try
        {
            await foreach (string line in lines.Reader.ReadAllAsync(context.RequestAborted))
            {
                await context.Response.WriteAsync(line, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                Interlocked.Increment(ref _sent);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client went.
        }
    }

    private async Task ChangeAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        double due = 0;
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            for (due += Volatile.Read(ref _rate) / 20.0; due >= 1; due--)
            {
                int version = ++_version;
                string line = $$"""{"type":"MODIFIED","object":{{Route(version * 7919 % _objects, version)}}}""" + "\n";
                lock (_gate)
                {
                    _watches.ForEach(watch => watch.Writer.TryWrite(line));
                }
            }
        }
    }

    private static string Service(int i) => string.Create(CultureInfo.InvariantCulture,
        $$$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"svc-{{{i}}}","namespace":"team-{{{i % 50}}}","uid":"s{{{i}}}","resourceVersion":"1"},"spec":{"ports":[{"port":80}]}}""");

    private static string Route(int i, int version) => string.Create(CultureInfo.InvariantCulture,
        $$$$"""
        {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"route-{{{{i}}}}","namespace":"team-{{{{i % 50}}}}","uid":"r{{{{i}}}}","generation":1,"resourceVersion":"{{{{version}}}}","labels":{"team":"team-{{{{i % 50}}}}"}},"spec":{"parentRefs":[{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"edge"}],"hostnames":["h{{{{i}}}}.example.com"],"rules":[{"matches":[{"path":{"type":"PathPrefix","value":"/"}}],"backendRefs":[{"group":"","kind":"Service","name":"svc-{{{{i}}}}","port":80,"weight":1}]}]},"status":{"parents":[{"parentRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","name":"edge"},"controllerName":"example.com/c","conditions":[{"type":"Accepted","status":"True","reason":"Accepted","message":"","observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"},{"type":"ResolvedRefs","status":"{{{{(version % 2 == 0 ? "False" : "True")}}}}","reason":"{{{{(version % 2 == 0 ? "BackendNotFound" : "ResolvedRefs")}}}}","message":"","observedGeneration":1,"lastTransitionTime":"2026-01-01T00:00:00Z"}]}]}}
        """);
}
