using GatewayLsp.Engine.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class DefinitionTests
{
    [Theory]
    [InlineData("shop.yaml", "- name: public", 1, "infra.yaml:11 public")]
    [InlineData("shop.yaml", "sectionName: https", 1, "infra.yaml:19 https")]
    [InlineData("shop.yaml", "- name: cart", 1, "shop.yaml:37 cart")]
    [InlineData("shop.yaml", "port: 8080", 1, "shop.yaml:44 8080")]
    [InlineData("shop.yaml", "name: \"cart-next\"", 1, "")]
    [InlineData("shop.yaml", "backendRef:\n          name: cart", 1, "shop.yaml:37 cart")]
    [InlineData("shop.yaml", "namespace: infra", 1, "")]
    [InlineData("shop.yaml", "namespace: shop", 1, "shop.yaml:4 shop")]
    [InlineData("shop.yaml", "sectionName: web", 1, "shop.yaml:43 web")]
    [InlineData("shop.yaml", "name: ca\n", 1, "shop.yaml:68 ca")]
    [InlineData("shop.yaml", "app: cart", 1, "run.yaml:4 cart-v1")]
    [InlineData("shop.yaml", "targetPort: http", 1, "run.yaml:14 http")]
    [InlineData("infra.yaml", "gatewayClassName: istio", 1, "infra.yaml:4 istio")]
    [InlineData("infra.yaml", "- name: cert", 1, "infra.yaml:35 cert")]
    [InlineData("infra.yaml", "metadata.name: shop", 1, "shop.yaml:4 shop")]
    [InlineData("grant.yaml", "name: pay", 1, "pay.yaml:4 pay")]
    [InlineData("grant.yaml", "namespace: shop", 1, "shop.yaml:4 shop")]
    [InlineData("run.yaml", "name: cart\n", 1, "shop.yaml:37 cart")]
    [InlineData("run.yaml", "name: web", 1, "shop.yaml:43 web")]
    [InlineData("run.yaml", "service-name: cart", 1, "shop.yaml:37 cart")]
    [InlineData("shop.yaml", "kind: HTTPRoute", 1, "")]
    [InlineData("shop.yaml", "weight: 9", 1, "")]
    public void Of_the_shop(string file, string text, int nth, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        Assert.Equal(expected, Show(fixture, fixture.Analysis.Definition(fixture.Path, fixture.Cursor)));
    }

    [Theory]
    [InlineData("a: &x {b: 1}\nc: *$0x\n", "manifest.yaml:1 x")]
    [InlineData("a: &$0x {b: 1}\nc: *x\n", "manifest.yaml:1 x")]
    [InlineData("a: &x 1\nb: &x 2\nc: *x$0\n", "manifest.yaml:2 x")]
    [InlineData("c: *no$0ne\n", "")]
    [InlineData("- &$0x 1\n- *x\n", "manifest.yaml:1 x")]
    [InlineData("a: &$0{{ .x }} 1\nb: *{{ .x }}\n", "")]
    [InlineData("&$0{{\n {", "")]
    [InlineData("$0", "")]
    [InlineData("# not$0e\na: 1\n", "")]
    public void Of_anchors(string text, string expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        Assert.Equal(expected, Show(fixture, fixture.Analysis.Definition(fixture.Path, fixture.Cursor)));
    }

    private const string Route = "kind: HTTPRoute\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {name: r}\nspec:\n  parentRefs:\n";

    [Theory]
    [InlineData("  - {name: l, kind: Listener$0Set}\n", "")]
    [InlineData("  - {name: $0l, kind: ListenerSet}\n", "b:3 l")]
    [InlineData("  - {name: l, kind: ListenerSet, sectionName: 'o$0ne'}\n", "b:7 one")]
    [InlineData("  - {name: l, kind: ListenerSet, port: 8$01}\n", "b:8 81")]
    [InlineData("  - {name: l, kind: ListenerSet, sectionName: g$0one}\n", "b:3 l")]
    [InlineData("  - {name: '{{ $0l }}', kind: ListenerSet}\n", "")]
    [InlineData("  - {name: '{{ x }}', kind: ListenerSet, sectionName: on$0e}\n", "")]
    public void Of_a_route(string parents, string expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse($"#file: a\n{Route}{parents}#file: b\nkind: ListenerSet\napiVersion: gateway.networking.k8s.io/v1\nmetadata: {{name: l}}\nspec:\n  parentRef: {{name: g}}\n  listeners:\n  - name: one\n    port: 81\n");
        Assert.Equal(expected, Show(fixture, fixture.Analysis.Definition(fixture.Path, fixture.Cursor)));
    }

    [Fact]
    public void Objects_that_are_there_twice_are_all_shown_those_of_the_file_first()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("#file: b\nkind: Service\napiVersion: v1\nmetadata: {name: $0s}\n#file: a\nkind: Service\napiVersion: v1\nmetadata: {name: s}\n#file: c\nkind: Service\napiVersion: v1\nmetadata: {name: s, namespace: o}\n");
        Assert.Equal("b:3 s|a:3 s", Show(fixture, fixture.Analysis.Definition(fixture.Path, fixture.Cursor)));
    }

    [Fact]
    public void A_kind_leads_to_its_definition_and_so_does_the_type_of_a_name()
    {
        const string Definition = "#file: crd\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\nspec:\n  group: example.com\n  names: {kind: Thing, plural: things, singular: thing, listKind: ThingList}\n  scope: Namespaced\n  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]\n#file: a\n";
        WorkspaceFixture kind = WorkspaceFixture.Parse(Definition + "apiVersion: example.com/v1\nkind: Th$0ing\nmetadata: {name: t}\n");
        Assert.Equal("crd:4 things.example.com", Show(kind, kind.Analysis.Definition(kind.Path, kind.Cursor)));
        WorkspaceFixture version = WorkspaceFixture.Parse(Definition + "apiVersion: example.c$0om/v1\nkind: Thing\nmetadata: {name: t}\n");
        Assert.Equal("crd:4 things.example.com", Show(version, version.Analysis.Definition(version.Path, version.Cursor)));
        WorkspaceFixture name = WorkspaceFixture.Parse(Definition + "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: $0t}\n");
        Assert.Equal("crd:4 things.example.com", Show(name, name.Analysis.TypeDefinition(name.Path, name.Cursor)));
    }

    [Theory]
    [InlineData("shop.yaml", "- name: cart", 1, "run.yaml:4 cart-v1")]
    [InlineData("shop.yaml", "port: 8080", 1, "run.yaml:4 cart-v1")]
    [InlineData("shop.yaml", "name: cart\n", 4, "run.yaml:4 cart-v1")]
    [InlineData("pay.yaml", "name: pay", 1, "")]
    public void Implementation_is_what_a_Service_selects(string file, string text, int nth, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        Assert.Equal(expected, Show(fixture, fixture.Analysis.Implementation(fixture.Path, fixture.Cursor)));
    }

    [Fact]
    public void Origin_is_the_name_without_its_quotes()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("kind: Service\napiVersion: v1\nmetadata: {name: \"c$0art\"}\n");
        DefinitionItem item = fixture.Analysis.Definition(fixture.Path, fixture.Cursor)!;
        Assert.Equal("cart", NavigationCheck.Text(fixture.Workspace, fixture.Path, item.Origin));
        Assert.StartsWith("kind", NavigationCheck.Text(fixture.Workspace, fixture.Path, item.Targets[0].Range), StringComparison.Ordinal);
    }

    private static string Show(WorkspaceFixture fixture, DefinitionItem? item) => NavigationCheck.Show(fixture.Workspace, item?.Targets ?? []);
}
