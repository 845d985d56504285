using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Kustomize;

/// <summary>What others make or change on the way to a cluster is unknown: neither a finding nor a negative condition.</summary>
public sealed class UnsettledTests
{
    private const string App = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop}
        spec:
          parentRefs: [{name: web, namespace: infra, sectionName: placeholder}]
          rules:
          - backendRefs: [{name: shop, port: 8080}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {ports: [{port: 80}]}

        """;

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: web, namespace: infra}
        spec:
          gatewayClassName: any
          listeners: [{name: https, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: shop}}}}}]

        """;

    private const string Patches = """
        [{target: {kind: Service, name: shop}, patch: '[{"op": "replace", "path": "/spec/ports/0/port", "value": 8080}]'}, {target: {kind: HTTPRoute}, patch: '[{"op": "replace", "path": "/spec/parentRefs/0/sectionName", "value": "https"}]'}]
        """;

    private const string Shop = "#file: /w/apps/shop/all.yaml\n" + App + "#file: /w/infra/gw.yaml\n" + Gateway;
    private const string Built = "#file: /w/apps/shop/kustomization.yaml\nresources: [all.yaml]\n";
    private const string Flux = "#file: /w/clusters/prod/shop.yaml\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: shop, namespace: flux-system}\nspec:\n  path: ";
    private const string Argo = "#file: /w/argo/shop.yaml\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop, namespace: argocd}\nspec:\n";

    [Theory]
    [InlineData("")]
    [InlineData("namePrefix: ''\ncommonAnnotations: {a: b}\n")]
    public void Without_a_tool_the_files_are_judged(string more)
    {
        Assert.Contains("port-not-found", Findings(Shop + Built + more), StringComparer.Ordinal);
        Assert.Contains("no-matching-parent", Findings(Shop + Built + more), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("./apps/shop\n  targetNamespace: shop\n  patches: " + Patches)]
    [InlineData("./apps/shop/\n  targetNamespace: shop\n  patches: " + Patches)]
    [InlineData("apps/shop\n  components: [../../components/tls]\n")]
    [InlineData("./\n  patches: " + Patches)]
    [InlineData("${folder}\n  patches: " + Patches)]
    public void What_Flux_changes_of_a_folder_is_not_judged(string spec)
    {
        Assert.Empty(Findings(Shop + Built + Flux + spec));
        Assert.Empty(Findings(Shop + Flux + spec));
        // Built by a kustomization of its own before Flux takes it.
        Assert.Empty(Findings(Shop + Built + "commonAnnotations: {a: b}\n" + Flux + spec));
        Assert.DoesNotContain("False", Conditions(Shop + Built + "commonAnnotations: {a: b}\n" + Flux + spec), StringComparison.Ordinal);
    }

    [Fact]
    public void Flux_changes_nothing_of_other_folders() =>
        Assert.Contains("port-not-found", Findings(Shop + Built + Flux + "./apps/sho\n  patches: " + Patches), StringComparer.Ordinal);

    [Theory]
    [InlineData("  source: {repoURL: 'https://g/x', path: apps/shop, kustomize: {namespace: shop, patches: " + Patches + "}}\n")]
    [InlineData("  sources:\n  - {repoURL: 'https://g/y', chart: x}\n  - {repoURL: 'https://g/x', path: apps/shop, kustomize: {patches: " + Patches + "}}\n")]
    [InlineData("  source: {repoURL: 'https://g/x', path: apps/shop, plugin: {name: tanka}}\n")]
    public void What_Argo_CD_changes_of_a_folder_is_not_judged(string spec)
    {
        Assert.Empty(Findings(Shop + Built + Argo + spec));
        Assert.Empty(Findings(Shop + Built + Argo.Replace("kind: Application", "kind: ApplicationSet", StringComparison.Ordinal) + "  template:\n    spec:\n    " + spec.Replace("\n", "\n    ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("istio", "mesh-in-istio", true)]
    [InlineData("nginx", "mesh-in-nginx", true)]
    [InlineData("istio-waypoint", "mesh-in", true)]
    [InlineData("kgateway", "mesh-in", true)]
    [InlineData("cilium", "cilium-gateway-mesh-in", true)]
    [InlineData("eg", "envoy-default-mesh-in-1a2b3c4d", true)]
    [InlineData("istio", "mesh-in", false)]
    [InlineData("istio", "mesh-in-nginx", false)]
    [InlineData("istio", "other-istio", false)]
    public void A_Service_that_the_controller_makes_for_a_Gateway_is_not_missing(string className, string service, bool isMade)
    {
        string text = $$"""
            #file: /w/a.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: mesh-in}
            spec: {gatewayClassName: {{className}}, listeners: [{name: http, port: 80, protocol: HTTP}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: to-mesh}
            spec: {rules: [{backendRefs: [{name: {{service}}, port: 80}]}], parentRefs: [{name: mesh-in}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: unrelated}
            spec: {ports: [{port: 80}]}
            """;
        Assert.Equal(!isMade, Findings(text).Contains("backend-not-found"));
        Assert.Equal(!isMade, Conditions(text).Contains("BackendNotFound", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("transformers: [ns.yaml]\n", "the kustomization /w/apps/shop is not built: `transformers` is not followed; its files are taken as they are written")]
    [InlineData("helmCharts: [{name: x}]\n", null)]
    public void What_transformers_and_charts_do_nobody_knows(string more, string? note)
    {
        string text = "#file: /w/apps/shop/kustomization.yaml\nresources: [all.yaml]\n" + more + "#file: /w/apps/shop/all.yaml\n" + App.Replace("{name: shop, port: 8080}", "{name: cart, namespace: team, port: 80}", StringComparison.Ordinal)
            + "#file: /w/infra/gw.yaml\n" + Gateway;
        Workspace workspace = Of(text);
        Assert.Equal(note is null ? [] : [note], workspace.KustomizationNotes.ToArray());
        Assert.Equal(note is null, Conditions(text).Contains("RefNotPermitted", StringComparison.Ordinal));
        string own = text.Replace(", namespace: team", "", StringComparison.Ordinal);
        Assert.DoesNotContain("BackendNotFound", Conditions(own), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_of_a_file_are_there_and_unknown()
    {
        string text = "#file: /w/apps/shop/kustomization.yaml\nresources: [all.yaml]\nconfigMapGenerator: [{name: env, envs: [params.env]}]\nreplacements:\n"
            + "- source: {kind: ConfigMap, name: env, fieldPath: data.port}\n  targets: [{select: {kind: HTTPRoute}, fieldPaths: [spec.rules.0.backendRefs.0.port, spec.parentRefs.0.sectionName]}]\n" + Shop;
        Assert.Empty(Of(text).KustomizationNotes);
        Assert.DoesNotContain("NotFound", Conditions(text), StringComparison.Ordinal);
        Assert.Empty(Findings(text));
    }

    private static Workspace Of(string text) => WorkspaceFixture.Parse(text).Workspace;

    /// <summary>Of all files, warnings and errors.</summary>
    private static string[] Findings(string text)
    {
        Workspace workspace = Of(text);
        return [.. workspace.Files.Keys.Order(StringComparer.Ordinal).SelectMany(path => new Analysis(workspace).Diagnose(path))
            .Where(static one => one.Diagnostic.Severity <= Engine.Diagnostics.DiagnosticSeverity.Warning).Select(static one => one.Diagnostic.Code).Distinct(StringComparer.Ordinal)];
    }

    private static string Conditions(string text) => string.Join('\n',
        new Analysis(WorkspaceFixture.Parse(text, WorkspaceSettings.Default with { IsComplete = true }).Workspace).Conditions()
            .SelectMany(static one => one.Parents ?? []).SelectMany(static parent => parent.Conditions).Select(static condition => $"{condition.Status} {condition.Reason}"));
}
