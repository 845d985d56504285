using System.Text;
using GatewayLsp.Engine.Diagnostics;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>However a workspace with kustomizations came to be what it is, it says the same as one that was just opened.</summary>
public sealed class EditedBuildTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: cart, namespace: shop}\nspec:\n  parentRefs: [{name: front}]\n  hostnames: [cart.example.com]\n  rules:\n  - backendRefs: [{name: cart, port: 80}]\n";
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front, namespace: shop}\nspec:\n  gatewayClassName: any\n  listeners:\n  - {name: http, port: 80, protocol: HTTP, hostname: '*.example.com'}\n";
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";

    /// <summary>What each file may hold; the first is what it holds at the beginning, empty means that it is not there.</summary>
    private static readonly (string Path, string[] Texts)[] Files =
    [
        ("/w/base/kustomization.yaml", ["resources: [route.yaml, gateway.yaml, service.yaml]\n", "resources: [route.yaml, gateway.yaml]\n", "resources: [route.yaml, gateway.yaml, service.yaml, loose.yaml]\n", "resources: [route.yaml", ""]),
        ("/w/base/route.yaml", [Route, Route.Replace("port: 80", "port: 81"), Route.Replace("cart.example", "cart.example.org #"), Route.Replace("[{name: front}]", "[{name: fro"), ""]),
        ("/w/base/gateway.yaml", [Gateway, Gateway.Replace("front", "back"), Gateway.Replace("*.example.com", "*.example.org"), ""]),
        ("/w/base/service.yaml", [Service, Service.Replace("80", "81"), Service + "---\n" + Service.Replace("name: cart", "name: other"), ""]),
        ("/w/base/loose.yaml", ["", Service.Replace("name: cart", "name: loose")]),
        ("/w/east/kustomization.yaml", [
            "resources: [../base]\npatches: [{path: patch.yaml}]\n", "resources: [../base]\nnamePrefix: e-\n", "resources: [../base, 'https://example.com/more']\nnamePrefix: e-\n",
            "resources: [../base]\nnamespace: east\n", "# gateway-lsp: cluster=east\nresources: [../base]\nnamePrefix: e-\n", "resources: [../base]\ncomponents: [../part]\n", "resources: [../base]\nnope: 1\npatches: [{path: gone.yaml}]\n", ""]),
        ("/w/east/patch.yaml", [Service.Replace("80", "8080"), Route.Replace("port: 80", "port: 8080"), "kind: [", ""]),
        ("/w/west/kustomization.yaml", ["", "resources: [../base]\n", "resources: [../base]\ncommonLabels: {at: west}\n", "# gateway-lsp: cluster=west\nresources: [../base]\nnameSuffix: -w\n"]),
        ("/w/part/kustomization.yaml", ["apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: HTTPRoute}\n  patch: |\n    - {op: replace, path: /spec/hostnames, value: [a.example.net]}\n", ""]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Edits_come_to_what_a_fresh_start_comes_to(int seed)
    {
        var random = new Random(seed);
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        var host = new AnalysisHost();
        foreach ((string path, string[] texts) in Files)
        {
            Put(host, now, path, texts[0]);
        }
        for (int step = 0; step < 120; step++)
        {
            (string path, string[] texts) = Files[random.Next(Files.Length)];
            Put(host, now, path, texts[random.Next(texts.Length)]);
            if (random.Next(3) == 0)
            {
                continue;
            }
            var fresh = new AnalysisHost();
            foreach ((string file, string text) in now.OrderBy(_ => random.Next()).ToArray())
            {
                fresh.Apply(new WorkspaceChange.OnDisk(file, text));
            }
            Assert.True(Said(fresh) == Said(host), $"seed {seed}, step {step}, {path}:\n{Said(fresh)}\nbut after edits\n{Said(host)}");
        }
    }

    private static void Put(AnalysisHost host, Dictionary<string, string> now, string path, string text)
    {
        now.Remove(path);
        if (text.Length > 0)
        {
            now[path] = text;
        }
        host.Apply(new WorkspaceChange.OnDisk(path, text.Length > 0 ? text : null));
    }

    private static string Said(AnalysisHost host)
    {
        Workspace workspace = host.Current;
        var analysis = new Analysis(workspace);
        var said = new StringBuilder();
        foreach (string path in workspace.Files.Keys.Order(StringComparer.Ordinal))
        {
            foreach (FileDiagnostic one in analysis.Diagnose(path))
            {
                said.AppendLine($"{path} {one.Range.Start}-{one.Range.End} {one.Diagnostic.Code} {one.Diagnostic.Message} {string.Join(" ", one.Diagnostic.Related.Select(static related => related.Path + related.Span))}");
            }
        }
        foreach (string note in workspace.KustomizationNotes.Concat(workspace.DuplicateNotes))
        {
            said.AppendLine(note);
        }
        foreach (string condition in analysis.Conditions().SelectMany(static one => (one.Parents ?? []).SelectMany(parent => parent.Conditions.Select(condition => $"{one.Cluster} {one.View.Object.Name} {condition.Type} {condition.Status} {condition.Reason}"))))
        {
            said.AppendLine(condition);
        }
        return said.ToString();
    }
}
