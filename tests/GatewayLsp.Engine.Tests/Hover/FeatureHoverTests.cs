using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Hover;

/// <summary>Who supports a field, and who implements a class.</summary>
public sealed class FeatureHoverTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  rules:\n  - matches:\n    - met$0hod: GET\n";

    [Fact]
    public void Without_Gateways_the_usual_implementations_are_told_of() =>
        Assert.EndsWith("\n\nAWS Load Balancer Controller 3.5: supported · Envoy Gateway 1.9: supported · GKE Gateway 1.36: not supported · Istio 1.30: supported", Text(Route));

    [Fact]
    public void With_Gateways_theirs_are() =>
        Assert.EndsWith("\n\nGKE Gateway 1.36: not supported · Istio 1.30: supported",
            Text(Route + "---\n" + Gateway("a", "istio") + "---\n" + Gateway("b", "gke-l7-rilb") + "---\n" + Gateway("c", "unheard-of")));

    [Theory]
    [InlineData("istio", "Implemented by Istio 1.30.")]
    [InlineData("istio-remote", "Implemented by Istio 1.30. Istio deploys nothing for it: the Gateway tells where a gateway of another cluster or network is reached.")]
    [InlineData("gke-l7-rilb-mc", "Implemented by GKE Gateway 1.36. For several clusters of a fleet: the Gateway and its routes stand in the config cluster, ServiceExports in the clusters that serve.")]
    public void A_class_tells_who_implements_it(string name, string expected) =>
        Assert.EndsWith("\n\n" + expected, Text(Gateway("front", "$0" + name)));

    [Fact]
    public void An_unknown_class_tells_nothing() => Assert.DoesNotContain("Implemented by", Text(Gateway("front", "$0ours")), StringComparison.Ordinal);

    private static string Text(string manifest)
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(manifest);
        return fixture.Analysis.Hover(fixture.Path, fixture.Cursor)!.Markdown;
    }

    private static string Gateway(string name, string className) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: {name}\nspec:\n  gatewayClassName: {className}\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";
}
