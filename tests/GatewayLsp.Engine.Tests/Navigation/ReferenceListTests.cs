using GatewayLsp.Engine.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class ReferenceListTests
{
    [Theory]
    [InlineData("shop.yaml", "name: cart\n", 4, true, "shop.yaml:18 cart|shop.yaml:27 cart|shop.yaml:37 cart|shop.yaml:56 cart|run.yaml:32 cart|run.yaml:42 cart")]
    [InlineData("shop.yaml", "- name: cart", 1, false, "shop.yaml:18 cart|shop.yaml:27 cart|shop.yaml:56 cart|run.yaml:32 cart|run.yaml:42 cart")]
    [InlineData("infra.yaml", "- name: https", 1, false, "shop.yaml:15 https")]
    [InlineData("infra.yaml", "- name: https", 1, true, "infra.yaml:19 https|shop.yaml:15 https")]
    [InlineData("infra.yaml", "- name: http", 1, false, "")]
    [InlineData("shop.yaml", "- name: web", 1, true, "shop.yaml:43 web|shop.yaml:57 web|run.yaml:34 web|run.yaml:44 web")]
    [InlineData("shop.yaml", "  port: 8080", 3, true, "shop.yaml:19 8080|shop.yaml:28 8080|shop.yaml:44 8080")]
    [InlineData("shop.yaml", "name: ca\n", 1, true, "shop.yaml:63 ca|shop.yaml:68 ca|run.yaml:17 ca")]
    [InlineData("infra.yaml", "name: istio", 1, false, "infra.yaml:14 istio")]
    [InlineData("infra.yaml", "name: public", 1, false, "shop.yaml:13 public")]
    [InlineData("shop.yaml", "name: shop", 1, true, "shop.yaml:4 shop|shop.yaml:10 shop|shop.yaml:38 shop|shop.yaml:51 shop|shop.yaml:69 shop|grant.yaml:10 shop|infra.yaml:30 shop|run.yaml:5 shop|run.yaml:23 shop|run.yaml:40 shop")]
    [InlineData("shop.yaml", "  kind: Service", 1, false, "shop.yaml:37 cart|pay.yaml:4 pay")]
    [InlineData("shop.yaml", "weight: 9", 1, true, "")]
    public void Of_the_shop(string file, string text, int nth, bool withDefinition, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        Assert.Equal(expected, NavigationCheck.Show(fixture.Workspace, fixture.Analysis.References(fixture.Path, fixture.Cursor, withDefinition)));
    }

    [Theory]
    [InlineData("shop.yaml", "- name: cart", 1, "18 cart|27 cart|37 cart!|56 cart")]
    [InlineData("run.yaml", "name: web", 1, "34 web|44 web")]
    [InlineData("infra.yaml", "name: cert", 1, "24 cert|35 cert!")]
    [InlineData("shop.yaml", "weight: 9", 1, "")]
    public void Highlights_of_the_shop(string file, string text, int nth, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        Assert.Equal(expected, Show(fixture));
    }

    [Theory]
    [InlineData("a: &x {b: 1}\nc: *$0x\nd: [*x, *y]\n", "1 x!|2 x|3 x")]
    [InlineData("a: &$0x 1\nb: *x\nc: &x 2\nd: *x\n", "1 x!|2 x")]
    public void Highlights_of_anchors(string text, string expected) => Assert.Equal(expected, Show(WorkspaceFixture.Parse(text)));

    [Fact]
    public void A_name_that_comes_through_an_alias_is_shown_where_it_is_written()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("apiVersion: v1\nkind: Service\nmetadata: {name: $0s}\n---\napiVersion: gateway.networking.k8s.io/v1\nkind: TCPRoute\nmetadata: {name: &s s}\nspec: {rules: [{backendRefs: [{name: *s}, &b {name: s}, *b]}]}\n");
        Assert.Equal("manifest.yaml:8 *s|manifest.yaml:8 s", NavigationCheck.Show(fixture.Workspace, fixture.Analysis.References(fixture.Path, fixture.Cursor, withDefinition: false)));
    }

    private static string Show(WorkspaceFixture fixture) => string.Join("|", fixture.Analysis.Highlights(fixture.Path, fixture.Cursor)
        .Select(one => $"{one.Range.Start.Line + 1} {NavigationCheck.Text(fixture.Workspace, fixture.Path, one.Range)}{(one.IsDefinition ? "!" : "")}"));
}
