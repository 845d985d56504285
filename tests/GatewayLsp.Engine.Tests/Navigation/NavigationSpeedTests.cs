using System.Diagnostics;
using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Text;
using Xunit.Abstractions;

namespace GatewayLsp.Engine.Tests.Navigation;

/// <summary>
/// Answers in a workspace of 2,000 files with 5,000 documents, each time after an edit. A Gateway that every route names is
/// the worst that can be asked for. Bounds are wide: machines are shared.
/// </summary>
public sealed class NavigationSpeedTests
{
    private const int Files = 2_000;
    private const int Rounds = 40;

    private readonly AnalysisHost _host = new();
    private readonly ITestOutputHelper _output;

    public NavigationSpeedTests(ITestOutputHelper output)
    {
        _output = output;
        _host.Apply(new WorkspaceChange.Opened("gateway", "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: main\n  namespace: infra\nspec:\n  gatewayClassName: c\n  listeners:\n  - name: http\n    port: 80\n    protocol: HTTP\n    allowedRoutes: {namespaces: {from: All}}\n", 1));
        for (int i = 1; i < Files; i++)
        {
            string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{i}\n  namespace: ns-{i % 50}\nspec:\n  parentRefs:\n  - name: main\n    namespace: infra\n  rules:\n  - backendRefs:\n    - name: service-{i}\n      port: 8080\n    - name: service-{i}\n      port: 8080\n      weight: 3\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{i}\n  namespace: ns-{i % 50}\nspec:\n  selector: {{app: a{i}}}\n  ports:\n  - port: 8080\n";
            if (i % 2 == 0)
            {
                text += $"---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d-{i}\n  namespace: ns-{i % 50}\nspec:\n  template:\n    metadata:\n      labels: {{app: a{i}}}\n";
            }
            _host.Apply(i == 1 ? new WorkspaceChange.Opened($"file-{i}", text, 1) : new WorkspaceChange.OnDisk($"file-{i}", text));
        }
        _ = _host.Current.References;
    }

    [Theory]
    [InlineData("rename the Gateway of all routes", 20)]
    [InlineData("rename a Service", 20)]
    [InlineData("rename a namespace", 20)]
    [InlineData("references to the Gateway", 20)]
    [InlineData("references to a Service", 20)]
    [InlineData("definition of a parent", 5)]
    [InlineData("highlights of a Service", 5)]
    [InlineData("calls from the Gateway", 20)]
    [InlineData("lens of the listener of all routes", 60)]
    [InlineData("lens of a route", 5)]
    [InlineData("hints of a route", 5)]
    [InlineData("implementation of a Service", 5)]
    public void Answers(string what, double milliseconds)
    {
        var times = new List<double>();
        int found = 0;
        for (int i = 0; i < Rounds; i++)
        {
            // Typing in a route, as one does.
            _host.Apply(new WorkspaceChange.Edited("file-1", [new TextChange(new LineRange(new LinePosition(12, 12), new LinePosition(12, 16)), $"80{i:00}")], i + 2));
            var analysis = new Analysis(_host.Current);
            long start = Stopwatch.GetTimestamp();
            found = Ask(analysis, what);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        double p95 = times[(int)(times.Count * 0.95) - 1];
        _output.WriteLine($"{what}: {found} found, median {times[times.Count / 2]:f2} ms, p95 {p95:f2} ms, slowest {times[^1]:f1} ms");
        Assert.NotEqual(0, found);
        Assert.InRange(times[times.Count / 2], 0, milliseconds * 4);
    }

    private static int Ask(Analysis analysis, string what)
    {
        var gateway = new LinePosition(3, 9);
        var service = new LinePosition(11, 15);
        return what switch
        {
            "rename the Gateway of all routes" => analysis.Rename("gateway", gateway, "other").Edits.Length,
            "rename a Service" => analysis.Rename("file-1", service, "other").Edits.Length,
            "rename a namespace" => analysis.Rename("file-1", new LinePosition(4, 15), "other").Edits.Length,
            "references to the Gateway" => analysis.References("gateway", gateway, withDefinition: true).Length,
            "references to a Service" => analysis.References("file-1", service, withDefinition: true).Length,
            "definition of a parent" => analysis.Definition("file-1", new LinePosition(7, 11))!.Targets.Length,
            "highlights of a Service" => analysis.Highlights("file-1", service).Length,
            "calls from the Gateway" => analysis.OutgoingCalls(new("gateway.networking.k8s.io", "Gateway", "infra", "main")).Length,
            "lens of the listener of all routes" => analysis.ResolveLens(LensKind.Listener, new("gateway.networking.k8s.io", "Gateway", "infra", "main"), "http")!.Places.Length,
            "lens of a route" => analysis.ResolveLens(LensKind.Route, new("gateway.networking.k8s.io", "HTTPRoute", "ns-1", "route-1"), null)!.Places.Length,
            "hints of a route" => analysis.InlayHints("file-1", new LineRange(default, new LinePosition(50, 0)), new InlayHintOptions(true, true, true)).Length,
            _ => analysis.Implementation("file-2", service)!.Targets.Length,
        };
    }
}
