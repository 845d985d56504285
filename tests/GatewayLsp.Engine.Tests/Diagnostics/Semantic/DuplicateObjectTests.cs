using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>Objects that are defined twice, and kustomizations that make others of them.</summary>
public sealed class DuplicateObjectTests
{
    private const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\n";

    [Theory]
    [InlineData(Map + "---\n" + Map, "duplicate-object")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n", "duplicate-object")]
    [InlineData(Map + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: other\n")]
    [InlineData(Map + "---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: settings\n  namespace: shop\n")]
    [InlineData(Map + "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: {{ .Values.namespace }}\n")]
    [InlineData(Map + "---\napiVersion: example.com/v1\nkind: Any\nmetadata: {name: a}\n---\napiVersion: example.com/v1\nkind: Any\nmetadata: {name: a}\n")]
    public void SecondDefinitionInAFileIsTold(string text, params string[] expected) =>
        Assert.Equal(expected, DiagnosticCheck.Find(text).Select(f => f.Diagnostic.Code));

    [Fact]
    public void TheFirstOneIsRelated()
    {
        Diagnostic finding = DiagnosticCheck.Single(Map + "---\n" + Map);
        Assert.Equal("The first definition is here.", Assert.Single(finding.Related).Message);
    }

    [Theory]
    [InlineData("a/kustomization.yaml", "resources: [x.yaml, y.yaml]", 1)]
    [InlineData("a/kustomization.yaml", "resources: [x.yaml]\npatches: [{path: y.yaml}]", 0)]
    [InlineData("a/other.yaml", "resources: [x.yaml, y.yaml]", 0)]
    public void FilesOfOneKustomizationAreApplied(string path, string kustomization, int expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse($"#file: {path}\n{kustomization}\n#file: a/x.yaml\n{Map}#file: a/y.yaml\n{Map}");
        Assert.Equal(expected, fixture.Analysis.Diagnose("a/y.yaml").Length);
        Assert.Empty(fixture.Analysis.Diagnose("a/x.yaml"));
    }

    [Theory]
    [InlineData("overlays/dev/x.yaml", "overlays/prod/x.yaml")]
    [InlineData("a/x.yaml", "a/y.yaml")]
    public void OtherFilesMayBeForOtherClusters(string first, string second)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse($"#file: {first}\n{Map}#file: {second}\n{Map}");
        Assert.Empty(fixture.Analysis.Diagnose(first));
        Assert.Empty(fixture.Analysis.Diagnose(second));
    }

    /// <summary>A Gateway in one folder, a route in another: which namespaces and names they get, a kustomization says.</summary>
    [Theory]
    [InlineData("namespace: infra", "", "namespace: infra", "edge", 0)]
    [InlineData("namePrefix: prod-\nnamespace: infra", "", "namespace: infra", "prod-edge", 0)]
    [InlineData("nameSuffix: -v2", "namespace: infra", "namespace: infra", "edge-v2", 0)]
    [InlineData("commonLabels: {a: b}", "namespace: infra", "namespace: infra", "edge-v2", 1)]
    public void KustomizedObjectsAreNotMissed(string kustomization, string gatewayNamespace, string parentNamespace, string parent, int expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse($$$"""
            #file: base/kustomization.yaml
            {{{kustomization}}}
            resources:
            - gateway.yaml
            #file: base/gateway.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, {{{gatewayNamespace}}} }
            spec: {gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All} } }]}
            #file: other/gateway.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: other, namespace: infra}
            spec: {gatewayClassName: istio, listeners: [{name: web, port: 80, protocol: HTTP}]}
            #file: apps/route.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: store, namespace: shop}
            spec: {parentRefs: [{name: {{{parent}}}, {{{parentNamespace}}} }]}
            """);
        Assert.Equal(Enumerable.Repeat("no-matching-parent", expected), fixture.Analysis.Diagnose("apps/route.yaml").Select(f => f.Diagnostic.Code));
    }
}
