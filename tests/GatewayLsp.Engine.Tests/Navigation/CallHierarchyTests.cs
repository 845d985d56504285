using GatewayLsp.Engine.Navigation;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

public class CallHierarchyTests
{
    [Theory]
    [InlineData("infra.yaml", "name: public", 1, "in  GatewayClass istio (istio) out HTTPRoute cart (https)")]
    [InlineData("infra.yaml", "name: istio", 1, "in out Gateway public (istio)")]
    [InlineData("shop.yaml", "name: cart", 1, "in Gateway public (https) out Service pay (pay), Service cart (cart cart)")]
    [InlineData("shop.yaml", "name: cart", 2, "in BackendTLSPolicy cart (cart), EndpointSlice cart-1 (cart), HTTPRoute cart (cart cart), Ingress old (cart) out Deployment cart-v1 ()")]
    [InlineData("run.yaml", "name: cart-v1", 1, "in Service cart () out")]
    [InlineData("infra.yaml", "- name: cert", 1, "in Gateway public (cert) out")]
    [InlineData("shop.yaml", "kind: ConfigMap", 2, "in BackendTLSPolicy cart (ca), Deployment cart-v1 (ca) out")]
    public void Of_the_shop(string file, string text, int nth, string expected)
    {
        WorkspaceFixture fixture = Shop.At(file, text, nth);
        CallItem item = Assert.Single(fixture.Analysis.PrepareCalls(fixture.Path, fixture.Cursor));
        string incoming = string.Join(", ", fixture.Analysis.IncomingCalls(item.Key).Select(edge => Show(fixture, edge, edge.Other.Place.Path)));
        string outgoing = string.Join(", ", fixture.Analysis.OutgoingCalls(item.Key).Select(edge => Show(fixture, edge, item.Place.Path)));
        Assert.Equal(expected.Replace("  ", " ", StringComparison.Ordinal), $"in {incoming} out {outgoing}".Replace("  ", " ", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void What_is_nowhere_has_no_calls()
    {
        WorkspaceFixture fixture = Shop.At("shop.yaml", "weight: 9");
        Assert.Empty(fixture.Analysis.PrepareCalls(fixture.Path, fixture.Cursor));
        fixture = Shop.At("shop.yaml", "- name: \"cart-next\"");
        Assert.Empty(fixture.Analysis.PrepareCalls(fixture.Path, fixture.Cursor));
    }

    private static string Show(WorkspaceFixture fixture, CallEdge edge, string path) =>
        $"{edge.Other.Key.Kind} {edge.Other.Name} ({string.Join(" ", edge.Ranges.Select(range => NavigationCheck.Text(fixture.Workspace, path, range)))})";
}
