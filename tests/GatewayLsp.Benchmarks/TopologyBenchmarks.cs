using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Engine.Topology.Export;

namespace GatewayLsp.Benchmarks;

/// <summary>A topology of some 2,000 nodes: made, after one edit made anew and compared, drawn.</summary>
[MemoryDiagnoser]
public class TopologyBenchmarks
{
    private const int Teams = 20;
    private const int RoutesOfTeam = 25;
    private const int LeastNodes = 2000;

    private readonly AnalysisHost _host = new();
    private TopologyGraph _graph = TopologyGraph.Empty;
    private int _step;

    [GlobalSetup]
    public void Load()
    {
        _host.Apply(new WorkspaceChange.OnDisk("gateway.yaml",
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: infra}
            spec:
              gatewayClassName: any
              listeners: [{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]
            """));
        for (int team = 0; team < Teams; team++)
        {
            for (int route = 0; route < RoutesOfTeam; route += 5)
            {
                Write(team, route, weight: 9);
            }
        }
        _graph = Build();
        if (_graph.Nodes.Length < LeastNodes)
        {
            throw new InvalidOperationException($"only {_graph.Nodes.Length} nodes");
        }
    }

    /// <summary>Of a snapshot whose meaning is known.</summary>
    [Benchmark]
    public TopologyGraph Build() => new Analysis(_host.Current).Topology();

    /// <summary>A weight edited: the new graph, and the patches to it.</summary>
    [Benchmark]
    public int EditAndDiff()
    {
        Write(7, 10, 1 + (_step++ % 2));
        TopologyGraph next = Build();
        int patches = TopologyDiffer.Diff(_graph, next).Length;
        _graph = next;
        return patches;
    }

    [Benchmark]
    public int Diff() => TopologyDiffer.Diff(_graph, _graph.Where(node => node.Kind != TopologyNodeKind.Workload)).Length;

    [Benchmark]
    public int Svg() => SvgExporter.Write(_graph).Length;

    private void Write(int team, int first, int weight)
    {
        var text = new StringBuilder();
        for (int route = first; route < first + 5; route++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $$"""
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: r{{route}}, namespace: team-{{team}} }
                spec:
                  parentRefs: [{name: edge, namespace: infra}]
                  hostnames: [r{{route}}.team-{{team}}.example.com]
                  rules: [{backendRefs: [{name: s{{route}}, port: 80, weight: {{weight}} }, {name: s{{route * 7 % RoutesOfTeam}}, port: 80}]}]
                ---
                {apiVersion: v1, kind: Service, metadata: {name: s{{route}}, namespace: team-{{team}} }, spec: {selector: {app: s{{route}} }, ports: [{port: 80}]} }
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d{{route}}, namespace: team-{{team}} }
                spec:
                  selector: {matchLabels: {app: s{{route}} } }
                  template: {metadata: {labels: {app: s{{route}} } }, spec: {containers: [{name: c, image: "x:1"}]} }
                ---

                """);
        }
        _host.Apply(new WorkspaceChange.OnDisk(string.Create(CultureInfo.InvariantCulture, $"team-{team}-{first}.yaml"), text.ToString()));
    }
}
