using GatewayLsp.Engine.Completion;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Values that the schema knows, in every half-typed state.</summary>
public sealed class ValueCompletionTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n";

    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: a\nspec:\n";

    private const string Path = Route + "  rules:\n  - matches:\n    - path:\n        ";

    [Theory]
    [InlineData(Path + "type: $0", "Exact", Path + "type: Exact")]
    [InlineData(Path + "type:$0", "Exact", Path + "type: Exact")]
    [InlineData(Path + "type:Ex$0", "Exact", Path + "type: Exact")]
    [InlineData(Path + "type: Ex$0", "Exact", Path + "type: Exact")]
    [InlineData(Path + "type: Ex$0ct\n        value: /", "Exact", Path + "type: Exact\n        value: /")]
    [InlineData(Path + "type: $0Prefix # why\n", "Exact", Path + "type: Exact # why\n")]
    [InlineData(Path + "type: \"$0\"\n", "Exact", Path + "type: \"Exact\"\n")]
    [InlineData(Path + "type: \"Ex$0\n", "Exact", Path + "type: \"Exact\"\n")]
    [InlineData(Path + "type: 'Ex$0'\n", "Exact", Path + "type: 'Exact'\n")]
    [InlineData(Path + "type:   $0", "PathPrefix", Path + "type:   PathPrefix")]
    [InlineData(Path + "type:\n          $0", "Exact", Path + "type:\n          Exact")]
    [InlineData(Route + "  rules:\n  - matches:\n    - path: { type: $0 }", "Exact", Route + "  rules:\n  - matches:\n    - path: { type: Exact }")]
    [InlineData(Route + "  rules:\n  - matches:\n    - path: {type:$0}", "Exact", Route + "  rules:\n  - matches:\n    - path: {type: Exact}")]
    [InlineData(Route + "  rules:\n  - matches:\n    - path: {type: \"Ex$0\"}", "Exact", Route + "  rules:\n  - matches:\n    - path: {type: \"Exact\"}")]
    [InlineData(Path + "type: $0\r\n        value: /\r\n", "Exact", Path + "type: Exact\r\n        value: /\r\n")]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestRedirect:\n        statusCode: $0", "301", Route + "  rules:\n  - filters:\n    - requestRedirect:\n        statusCode: 301")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - group: $0", "\"\"", Route + "  rules:\n  - backendRefs:\n    - group: \"\"")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - kind: S$0", "Service", null)]
    [InlineData(Gateway + "  gatewayClassName: $0", "istio", null)]
    [InlineData(Gateway + "  listeners:\n  - name: x\n    protocol: $0", "HTTPS", null)]
    [InlineData(Gateway + "  listeners:\n  - tls:\n      mode: $0", "Terminate", null)]
    [InlineData(Gateway + "  listeners:\n  - tls:\n      certificateRefs:\n      - kind: $0", "Secret", null)]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        - $0", "X-Forwarded-For", null)]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        - X-Fo$0\n        - b\n", "X-Forwarded-For", Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        - X-Forwarded-For\n        - b\n")]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove: [ $0 ]", "X-Forwarded-For", Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove: [ X-Forwarded-For ]")]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        $0", "- X-Forwarded-For", Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        - X-Forwarded-For")]
    public void Offers(string fixture, string label, string? accepted)
    {
        string text = CompletionCheck.At(fixture).Accept(label);
        if (accepted is not null)
        {
            Assert.Equal(accepted, text);
        }
    }

    [Theory]
    [InlineData(Path + "type: $0", "PathPrefix")]
    [InlineData(Gateway + "  listeners:\n  - name: https\n    protocol: $0", "HTTPS")]
    [InlineData(Gateway + "  listeners:\n  - port: 443\n    protocol: $0", "HTTPS")]
    [InlineData(Gateway + "  listeners:\n  - name: tcp-db\n    protocol: $0", "TCP")]
    [InlineData(Gateway + "  listeners:\n  - allowedRoutes:\n      namespaces:\n        from: $0", "Same")]
    [InlineData(Gateway + "  listeners:\n  - allowedRoutes:\n      namespaces:\n        from: $0\n        selector: {}\n", "Selector")]
    [InlineData(Gateway + "  listeners:\n  - protocol: TLS\n    allowedRoutes:\n      kinds:\n      - kind: $0", "TLSRoute")]
    [InlineData(Gateway + "  listeners:\n  - protocol: UDP\n    allowedRoutes:\n      kinds:\n      - kind: $0", "UDPRoute")]
    [InlineData(Route + "  rules:\n  - filters:\n    - type: $0\n      urlRewrite: {}\n", "URLRewrite")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - group: multicluster.x-k8s.io\n      kind: $0", "ServiceImport")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - kind: ServiceImport\n      group: $0", "multicluster.x-k8s.io")]
    [InlineData(Route + "  parentRefs:\n  - kind: Service\n    group: $0", "\"\"")]
    [InlineData("apiVersion: $0", "gateway.networking.k8s.io/v1")]
    [InlineData("kind: $0", "HTTPRoute")]
    [InlineData("kind: Gateway\napiVersion: $0", "gateway.networking.k8s.io/v1")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: G$0", "Gateway")]
    public void PutsFirst(string fixture, string label) => Assert.Equal(label, CompletionCheck.At(fixture).Labels[0]);

    [Fact]
    public void PreselectsTheDefault()
    {
        CompletionItem item = CompletionCheck.At(Path + "type: $0").Item("PathPrefix");
        Assert.True(item.IsPreselected);
        Assert.Equal("default", item.Detail);
    }

    [Fact]
    public void ExplainsAValue() =>
        Assert.Contains("segments", CompletionCheck.At(Path + "type: $0").Item("PathPrefix").Documentation!(), StringComparison.Ordinal);

    /// <summary>The two halves of an object's identity narrow each other down.</summary>
    [Fact]
    public void KindsFitTheVersion()
    {
        IReadOnlyList<string> kinds = CompletionCheck.At("apiVersion: gateway.networking.k8s.io/v1beta1\nkind: $0").Labels;
        Assert.Contains("HTTPRoute", kinds);
        Assert.DoesNotContain("Service", kinds);
        IReadOnlyList<string> versions = CompletionCheck.At("kind: HTTPRoute\napiVersion: $0").Labels;
        Assert.Equal(["gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"], versions);
    }

    /// <summary>A kind chosen before its apiVersion brings that along.</summary>
    [Theory]
    [InlineData("kind: $0\n", "HTTPRoute", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    [InlineData("---\nkind: Dep$0\nmetadata: {}\n", "Deployment", "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {}\n")]
    [InlineData("kind: $0\napiVersion:\n", "HTTPRoute", "kind: HTTPRoute\napiVersion:\n")]
    public void KindBringsItsVersion(string fixture, string label, string accepted) => Assert.Equal(accepted, CompletionCheck.At(fixture).Accept(label));

    /// <summary>What a list has already is not offered again.</summary>
    [Fact]
    public void LeavesOutListedItems()
    {
        IReadOnlyList<string> labels = CompletionCheck.At(Route + "  rules:\n  - filters:\n    - requestHeaderModifier:\n        remove:\n        - Cookie\n        - $0").Labels;
        Assert.Contains("Host", labels);
        Assert.DoesNotContain("Cookie", labels);
    }
}
