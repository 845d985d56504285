using GatewayLsp.Engine.InlayHints;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.InlayHints;

public class InlayHintTests
{
    private static readonly LineRange Everything = new(default, new LinePosition(int.MaxValue, 0));

    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\nspec:\n";

    private const string Gateway = """
        #file: gateway.yaml
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: g, namespace: shop}
        spec:
          gatewayClassName: c
          listeners:
          - {name: wild, port: 80, protocol: HTTP, hostname: '*.example.com'}
          - {name: one, port: 81, protocol: HTTP, hostname: api.Example.com}
          - {name: any, port: 82, protocol: HTTP}
          - {name: templated, port: 83, protocol: HTTP, hostname: '{{ .host }}'}
        #file: route.yaml

        """;

    /// <summary>The text with each hint in angle brackets where an editor shows it.</summary>
    [Theory]
    [InlineData("  rules:\n  - backendRefs:\n    - {name: a, weight: 9}\n    - name: b\n", "  rules:\n  - backendRefs:\n    - {name: a, weight: 9<90 %>}\n    - name: b<10 %>\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a}, {name: b}, {name: c}]\n", "  rules:\n  - backendRefs: [{name: a<33.3 %>}, {name: b<33.3 %>}, {name: c<33.3 %>}]\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a, weight: 1}, {name: b, weight: 99999}]\n", "  rules:\n  - backendRefs: [{name: a, weight: 1<<0.1 %>}, {name: b, weight: 99999<100 %>}]\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a, weight: 0}, {name: b, weight: 0}]\n", "  rules:\n  - backendRefs: [{name: a, weight: 0<0 %>}, {name: b, weight: 0<0 %>}]\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a, weight: 1}]\n", "  rules:\n  - backendRefs: [{name: a, weight: 1}]\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a, weight: '{{ .w }}'}, {name: b}]\n", "  rules:\n  - backendRefs: [{name: a, weight: '{{ .w }}'}, {name: b}]\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: '{{ .x }}', weight: 1}, {name: b}]\n", "  rules:\n  - backendRefs: [{name: '{{ .x }}', weight: 1<50 %>}, {name: b<50 %>}]\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: a\n    {{- if .canary }}\n    - name: b\n    {{- end }}\n", "  rules:\n  - backendRefs:\n    - name: a\n    {{- if .canary }}\n    - name: b\n    {{- end }}\n")]
    [InlineData("  rules:\n  - backendRefs: [{name: a, weight: heavy}, {name: b}]\n", "  rules:\n  - backendRefs: [{name: a, weight: heavy}, {name: b}]\n")]
    [InlineData("  rules:\n  - backendRefs: [&a {name: a}, *a, {name: }]\n", "  rules:\n  - backendRefs: [&a {name: a<33.3 %>}, *a, {name: }]\n")]
    [InlineData("  rules:\n  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: m}, fraction: {numerator: 1, denominator: 8}}}]\n", "  rules:\n  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: m}, fraction: {numerator: 1<12.5 %>, denominator: 8}}}]\n")]
    [InlineData("  rules: 7\n", "  rules: 7\n")]
    public void Shares(string rules, string expected) =>
        Assert.Equal(expected, Show(WorkspaceFixture.Parse(Route + rules), new InlayHintOptions(Shares: true, Hostnames: true, Defaults: false))[Route.Length..]);

    [Theory]
    [InlineData("{name: g, sectionName: wild}", "hostnames: [a.example.com, example.com, '*.Example.com', '*.com']", "hostnames: [a.example.com, example.com<→ no listener>, '*.Example.com', '*.com'<→ *.example.com>]")]
    [InlineData("{name: g, sectionName: one}", "hostnames: ['*.example.com', api.example.com]", "hostnames: ['*.example.com'<→ api.example.com>, api.example.com]")]
    [InlineData("{name: g, sectionName: any}", "hostnames: [a.example.com]", "hostnames: [a.example.com]")]
    [InlineData("{name: g}", "hostnames: ['*.com', x.org]", "hostnames: ['*.com', x.org]")]
    [InlineData("{name: g, sectionName: templated}", "hostnames: ['*.com']", "hostnames: ['*.com']")]
    [InlineData("{name: g, sectionName: wild}, {name: elsewhere, namespace: other}", "hostnames: ['*.com']", "hostnames: ['*.com']")]
    [InlineData("{name: g, sectionName: wild}", "hostnames: ['{{ .host }}', '*.com']", "hostnames: ['{{ .host }}', '*.com'<→ *.example.com>]")]
    [InlineData("{name: g, sectionName: wild}", "hostnames: [org.org]", "hostnames: [org.org]")]
    public void Hostnames(string parents, string hostnames, string expected) =>
        Assert.Equal($"  parentRefs: [{parents}]\n  {expected}\n", OfRoute($"  parentRefs: [{parents}]\n  {hostnames}\n"));

    [Theory]
    [InlineData("{name: g, sectionName: wild}", "{name: g<→ *.example.com>, sectionName: wild}")]
    [InlineData("{name: g, sectionName: one}, {name: g, sectionName: wild}", "{name: g<→ api.example.com>, sectionName: one}, {name: g<→ *.example.com>, sectionName: wild}")]
    [InlineData("{name: g}", "{name: g}")]
    [InlineData("{name: g, sectionName: templated}", "{name: g, sectionName: templated}")]
    [InlineData("{name: none}", "{name: none}")]
    public void Hostnames_that_a_route_takes_over(string parents, string expected) =>
        Assert.Equal($"  parentRefs: [{expected}]\n", OfRoute($"  parentRefs: [{parents}]\n"));

    [Theory]
    [InlineData("  rules: []\n  parentRefs:\n  - name: g\n", "  rules: []\n  parentRefs:\n  - name: g<kind: Gateway, group: gateway.networking.k8s.io>\n")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        value: /a\n", "  rules:\n  - matches:\n    - path:\n        value: /a<type: PathPrefix>\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      weight: 5\n", "  rules:\n  - backendRefs:<matches: [{path: {type: PathPrefix, value: /}}]>\n    - name: a<kind: Service, group: \"\">\n      port: 80\n      weight: 5\n")]
    [InlineData("  rules: []\n  parentRefs:\n  - name: {{ .g }}\n", "  rules: []\n  parentRefs:\n  - name: {{ .g }}\n")]
    public void Defaults_on_demand(string spec, string expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Route + spec);
        Assert.Equal(expected, Show(fixture, new InlayHintOptions(false, false, Defaults: true))[Route.Length..]);
        Assert.Equal(spec, Show(fixture, new InlayHintOptions(true, true, Defaults: false))[Route.Length..]);
    }

    [Fact]
    public void Only_the_lines_asked_for()
    {
        string one = Route + "  rules:\n  - backendRefs:\n    - name: a\n    - name: b\n---\n";
        WorkspaceFixture fixture = WorkspaceFixture.Parse(string.Concat(Enumerable.Repeat(one, 5)));
        var all = new InlayHintOptions(true, true, true);
        Assert.Equal([15, 16], fixture.Analysis.InlayHints(fixture.Path, new LineRange(new LinePosition(13, 0), new LinePosition(20, 0)), new InlayHintOptions(true, true, false)).Select(hint => hint.Position.Line));
        Assert.Equal([7], fixture.Analysis.InlayHints(fixture.Path, new LineRange(new LinePosition(7, 0), new LinePosition(7, 99)), all).Select(hint => hint.Position.Line).Distinct());
        Assert.Empty(fixture.Analysis.InlayHints("nowhere", Everything, all));
    }

    private static string OfRoute(string spec) =>
        Show(WorkspaceFixture.Parse(Gateway + Route + spec + "$0"), new InlayHintOptions(Shares: true, Hostnames: true, Defaults: false))[Route.Length..];

    private static string Show(WorkspaceFixture fixture, InlayHintOptions options)
    {
        string text = fixture.Workspace.File(fixture.Path)!.Manifest.GetText();
        return TextEditing.Apply(text, fixture.Analysis.InlayHints(fixture.Path, Everything, options)
            .Select(hint => new TextEdit(LineRange.At(hint.Position), $"<{hint.Label}>")));
    }
}
