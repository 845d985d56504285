using GatewayLsp.Engine.Hover;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Hover;

public class HoverTests
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          namespace: shop
        spec:
        """ + "\n";

    [Theory]
    [InlineData("api$0Version: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n", "**apiVersion** : string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind$0: HTTPRoute\n", "**kind** : string")]
    [InlineData(Route + "  rul$0es: []", "**spec.rules** : list of object")]
    [InlineData(Route + "  rules:\n  - matches:\n    - path:\n        ty$0pe: Exact", "**spec.rules[].matches[].path.type** : string")]
    [InlineData(Route + "  rules:\n  $0- matches: []", "**spec.rules[]** : object")]
    [InlineData(Route + "  rules: [{matches: [{pa$0th: {}}]}]", "**spec.rules[].matches[].path** : object")]
    [InlineData(Route + "  hostnames: [a.exam$0ple.com]", "**spec.hostnames[]** : string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  labels:\n    app$0: x\n", "**metadata.labels[app]** : string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nstatus:\n  cond$0itions: []\n", "**status.conditions** : list of object")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n  foo$0: 1\n", "**spec.foo** : unknown")]
    [InlineData("apiVersion: v1\nkind: List\nitems$0:\n- kind: HTTPRoute\n", "**items** : list of object")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- kind: HTTPRoute\n  apiVersion: gateway.networking.k8s.io/v1\n  sp$0ec: {}\n", "**spec** : object")]
    [InlineData("x: &h\n  path: {}\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nspec:\n  <$0<: *h\n", "**<<** : merge")]
    public void First_line(string fixture, string first) => Assert.Equal(first, HoverAt(fixture)?.Split('\n')[0]);

    [Theory]
    [InlineData("apiVersion: example.com/v1\nki$0nd: Foo\n")]
    [InlineData("apiVersion: example.com/v1\nkind: F$0oo\n")]
    [InlineData("fo$0o: 1\n")]
    [InlineData("# comm$0ent\n")]
    [InlineData("$0\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway   # x$0y\n")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gateway\nsp$0ec: {}\n")]
    public void Nothing(string fixture) => Assert.Null(HoverAt(fixture));

    [Theory]
    [InlineData(Route + "  rules:\n  - matches:\n    - path:\n        type: Ex$0act", "**Exact**")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - name: {{ .x$0 }}", "Filled in by another tool: the value is not known here.")]
    [InlineData(Route + "  rules:\n  - forward$0To: []", "`backendRefs` took the place")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\nspec:\n  ru$0les: []\n", "**spec.rules** : list of object")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gat$0eway\n", "Istio's `Gateway`")]
    [InlineData("apiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTP$0Route\n", "v1alpha1")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1beta2\nkind: HTTP$0Route\n", "use `gateway.networking.k8s.io/v1`")]
    [InlineData("apiVersion: {{ .Values.api }}\nkind: HTTP$0Route\nmetadata:\n  name: x\n", "read as `gateway.networking.k8s.io/v1`")]
    [InlineData("apiVersion: \"{{ .Values.api }}\"\nkind: HTTPRoute\nspec:\n  ru$0les: []\n", "**spec.rules** : list of object")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: Gateway\nspec:\n  listeners:\n  - pro$0tocol: HTTP\n", "**spec.listeners[].protocol** : string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: HTTPRoute\nspec:\n  rules:\n  - matches:\n    - path:\n        ty$0pe: Exact\n", "**spec.rules[].matches[].path.type** : string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1beta2\nkind: HTTPRoute\nspec:\n  rules:\n  - time$0outs: {}\n", "**spec.rules[].timeouts** : object")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: ReferenceGrant\nspec:\n  fr$0om: []\n", "**spec.from** : list of object")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TLSRoute\nspec:\n  host$0names: []\n", "**spec.hostnames** : list of string")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: st$0ore\n", "**HTTPRoute store** : `gateway.networking.k8s.io/v1`")]
    public void Value(string fixture, string part) => Assert.Contains(part, HoverAt(fixture));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(-5, -5)]
    public void Places_that_are_none_tell_nothing(int line, int character)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("a.yaml", Route, 1));
        Assert.NotNull(new Analysis(host.Current).Hover("a.yaml", new Text.LinePosition(0, 0)));
        Assert.Null(new Analysis(host.Current).Hover("a.yaml", new Text.LinePosition(line, character)));
    }

    [Fact]
    public void Head_tells_who_refers_to_it()
    {
        string? text = HoverAt("""
            #file: gateway.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: pub$0lic
              namespace: infra
            spec:
              listeners:
              - name: http
                port: 80
                protocol: HTTP
            #file: file:///ws/my%20route.yaml
            # routes
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: store
              namespace: shop
            spec:
              parentRefs:
              - name: public
                namespace: infra
                sectionName: http
            """);
        Assert.Contains("Listeners:\n- http HTTP:80", text, StringComparison.Ordinal);
        Assert.Contains("Referred to by:\n- HTTPRoute shop/store ([my route.yaml:10](file:///ws/my%20route.yaml#L10))", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_referrers_are_bounded()
    {
        string routes = string.Concat(Enumerable.Range(0, 25).Select(i => $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r{i:00}\nspec:\n  parentRefs:\n  - name: gw\n  - name: gw\n    port: 1\n"));
        string? text = HoverAt("apiVersion: gateway.networking.k8s.io/v1\nkind: Gate$0way\nmetadata:\n  name: gw\n" + routes);
        Assert.Contains("- HTTPRoute r00 (`manifest.yaml:12`)", text, StringComparison.Ordinal);
        Assert.Contains("- HTTPRoute r09 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("r10", text, StringComparison.Ordinal);
        Assert.Contains("- and 15 more", text, StringComparison.Ordinal);
    }

    private const string Backend = """
        #file: svc.yaml
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
        spec:
          ports:
          - name: http
            port: 80
            targetPort: 8080
        #file: route.yaml
        """ + "\n" + Route;

    [Theory]
    [InlineData(Backend + "  rules:\n  - backendRefs:\n    - name: ca$0rt\n", "**Service shop/cart** in `svc.yaml:4`\n\nPorts:\n- http 80 → 8080")]
    [InlineData(Backend + "  rules:\n  - backendRefs:\n    - name: cart\n      port: 8$00\n", "**Service shop/cart** in `svc.yaml:4`\n- http 80 → 8080")]
    [InlineData(Backend + "  rules:\n  - backendRefs:\n    - name: cart\n      port: 8$01\n", "It has no port 81. Ports:\n- http 80 → 8080")]
    [InlineData(Backend + "  rules:\n  - backendRefs:\n    - name: oth$0er\n", "**Service shop/other** is not in this workspace; it may be in the cluster.")]
    [InlineData(Backend + "  rules:\n  - filters:\n    - requestMirror:\n        backendRef:\n          name: ca$0rt\n", "**Service shop/cart** in")]
    [InlineData(Backend + "  parentRefs:\n  - name: gw$0\n", "**Gateway shop/gw** is not in this workspace")]
    public void Reference(string fixture, string part) => Assert.Contains(part, HoverAt(fixture), StringComparison.Ordinal);

    [Theory]
    [InlineData("data:\n  password: aHVu$0dGVyMg==\n", "7 bytes, not shown.")]
    [InlineData("data:\n  password: h$0unter2!\n", "Not Base64, not shown.")]
    [InlineData("stringData:\n  password: hun$0ter2\n", "7 bytes, not shown.")]
    [InlineData("stringData:\n  password: |\n    hun$0ter2\n", "8 bytes, not shown.")]
    public void Secrets_stay_secret(string body, string shown)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n" + body);
        string? text = fixture.Analysis.Hover(fixture.Path, fixture.Cursor)?.Markdown;
        Assert.StartsWith(shown, text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
        Assert.DoesNotContain("aHVu", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fields_of_the_experimental_channel_say_so()
    {
        const string fixture = Route + "  rules:\n  - retr$0y: {}\n";
        Assert.Contains("experimental channel", HoverAt(fixture), StringComparison.Ordinal);
        Assert.StartsWith("**spec.rules[].retry** : object", HoverAt(fixture), StringComparison.Ordinal);
    }

    private static string? HoverAt(string fixture)
    {
        WorkspaceFixture parsed = WorkspaceFixture.Parse(fixture);
        HoverText? hover = parsed.Analysis.Hover(parsed.Path, parsed.Cursor);
        Assert.True(hover is null || hover.Range.Contains(parsed.Cursor));
        return hover?.Markdown;
    }
}
