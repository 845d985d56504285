using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Hover;

/// <summary>At a match: which rules go before and after it, at each listener and hostname.</summary>
public sealed class MatchHoverTests
{
    private const string Head = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          listeners: [{name: http, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: other}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [shop.example.com]
          rules:
          - matches: [{path: {value: /cart}, headers: [{name: beta, value: "1"}]}]
          - matches: [{path: {value: /}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web}
        spec:
          parentRefs: [{name: edge}]
          hostnames: [shop.example.com]
          rules:
          - matches:

        """;

    private static string Hover(string text)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text);
        return fixture.Analysis.Hover(fixture.Path, fixture.Cursor)!.Markdown;
    }

    [Fact]
    public void NeighboursAreNamedByPrecedence() => Assert.StartsWith(
        """
        **At host `shop.example.com`**, Gateway default/edge, listener http:
        - after HTTPRoute default/other, rule 1: paths under /cart, header beta: 1
        - before HTTPRoute default/other, rule 2: paths under /
        - before HTTPRoute default/web, rule 1, match 2: paths under /

        ---

        """.ReplaceLineEndings("\n"),
        Hover(Head + "    $0- path: {value: /cart}\n    - path: {value: /}\n"), StringComparison.Ordinal);

    [Fact]
    public void AMatchThatGetsNothingIsTold() => Assert.StartsWith(
        "**At host `shop.example.com`**, Gateway default/edge, listener http:\n- gets nothing: HTTPRoute default/other, rule 2 takes all of it first\n",
        Hover(Head + "    $0- path: {value: /}\n"), StringComparison.Ordinal);

    [Fact]
    public void AKeyOfItKeepsItsDocumentationInFront()
    {
        string markdown = Hover(Head + "    - pa$0th: {type: Exact, value: /alone}\n");
        Assert.DoesNotContain("**At", markdown[..20], StringComparison.Ordinal);
        Assert.Contains("\n\n---\n\n**At host `shop.example.com`**", markdown, StringComparison.Ordinal);
        Assert.EndsWith("- before HTTPRoute default/other, rule 2: paths under /", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAListenerNothingIsSaid() =>
        Assert.DoesNotContain("**At", Hover("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web}
            spec:
              rules:
              - matches:
                $0- path: {value: /}
            """), StringComparison.Ordinal);
}
