using GatewayLsp.Testing;
using static GatewayLsp.Engine.Tests.CodeActions.RefactoringFixture;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Refactorings that make rules and matches, or join them.</summary>
public sealed class RuleRefactoringTests
{
    [Fact]
    public void HeaderCanaryTakesOnlyRequestsWithTheHeader()
    {
        Refactored done = RefactoringCheck.After(Head + """
              # shop
              - name: shop
                matches:
                - path: {type: PathPrefix, value: /shop} # all of it
                - method: POST
                  headers:
                  - name: a
                    value: b
                backendRefs:
                - name: v1
                  port: 80
                  weight: 100
                - name: v2$0
                  port: 80
                  weight: 0

            """ + Platform, "Canary by header x-canary: v2");
        Assert.Equal(Head + """
              - matches:
                - path: {type: PathPrefix, value: /shop}
                  headers:
                  - name: x-canary
                    value: "true"
                - method: POST
                  headers:
                  - name: a
                    value: b
                  - name: x-canary
                    value: "true"
                backendRefs:
                - name: v2
                  port: 80
              # shop
              - name: shop
                matches:
                - path: {type: PathPrefix, value: /shop} # all of it
                - method: POST
                  headers:
                  - name: a
                    value: b
                backendRefs:
                - name: v1
                  port: 80
                  weight: 100
                - name: v2
                  port: 80
                  weight: 0

            """ + Platform, done.Text);
        Assert.Equal("hello[1.0] 1 v1, 0 v2", Trace(done.After, "GET a.com/shop"));
        Assert.Equal("hello[0.0] 1 v2", Trace(done.After, "GET a.com/shop x-canary=true"));
        Assert.Equal("hello[0.1] 1 v2", Trace(done.After, "POST a.com/ a=b x-canary=true"));
        Assert.Equal("404", Trace(done.After, "GET a.com/ x-canary=true"));
        Assert.Equal(["x-canary", "\"true\"", "x-canary", "\"true\""], done.Guesses);
        Assert.Empty(done.NewFindings);
    }

    [Fact]
    public void HeaderCanaryOfARuleWithoutMatchesAsksForTheHeaderAlone()
    {
        Refactored done = RefactoringCheck.After(Head + "  - backendRefs:\n    - name: v1$0\n      port: 80\n" + Platform, "Canary by header x-canary: v2");
        Assert.Equal(Head + "  - matches:\n    - headers:\n      - name: x-canary\n        value: \"true\"\n    backendRefs:\n    - name: v2\n      port: 80\n  - backendRefs:\n    - name: v1\n      port: 80\n" + Platform, done.Text);
        Assert.Equal("hello[0.0] 1 v2", Trace(done.After, "GET a.com/x x-canary=true"));
        Assert.Equal("hello[1] 1 v1", Trace(done.After, "GET a.com/x"));
    }

    [Fact]
    public void MatchIsExtractedWithItsCommentAndMergedBack()
    {
        const string Before = """
              - matches:
                - path: {type: PathPrefix, value: /cart}
                # paying
                - path: {type: PathPrefix, value: /pay}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1 # one
                  port: 80
              - matches: [{path: {value: /other}}]
                backendRefs: [{name: v2, port: 80}]

            """;
        Refactored done = RefactoringCheck.After(Head + Before.Replace("/pay}", "/pay}$0", StringComparison.Ordinal) + Platform, "Extract this match");
        Assert.Equal(Head + """
              - matches:
                - path: {type: PathPrefix, value: /cart}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1 # one
                  port: 80
              - matches:
                # paying
                - path: {type: PathPrefix, value: /pay}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1
                  port: 80
              - matches: [{path: {value: /other}}]
                backendRefs: [{name: v2, port: 80}]

            """ + Platform, done.Text);
        Assert.Equal("hello[1.0] 1 v1", Trace(done.After, "GET a.com/pay"));
        Refactored back = RefactoringCheck.After(done.Text.Insert(done.Text.IndexOf("matches", StringComparison.Ordinal), "$0"), "Merge with the next rule");
        Assert.Equal(Head + Before + Platform, back.Text);
    }
}
