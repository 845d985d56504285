using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Benchmarks;

/// <summary>Requests through a Gateway with many routes: each with a host of its own, or all on one.</summary>
[MemoryDiagnoser]
public class TraceBenchmarks
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: rNUMBER}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [HOST]
          rules:
          - matches: [{path: {value: /pNUMBER}, headers: [{name: canary, value: "1"}]}, {path: {value: /pNUMBER}}]
            backendRefs: [{name: shop, port: 80}]
        ---

        """;

    private readonly AnalysisHost _host = new();
    private TraceRequest[] _requests = [];
    private int _next;

    [Params(1000, 10000)]
    public int Routes { get; set; }

    [Params(true, false)]
    public bool OwnHosts { get; set; }

    [GlobalSetup]
    public void Load()
    {
        const int PerFile = 5;
        _host.Apply(new WorkspaceChange.OnDisk("gateway.yaml",
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: shop}, spec: {ports: [{port: 80}]}}
            """));
        for (int i = 0; i < Routes; i += PerFile)
        {
            var text = new StringBuilder();
            for (int j = i; j < i + PerFile; j++)
            {
                text.Append(Route
                    .Replace("HOST", OwnHosts ? "hNUMBER.example.com" : "example.com", StringComparison.Ordinal)
                    .Replace("NUMBER", j.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
            }
            _host.Apply(new WorkspaceChange.OnDisk($"routes-{i}.yaml", text.ToString()));
        }
        _requests = [.. Enumerable.Range(0, 100).Select(i => i * (Routes / 100)).Select(i => new TraceRequest
        {
            Gateway = new ObjectName("default", "edge"),
            Host = OwnHosts ? $"h{i}.example.com" : "example.com",
            Path = $"/p{i}/x",
        })];
        _ = Trace();
    }

    [Benchmark]
    public RequestTrace Trace() => new Analysis(_host.Current).Trace(_requests[_next++ % _requests.Length]);

    /// <summary>A route edited, then the first trace of the new snapshot.</summary>
    [Benchmark]
    public RequestTrace EditAndTrace()
    {
        string weight = (_next++ % 100).ToString(CultureInfo.InvariantCulture);
        _host.Apply(new WorkspaceChange.OnDisk("edited.yaml",
            "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: edited}, spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: shop, port: 80, weight: "
            + weight + "}]}]}}"));
        return Trace();
    }
}
