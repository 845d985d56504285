using GatewayLsp.Engine.Diagnostics;

namespace GatewayLsp.Engine.Tests.Workspaces;

/// <summary>What a kustomization changes of its bases is not judged in them; all else is, and stays so.</summary>
public sealed class OverlayTests
{
    private const string Head = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
    private const string RouteHead = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\n";
    private const string GatewayHead = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\n";

    /// <summary>Two findings: an impossible hostname, and a port that is none.</summary>
    private const string Route = RouteHead + "spec:\n  hostnames:\n  - SHOP_HOST\n  rules:\n  - backendRefs:\n    - name: shop\n      port: 0\n";

    private const string Base = "/app/base/kustomization.yaml\n" + Head + "resources:\n- route.yaml\n%/app/base/route.yaml\n" + Route;

    private const string Overlay = "%/app/overlays/prod/kustomization.yaml\n" + Head + "resources:\n- ../../base\n";

    private const string HostPatch = "- op: replace\n  path: /spec/hostnames/0\n  value: shop.example.com\n";

    private const string Shop = "%/app/base/shop.yaml\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports:\n  - port: 80\n";

    [Theory]
    [InlineData("", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    // Patches of every sort, of which one is for another object.
    [InlineData("patches:\n- path: host.yaml\n  target:\n    kind: HTTPRoute\n    name: shop\n%/app/overlays/prod/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("patches:\n- path: host.yaml\n  target:\n    kind: HTTPRoute\n    name: blog\n%/app/overlays/prod/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("patches:\n- path: host.yaml\n  target:\n    kind: Gateway\n%/app/overlays/prod/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("patches:\n- path: host.json\n  target:\n    kind: HTTPRoute\n", "")]
    [InlineData("patches:\n- target:\n    group: gateway.networking.k8s.io\n    kind: HTTPRoute\n    name: sh.*\n  patch: |-\n    - op: replace\n      path: /spec/hostnames\n      value: [a.example.com]\n", "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("patches:\n- target: {kind: HTTPRoute}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec/rules/0/backendRefs/0/port\", \"value\": 80}]'\n", "invalid-value spec.hostnames[0]")]
    [InlineData("patches:\n- target: {kind: HTTPRoute}\n  patch: '[{\"op\": \"replace\", \"path\": \"/spec/rules/1/backendRefs/0/port\", \"value\": 80}]'\n", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("patches:\n- target: {kind: HTTPRoute}\n  patch: '[{\"op\": \"add\", \"path\": \"/spec/rules/0\", \"value\": {}}]'\n", "invalid-value spec.hostnames[0]|out-of-range spec.rules[1].backendRefs[0].port")]
    [InlineData("patches:\n- target: {kind: HTTPRoute}\n  patch: '[{\"op\": \"test\", \"path\": \"/spec/rules\", \"value\": {}}]'\n", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("patches:\n- path: merge.yaml\n%/app/overlays/prod/merge.yaml\n" + RouteHead + "spec:\n  hostnames: [shop.example.com]\n", "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("patchesStrategicMerge:\n- merge.yaml\n%/app/overlays/prod/merge.yaml\n" + RouteHead + "spec:\n  hostnames: [shop.example.com]\n", "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("patchesStrategicMerge:\n- |-\n  apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n  metadata:\n    name: shop\n  spec:\n    rules: []\n", "invalid-value spec.hostnames[0]")]
    [InlineData("patchesStrategicMerge:\n- |-\n  apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n  metadata:\n    name: shop\n  $patch: delete\n", "")]
    [InlineData("patchesStrategicMerge:\n- |-\n  apiVersion: gateway.networking.k8s.io/v1\n  kind: HTTPRoute\n  metadata:\n    name: shop\n    labels: {a: b}\n", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("patchesJson6902:\n- target:\n    group: gateway.networking.k8s.io\n    version: v1\n    kind: HTTPRoute\n    name: shop\n  path: host.yaml\n%/app/overlays/prod/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port")]
    // Replacements.
    [InlineData("replacements:\n- source: {kind: ConfigMap, name: env, fieldPath: data.host}\n  targets:\n  - select: {kind: HTTPRoute}\n    fieldPaths: [spec.hostnames.0]\n", "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("replacements:\n- path: replace.yaml\n%/app/overlays/prod/replace.yaml\nsource: {kind: ConfigMap, name: env, fieldPath: data.port}\ntargets:\n- select: {kind: HTTPRoute, name: shop}\n  fieldPaths:\n  - spec.rules.*.backendRefs.[name=shop].port\n", "invalid-value spec.hostnames[0]")]
    // Components, and an overlay of an overlay.
    [InlineData("components:\n- ../../components/hosts\n%/app/components/hosts/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: HTTPRoute}\n  path: host.yaml\n%/app/components/hosts/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port")]
    [InlineData("%/app/components/hosts/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n- target: {kind: HTTPRoute}\n  path: host.yaml\n%/app/components/hosts/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("%/app/overlays/eu/kustomization.yml\n" + Head + "bases:\n- ../prod\nnamePrefix: eu-\npatches:\n- target: {kind: HTTPRoute, name: shop}\n  path: host.yaml\n%/app/overlays/eu/host.yaml\n" + HostPatch, "out-of-range spec.rules[0].backendRefs[0].port")]
    // The name with the prefix is none yet when patches are applied.
    [InlineData("%/app/overlays/eu/kustomization.yml\n" + Head + "bases:\n- ../prod\nnamePrefix: eu-\npatches:\n- target: {kind: HTTPRoute, name: eu-shop}\n  path: host.yaml\n%/app/overlays/eu/host.yaml\n" + HostPatch, "invalid-value spec.hostnames[0]|out-of-range spec.rules[0].backendRefs[0].port")]
    // What labels add mends nothing; a transformer may do anything.
    [InlineData("commonLabels: {app: shop}\nnamespace: shop\nimages:\n- name: shop\n  newTag: v2\n", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    [InlineData("transformers:\n- any.yaml\n", "")]
    // Another app's overlay, and Flux's object of that name.
    [InlineData("%/other/kustomization.yaml\n" + Head + "resources: [.]\npatches:\n- target: {kind: HTTPRoute}\n  patch: |-\n    - {op: remove, path: /spec/hostnames}\n", "out-of-range spec.rules[0].backendRefs[0].port|invalid-value spec.hostnames[0]")]
    public void What_is_patched_is_not_judged_in_the_base(string overlay, string expected) =>
        Assert.Equal(Sorted(expected), Find(Base + Overlay + overlay, "/app/base/route.yaml"));

    [Theory]
    // Required in the end, given by the overlay.
    [InlineData("", "missing-required spec.gatewayClassName")]
    [InlineData("patches:\n- path: class.yaml\n%/o/class.yaml\n" + GatewayHead + "spec:\n  gatewayClassName: gke-l7-global-external-managed\n", "")]
    [InlineData("patches:\n- target: {kind: Gateway}\n  patch: |-\n    - {op: add, path: /spec/gatewayClassName, value: istio}\n", "")]
    [InlineData("patches:\n- target: {kind: Gateway}\n  patch: |-\n    - {op: add, path: /metadata/annotations/a.b~1c, value: istio}\n", "missing-required spec.gatewayClassName")]
    public void What_an_overlay_gives_is_not_missing(string overlay, string expected) =>
        Assert.Equal(Sorted(expected), Find("/b/gateway.yaml\n" + GatewayHead + "spec:\n  listeners:\n  - {name: web, port: 80, protocol: HTTP}\n%/o/kustomization.yaml\n" + Head + "resources: [../b/gateway.yaml]\n" + overlay, "/b/gateway.yaml"));

    /// <summary>What others say counts only when it stays as it is.</summary>
    [Theory]
    [InlineData("", "no-matching-listener-hostname spec.hostnames")]
    [InlineData("patches:\n- target: {kind: Gateway}\n  patch: |-\n    - {op: replace, path: /spec/listeners/0/hostname, value: a.example.com}\n", "")]
    [InlineData("patches:\n- target: {kind: HTTPRoute}\n  patch: |-\n    - {op: replace, path: /spec/parentRefs/0/sectionName, value: other}\n", "")]
    [InlineData("patches:\n- target: {kind: Gateway}\n  patch: |-\n    - {op: add, path: /metadata/annotations/x, value: a.example.com}\n", "no-matching-listener-hostname spec.hostnames")]
    public void A_parent_that_is_patched_is_not_known(string overlay, string expected) =>
        Assert.Equal(Sorted(expected), Find(
            "/b/all.yaml\n" + GatewayHead + "spec:\n  gatewayClassName: istio\n  listeners:\n  - {name: web, port: 80, protocol: HTTP, hostname: b.example.com}\n---\n" + RouteHead
            + "spec:\n  parentRefs:\n  - name: front\n  hostnames: [a.example.com]\n%/o/kustomization.yaml\n" + Head + "resources: [../b/all.yaml]\n" + overlay, "/b/all.yaml"));

    [Theory]
    [InlineData("patches:\n- target: {kind: Service, name: shop}\n  patch: |-\n    - {op: replace, path: /spec/ports/0/port, value: 8080}\n", "")]
    [InlineData("patches:\n- target: {kind: Service, name: cart}\n  patch: |-\n    - {op: replace, path: /spec/ports/0/port, value: 8080}\n", "port-not-found spec.rules[0].backendRefs[0].port")]
    public void A_port_that_is_patched_is_not_known(string overlay, string expected) =>
        Assert.Equal(Sorted(expected), Find(
            "/app/base/route.yaml\n" + RouteHead + "spec:\n  rules:\n  - backendRefs:\n    - {name: shop, port: 8080}\n%/app/base/kustomization.yaml\n" + Head + "resources: [route.yaml, shop.yaml]\n" + Shop + Overlay + overlay, "/app/base/route.yaml"));

    /// <summary>Objects that come with a kustomization and stand in no file.</summary>
    [Theory]
    [InlineData("", "backend-not-found spec.rules[0].backendRefs[0].name")]
    [InlineData("- github.com/example/shop//deploy?ref=v1\n", "")]
    [InlineData("- https://example.com/shop.yaml\n", "")]
    [InlineData("helmCharts:\n- name: shop\n", "")]
    public void What_a_kustomization_fetches_is_not_missing(string more, string expected) =>
        Assert.Equal(Sorted(expected), Find(
            "/app/base/kustomization.yaml\n" + Head + "resources:\n- shop.yaml\n- route.yaml\n" + more + Shop + "%/app/base/route.yaml\n" + RouteHead + "spec:\n  rules:\n  - backendRefs:\n    - {name: shopping, port: 80}\n", "/app/base/route.yaml"));

    [Theory]
    [InlineData("- name: front-tls\n", "")]
    [InlineData("- name: other\n", "invalid-certificate-ref spec.listeners[0].tls.certificateRefs[0].name")]
    public void A_generated_Secret_is_not_missing(string generator, string expected) =>
        Assert.Equal(Sorted(expected), Find(
            "/a/kustomization.yaml\n" + Head + "resources: [all.yaml]\nsecretGenerator:\n" + generator + "%/a/all.yaml\n" + GatewayHead
            + "spec:\n  gatewayClassName: istio\n  listeners:\n  - {name: web, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: front-tls}]}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: back}\ntype: kubernetes.io/tls\nstringData: {tls.crt: '', tls.key: ''}\n", "/a/all.yaml"));

    /// <summary>Names that a base and its overlays agree upon in the end.</summary>
    [Theory]
    [InlineData("namePrefix: prod-\n")]
    [InlineData("namespace: prod\n")]
    [InlineData("nameSuffix: -v2\nnamespace: prod\n")]
    public void Renamed_and_moved_objects_meet(string transformer) =>
        Assert.Empty(Find(
            "/app/base/kustomization.yaml\n" + Head + "resources: [shop.yaml]\n" + Shop + Overlay + "- route.yaml\n" + transformer
            + "%/app/overlays/prod/route.yaml\n" + RouteHead + "spec:\n  rules:\n  - backendRefs:\n    - {name: " + (transformer.Contains("Prefix", StringComparison.Ordinal) ? "prod-shop" : transformer.Contains("Suffix", StringComparison.Ordinal) ? "shop-v2" : "shop") + ", port: 80}\n", "/app/overlays/prod/route.yaml"));

    /// <summary>A chart beside the kustomization is a matter of its own: templates are unknown, plain values in them are judged.</summary>
    [Fact]
    public void A_chart_beside_an_overlay_is_read_as_ever()
    {
        const string Chart = "%/app/chart/templates/route.yaml\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  hostnames:\n  - {{ .Values.host }}\n  rules:\n  - backendRefs:\n    - name: {{ .Values.service }}\n      port: 0\n";
        Assert.Equal(["out-of-range spec.rules[0].backendRefs[0].port"], Find(Base + Overlay + "patches:\n- target: {kind: HTTPRoute}\n  patch: |-\n    - {op: remove, path: /spec/rules}\n" + Chart, "/app/chart/templates/route.yaml"));
    }

    [Fact]
    public void An_edit_of_the_patch_is_followed()
    {
        AnalysisHost host = Host(Base + Overlay + "patches:\n- path: host.yaml\n  target: {kind: HTTPRoute}\n%/app/overlays/prod/host.yaml\n" + HostPatch);
        Assert.Single(Find(host, "/app/base/route.yaml"));
        host.Apply(new WorkspaceChange.OnDisk("/app/overlays/prod/host.yaml", HostPatch.Replace("shop.example.com", "www.example.com", StringComparison.Ordinal)));
        Assert.Single(Find(host, "/app/base/route.yaml"));
        host.Apply(new WorkspaceChange.OnDisk("/app/overlays/prod/host.yaml", HostPatch.Replace("hostnames/0", "hostnames/1", StringComparison.Ordinal)));
        Assert.Equal(2, Find(host, "/app/base/route.yaml").Length);
        host.Apply(new WorkspaceChange.OnDisk("/app/overlays/prod/kustomization.yaml", null));
        Assert.Equal(2, Find(host, "/app/base/route.yaml").Length);
        host.Apply(new WorkspaceChange.OnDisk("/app/overlays/prod/kustomization.yaml", Head + "resources: [../../base/route.yaml]\npatches:\n- path: gone.yaml\n  target: {kind: HTTPRoute}\n"));
        Assert.Empty(Find(host, "/app/base/route.yaml"));
    }

    [Fact]
    public void Of_thousands_of_patches_only_those_are_looked_at_that_may_count()
    {
        const int Count = 1500;
        string patches = string.Concat(Enumerable.Range(0, Count).Select(i => $"- target: {{kind: HTTPRoute, name: route-{i:0000}}}\n  patch: '[{{\"op\": \"replace\", \"path\": \"/spec/hostnames/0\", \"value\": \"x.example.com\"}}]'\n"));
        string routes = string.Join("---\n", Enumerable.Range(0, Count).Select(i => $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: route-{i:0000}\nspec:\n  hostnames: [SHOP]\n"));
        AnalysisHost host = Host("/app/base/kustomization.yaml\n" + Head + "resources: [route.yaml]\n%/app/base/route.yaml\n" + routes + Overlay + "patches:\n" + patches);
        Assert.Empty(Find(host, "/app/base/route.yaml"));
        Assert.InRange(host.Current.Overlays.Looked, Count, Count * 50);
    }

    [Fact]
    public void Kustomizations_that_list_each_other_end() =>
        Assert.Equal(2, Find(Base + Overlay + "%/app/base/kustomization.yaml\n" + Head + "resources: [route.yaml, ../overlays/prod]\n", "/app/base/route.yaml").Length);

    private static string[] Sorted(string expected) => [.. expected.Split('|', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    private static string[] Find(string files, string path) => Find(Host(files), path);

    private static string[] Find(AnalysisHost host, string path) =>
        [.. new Analysis(host.Current).Diagnose(path).Where(one => one.Diagnostic.Severity < DiagnosticSeverity.Information).Select(one => $"{one.Diagnostic.Code} {one.Diagnostic.Field}").Order(StringComparer.Ordinal)];

    /// <summary>Several files: each begins with <c>%</c>, its path and a line break.</summary>
    private static AnalysisHost Host(string files)
    {
        var host = new AnalysisHost();
        foreach (string file in files.Split("%", StringSplitOptions.RemoveEmptyEntries))
        {
            int line = file.IndexOf('\n', StringComparison.Ordinal);
            host.Apply(new WorkspaceChange.OnDisk(file[..line], file[(line + 1)..]));
        }
        return host;
    }
}
