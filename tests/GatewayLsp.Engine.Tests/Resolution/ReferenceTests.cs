using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Resolution;

public class ReferenceTests
{
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: x, namespace: n}\n";

    [Theory]
    [InlineData("kind: HTTPRoute\nspec:\n  parentRefs: [{name: g}, {name: s, kind: Service, group: '', port: 80}, {name: l, kind: ListenerSet, namespace: m, sectionName: a}]\n",
        "Parent Gateway/n/g|Parent Service/n/s:80|Parent ListenerSet/m/l#a")]
    [InlineData("kind: HTTPRoute\nspec:\n  rules:\n  - backendRefs:\n    - {name: a, port: 1}\n    - {name: i, kind: ServiceImport, group: multicluster.x-k8s.io}\n    filters:\n    - requestMirror: {backendRef: {name: m}}\n    - extensionRef: {group: e.io, kind: E, name: e, namespace: ignored}\n",
        "Backend Service/n/a:1|Backend ServiceImport/n/i|Mirror Service/n/m|Extension E/n/e")]
    [InlineData("kind: HTTPRoute\nspec:\n  rules:\n  - backendRefs:\n    - name: a\n      filters:\n      - requestMirror: {backendRef: {name: m, namespace: o}}\n      - externalAuth: {backendRef: {name: z}}\n",
        "Backend Service/n/a|Mirror Service/o/m|Authorization Service/n/z")]
    [InlineData("kind: GRPCRoute\nspec: {rules: [{backendRefs: [{name: a}]}]}\n", "Backend Service/n/a")]
    [InlineData("kind: Gateway\nspec:\n  gatewayClassName: c\n  listeners:\n  - tls: {certificateRefs: [{name: s}, {name: t, namespace: o}]}\n  tls: {frontend: {default: {validation: {caCertificateRefs: [{kind: ConfigMap, group: '', name: ca}]}}}, backend: {clientCertificateRef: {name: cc}}}\n",
        "Class GatewayClass/c|Certificate Secret/n/s|Certificate Secret/o/t|CaCertificate ConfigMap/n/ca|ClientCertificate Secret/n/cc")]
    [InlineData("kind: ListenerSet\nspec:\n  parentRef: {name: g}\n  listeners: [{tls: {certificateRefs: [{name: s}]}}]\n", "Parent Gateway/n/g|Certificate Secret/n/s")]
    [InlineData("kind: ReferenceGrant\nspec:\n  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}]\n  to: [{group: '', kind: Service}, {group: '', kind: Secret, name: s}]\n",
        "Grant Service/n/|Grant Secret/n/s")]
    [InlineData("kind: BackendTLSPolicy\nspec:\n  targetRefs: [{group: '', kind: Service, name: s, sectionName: p}]\n  validation: {caCertificateRefs: [{group: '', kind: ConfigMap, name: c}]}\n",
        "PolicyTarget Service/n/s#p|CaCertificate ConfigMap/n/c")]
    [InlineData("kind: HTTPRoute\nspec:\n  parentRefs: [{}, {name: }, {name: '{{ .x }}'}, {name: a, namespace: '${NS}'}, x, {name: [1]}, {name: b, group: 1}]\n  rules: 7\n", "Parent Gateway/n/b")]
    [InlineData("kind: HTTPRoute\nspec:\n  parentRefs: &p [&a {name: g}, *a]\n  rules: *p\n", "Parent Gateway/n/g|Parent Gateway/n/g")]
    [InlineData("kind: Foo\nspec: {parentRefs: [{name: g}]}\n", "")]
    public void Of_gateway_api(string body, string expected) => Assert.Equal(expected, Dump(Gateway + body));

    [Theory]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nspec:\n  ingressClassName: nginx\n  defaultBackend: {service: {name: d, port: {name: http}}}\n  rules: [{http: {paths: [{backend: {service: {name: s, port: {number: 80}}}}, {backend: {resource: {apiGroup: x.io, kind: B, name: r}}}]}}]\n  tls: [{secretName: t}]\n",
        "Class IngressClass/nginx|Backend Service/default/d:http|Backend Service/default/s:80|Backend B/default/r|Certificate Secret/default/t")]
    [InlineData("apiVersion: net.gke.io/v1\nkind: ServiceExport\nmetadata: {name: s}\n", "Export Service/default/s")]
    [InlineData("apiVersion: networking.gke.io/v1\nkind: HealthCheckPolicy\nspec: {targetRef: {group: '', kind: Service, name: s}}\n", "PolicyTarget Service/default/s")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gateway\nspec: {gatewayClassName: c}\n", "")]
    public void Of_others(string text, string expected) => Assert.Equal(expected, Dump(text));

    [Fact]
    public void A_bomb_of_aliases_is_bounded()
    {
        string items(string of) => string.Join(", ", Enumerable.Repeat(of, 1000));
        string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\na: &f {{requestMirror: {{backendRef: {{name: x}}}}}}\nb: &b {{filters: [{items("*f")}]}}\nc: &r {{backendRefs: [{items("*b")}]}}\nspec:\n  rules: [{items("*r")}]\n";
        Assert.True(ReferenceFinder.Of(new ManifestDocument(text)).Length < 200_001);
    }

    [Fact]
    public void Index_follows_edits()
    {
        var host = new AnalysisHost();
        var gateway = new ObjectKey("gateway.networking.k8s.io", "Gateway", "n", "g");
        host.Apply(new WorkspaceChange.OnDisk("a", Gateway + "kind: HTTPRoute\nspec: {parentRefs: [{name: g}]}\n---\n" + Gateway + "kind: TCPRoute\nspec: {parentRefs: [{name: g}]}\n"));
        Assert.Equal(2, host.Current.References.To(gateway).Length);
        host.Apply(new WorkspaceChange.Opened("a", host.Current.File("a")!.Manifest.GetText(), 1));
        host.Apply(new WorkspaceChange.Edited("a", [new TextChange(new LineRange(new LinePosition(3, 27), new LinePosition(3, 28)), "other")], 2));
        Assert.Equal("TCPRoute", Assert.Single(host.Current.References.To(gateway)).Reference.From.Kind);
        Assert.Single(host.Current.References.To(gateway with { Name = "other" }));
        host.Apply(new WorkspaceChange.Closed("a", null));
        Assert.Empty(host.Current.References.To(gateway));
    }

    private static string Dump(string text)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        return string.Join("|", ReferenceFinder.Of(fixture.Workspace.File(fixture.Path)!.Manifest.Documents[0].Document).Select(r =>
            $"{r.Role} {r.Target(fixture.Workspace.Catalog)}{(r.Port is { } port ? ":" + port : r.PortName is { } name ? ":" + name : "")}{(r.SectionName is { } section ? "#" + section : "")}"));
    }
}
