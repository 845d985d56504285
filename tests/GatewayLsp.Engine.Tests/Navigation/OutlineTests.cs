using System.Collections.Immutable;
using System.Text;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class OutlineTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n  namespace: shop\nspec:\n";

    [Theory]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: gw\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: http\n    protocol: HTTP\n    port: 80\n    hostname: '*.example.com'\n  - name: x\n",
        "Gateway gw (istio)\n  http HTTP:80 *.example.com\n  x\n")]
    [InlineData(Route + "  hostnames: [a.com, b.com]\n  rules:\n  - matches:\n    - path: {value: /cart}\n      method: GET\n      headers:\n      - {name: x-canary, value: \"1\"}\n    backendRefs:\n    - name: cart\n      port: 80\n      weight: 90\n    - name: cart-canary\n      weight: 10\n",
        "HTTPRoute shop/store (a.com, b.com)\n  GET /cart/*, x-canary=1 → cart 90 %, cart-canary 10 %\n    GET /cart/*, x-canary=1\n    cart:80 90 %\n    cart-canary 10 %\n")]
    [InlineData(Route + "  rules:\n  - name: old\n    matches:\n    - path: {type: Exact, value: /a}\n    - path: {type: RegularExpression, value: /b.*}\n    filters:\n    - type: RequestRedirect\n      requestRedirect: {scheme: https, statusCode: 301}\n  - backendRefs: [{name: web}]\n  -\n",
        "HTTPRoute shop/store\n  old: /a | ~/b.* → redirect https:// 301\n    /a\n    ~/b.*\n    RequestRedirect → redirect https:// 301\n  /* → web\n    web\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata:\n  name: g\nspec:\n  rules:\n  - matches:\n    - method: {service: shop.Cart, method: Add}\n    backendRefs:\n    - name: c\n      weight: 0\n    - name: d\n      weight: 1000\n    - name: e\n      weight: 3\n",
        "GRPCRoute g\n  shop.Cart/Add → c 0 %, d 100 %, e <1 %\n    shop.Cart/Add\n    c 0 %\n    d 100 %\n    e <1 %\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: t}\nspec: {rules: [{backendRefs: [{name: db, port: 5432}]}]}\n",
        "TCPRoute t\n  any connection → db\n    db:5432\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: s\nspec:\n  type: ClusterIP\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n  - port: 53\n    protocol: UDP\n",
        "Service s (ClusterIP)\n  http 80 → 8080\n  53 UDP\n")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: nginx:1\n        ports:\n        - containerPort: 80\n",
        "Deployment d\n  app (nginx:1)\n    80\n")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  password: hunter2\n", "Secret s\n  password\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata:\n  name: r\nspec:\n  from:\n  - group: gateway.networking.k8s.io\n    kind: HTTPRoute\n    namespace: shop\n  to:\n  - group: \"\"\n    kind: Service\n",
        "ReferenceGrant r\n  from HTTPRoute in shop\n  to Service\n")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\nspec:\n  rules:\n  - host: a.com\n    http:\n      paths:\n      - path: /\n        pathType: Prefix\n        backend:\n          service:\n            name: web\n            port:\n              number: 80\n",
        "Ingress i\n  a.com\n    /* → web:80\n")]
    [InlineData("apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: f\n", "Foo f\n")]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n- kind: Gateway\n  apiVersion: x/v1\n", "Service a\nGateway\n")]
    [InlineData("services:\n  web: {image: x}\n", "")]
    [InlineData("apiVersion: v2\nname: chart\n", "")]
    [InlineData("# nothing\n", "")]
    [InlineData("kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nspec:\n  rules:\n  - matches:\n    - path:\n        value: /a\n    backendR", "HTTPRoute\n  /a/* → no backend\n    /a/*\n")]
    [InlineData("a: &r [{name: x}]\nkind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nspec:\n  rules: *r\n", "HTTPRoute\n  x: /* → no backend\n")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\nspec:\n  ports:\n  - name: {{ .x }}\n    port: 80\n", "Service\n  … 80\n")]
    public void Tree(string text, string outline)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        ImmutableArray<OutlineItem> items = fixture.Analysis.Outline(fixture.Path);
        Assert.Equal(outline, Dump(items));
        StructureInvariants.Hold(items);
    }

    /// <summary>What has no room is left out by level: all objects rather than all parts of some.</summary>
    [Theory]
    [InlineData(100, 1, true)]
    [InlineData(12_000, 1, false)]
    [InlineData(12_000, 100, false)]
    [InlineData(25_000, 1, false)]
    public void A_huge_file_has_an_outline_that_editors_can_take(int objects, int perDocument, bool hasParts)
    {
        var text = new StringBuilder();
        for (int i = 0; i < objects; i++)
        {
            text.Append(i % perDocument == 0 ? i == 0 ? "" : "---\n" : "").Append(i % perDocument == 0 ? "apiVersion: v1\nkind: List\nitems:\n" : "")
                .Append("- {apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}\n");
        }
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("a.yaml", text.ToString(), 1));
        ImmutableArray<OutlineItem> outline = new Analysis(host.Current).Outline("a.yaml");
        Assert.Equal(Math.Min(objects, 20_000), outline.Length);
        Assert.All(outline, item => Assert.Equal(hasParts, !item.Children.IsEmpty));
        Assert.True(outline[1].Range.Start.Line > outline[0].Range.Start.Line);
    }

    [Fact]
    public void Places_are_those_of_the_file()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("# x\n---\nkind: A\napiVersion: v1\n---\n" + Route + "  rules:\n  - name: r\n");
        OutlineItem route = fixture.Analysis.Outline(fixture.Path)[1];
        Assert.Equal((5, 8, 8), (route.Range.Start.Line, route.Selection.Start.Line, route.Selection.Start.Character));
        Assert.Equal(12, route.Children[0].Range.Start.Line);
    }

    private static string Dump(ImmutableArray<OutlineItem> items)
    {
        var text = new StringBuilder();
        Write(items, "");
        return text.ToString();

        void Write(ImmutableArray<OutlineItem> list, string indent)
        {
            foreach (OutlineItem item in list)
            {
                text.Append(indent).Append(item.Name).Append(item.Detail is null ? "" : $" ({item.Detail})").Append('\n');
                Write(item.Children, indent + "  ");
            }
        }
    }
}
