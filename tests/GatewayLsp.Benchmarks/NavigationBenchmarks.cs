using BenchmarkDotNet.Attributes;
using GatewayLsp.Engine;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Benchmarks;

/// <summary>
/// Navigation in a workspace of 2,000 files with 5,000 documents, each time after a letter was typed in a route. A Gateway that
/// every route names is the worst that can be asked for.
/// </summary>
[MemoryDiagnoser]
public class NavigationBenchmarks
{
    private const int Files = 2_000;
    private const string Gateway = "file:///gateway.yaml";
    private const string Route = "file:///route-1.yaml";

    private static readonly ObjectKey GatewayKey = new("gateway.networking.k8s.io", "Gateway", "infra", "main");
    private static readonly LinePosition GatewayName = new(3, 9);
    private static readonly LinePosition ServiceName = new(11, 15);
    private static readonly LinePosition Namespace = new(4, 15);

    private readonly AnalysisHost _host = new();
    private int _keystroke;

    [GlobalSetup]
    public void Open()
    {
        _host.Apply(new WorkspaceChange.OnDisk(Gateway, "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: main\n  namespace: infra\nspec:\n  gatewayClassName: c\n  listeners:\n  - name: http\n    port: 80\n    protocol: HTTP\n    allowedRoutes: {namespaces: {from: All}}\n"));
        for (int i = 1; i < Files; i++)
        {
            string text = Text(i);
            _host.Apply(i == 1 ? new WorkspaceChange.Opened(Route, text, 1) : new WorkspaceChange.OnDisk($"file:///route-{i}.yaml", text));
        }
        _ = _host.Current.References;
    }

    [Benchmark]
    public int RenameGatewayOfAllRoutes() => Type().Rename(Gateway, GatewayName, "other").Edits.Length;

    [Benchmark]
    public int RenameService() => Type().Rename(Route, ServiceName, "other").Edits.Length;

    [Benchmark]
    public int RenameNamespace() => Type().Rename(Route, Namespace, "other").Edits.Length;

    [Benchmark]
    public int ReferencesToGateway() => Type().References(Gateway, GatewayName, withDefinition: true).Length;

    [Benchmark]
    public int ReferencesToService() => Type().References(Route, ServiceName, withDefinition: true).Length;

    [Benchmark]
    public int Definition() => Type().Definition(Route, new LinePosition(7, 11))!.Targets.Length;

    [Benchmark]
    public int Highlights() => Type().Highlights(Route, ServiceName).Length;

    [Benchmark]
    public int CallsFromGateway() => Type().OutgoingCalls(GatewayKey).Length;

    [Benchmark]
    public int LensOfListener() => Type().ResolveLens(LensKind.Listener, GatewayKey, "http")!.Places.Length;

    [Benchmark]
    public int Hints() => Type().InlayHints(Route, new LineRange(default, new LinePosition(50, 0)), new InlayHintOptions(true, true, true)).Length;

    private static string Text(int i)
    {
        string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{i}\n  namespace: ns-{i % 50}\nspec:\n  parentRefs:\n  - name: main\n    namespace: infra\n  rules:\n  - backendRefs:\n    - name: service-{i}\n      port: 8080\n    - name: service-{i}\n      port: 8080\n      weight: 3\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{i}\n  namespace: ns-{i % 50}\nspec:\n  selector: {{app: a{i}}}\n  ports:\n  - port: 8080\n";
        return i % 2 == 1 ? text
            : text + $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d-{i}\n  namespace: ns-{i % 50}\nspec:\n  template:\n    metadata:\n      labels: {{app: a{i}}}\n";
    }

    /// <summary>Another number for a port.</summary>
    private Analysis Type()
    {
        var port = new LineRange(new LinePosition(12, 12), new LinePosition(12, 16));
        _keystroke++;
        return new Analysis(_host.Apply(new WorkspaceChange.Edited(Route, [new TextChange(port, $"{8000 + (_keystroke % 1000)}")], _keystroke + 1)));
    }
}
