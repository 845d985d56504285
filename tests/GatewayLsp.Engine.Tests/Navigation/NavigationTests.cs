using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class NavigationTests
{
    [Theory]
    [InlineData("a:\n  b: 1\n  c:\n  - d: 1\n    e: 2\n  - f\n", "0-5 2-5 3-4")]
    [InlineData("# x\n---\nkind: A\nb:\n  c: 1\n\n---\nd: 1\n", "1-4 3-4 6-7")]
    [InlineData("# one\n# two\n#\na: 1 # x\n# y\n", "0-2#")]
    [InlineData("# one\n\n# two\na: 1\n", "")]
    [InlineData("a: |\n  x\n  y\n\nb: 1\n", "0-4")]
    [InlineData("x: 1\na: |\n  x\n  y\n\nb: 1\n", "0-5 1-3")]
    [InlineData("x: 1\na: [\n  1,\n  2\n]\n", "0-4 1-3")]
    [InlineData("a: 1\n", "")]
    [InlineData("", "")]
    public void Folds(string text, string folds)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        Assert.Equal(folds, string.Join(" ", fixture.Analysis.Fold(fixture.Path).Select(f => $"{f.StartLine}-{f.EndLine}{(f.IsComment ? "#" : "")}")));
    }

    [Theory]
    [InlineData("spec:\n  rules:\n  - name: my-ru$0le\n    x: 1\ny: 2\n", "rule|my-rule|name: my-rule|name: my-rule\n    x: 1|- name: my-rule\n    x: 1|rules:\n  - name: my-rule\n    x: 1|spec:\n  rules:\n  - name: my-rule\n    x: 1|spec:\n  rules:\n  - name: my-rule\n    x: 1\ny: 2|*")]
    [InlineData("a: \"x y$0\"\n", "y|x y|\"x y\"|a: \"x y\"|*")]
    [InlineData("a$0: 1\n", "a|a: 1|*")]
    [InlineData("a:$0 1\n", "a: 1|*")]
    [InlineData("# a\n# some no$0te\nb: 1\n", "note|some note|# some note|# a\n# some note|*")]
    [InlineData("a:\n  b: 1\n$0\n  c: 1\n", "b: 1\n\n  c: 1|a:\n  b: 1\n\n  c: 1|*")]
    [InlineData("a: [1, b$0]\n", "b|[1, b]|a: [1, b]|*")]
    [InlineData("---\na: 1\n---\nb$0: 1\n", "b|b: 1|---\nb: 1\n|*")]
    [InlineData("$0", "*")]
    public void Selections(string marked, string expected)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(marked);
        var ranges = fixture.Analysis.SelectionRanges(fixture.Path, fixture.Cursor);
        StructureInvariants.Hold(ranges, fixture.Cursor);
        string text = marked.Replace("$0", "", StringComparison.Ordinal);
        var lines = new LineIndex(text);
        Assert.Equal(expected, string.Join("|", ranges.Select(r => text[lines.OffsetOf(r.Start)..lines.OffsetOf(r.End)]).Select(t => t == text ? "*" : t)));
    }

    private const string Objects = """
        #file: a.yaml
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public-gateway
          namespace: infra
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
        #file: file:///w/b%20c.yaml
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: cart
          namespace: shop
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: my-cart
        """;

    [Theory]
    [InlineData("cart", "HTTPRoute shop/cart, Service shop/cart, Service my-cart")]
    [InlineData("CART", "HTTPRoute shop/cart, Service shop/cart, Service my-cart")]
    [InlineData("pgw", "Gateway infra/public-gateway")]
    [InlineData("service cart", "Service shop/cart, Service my-cart")]
    [InlineData("shop/", "Service shop/cart, HTTPRoute shop/cart")]
    [InlineData("htr", "HTTPRoute shop/cart")]
    [InlineData("zzz", "")]
    [InlineData("", "Gateway infra/public-gateway, HTTPRoute shop/cart, Service my-cart, Service shop/cart")]
    public void Symbols(string query, string expected) =>
        Assert.Equal(expected, string.Join(", ", WorkspaceFixture.Parse(Objects).Analysis.FindSymbols(query).Select(s => s.Name)));

    [Fact]
    public void Symbol_place()
    {
        WorkspaceItem item = Assert.Single(WorkspaceFixture.Parse(Objects).Analysis.FindSymbols("my-cart"));
        Assert.Equal(("file:///w/b%20c.yaml", "b c.yaml", 9, StructureKind.Backend), (item.Path, item.Container, item.Range.Start.Line, item.Kind));
    }

    [Fact]
    public void Links_of_a_kustomization_lead_to_what_the_workspace_has()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse("""
            #file: file:///w/over%20lay/kustomization.yaml
            resources:
            - ../base
            - my%20svc.yaml
            - my svc.yaml
            - gone.yaml
            - https://example.com/x.yaml
            patches:
            - path: ./patch.yaml
              target: {kind: Gateway}
            #file: file:///w/base/kustomization.yaml
            resources: []
            #file: file:///w/over%20lay/my%20svc.yaml
            kind: Service
            #file: file:///w/over%20lay/patch.yaml
            kind: Gateway
            """);
        Assert.Equal(
            ["1 file:///w/base/kustomization.yaml", "3 file:///w/over%20lay/my%20svc.yaml", "7 file:///w/over%20lay/patch.yaml"],
            fixture.Analysis.Links(fixture.Path).Select(l => $"{l.Range.Start.Line} {l.Target}"));
        Assert.Empty(fixture.Analysis.Links("file:///w/base/kustomization.yaml"));
    }
}
