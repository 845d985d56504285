using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Where the namespace has one Gateway or Service only, a skeleton names it.</summary>
public sealed class KnownNameTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n";
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: x\n  listeners: []\n";
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  ports:\n  - port: 9000\n";

    [Fact]
    public void The_only_Gateway_is_the_parent() =>
        Assert.Contains("- name: edge\n", CompletionCheck.At(Route + "  $0\n", Gateway, Service).Accept("parentRefs"), StringComparison.Ordinal);

    [Fact]
    public void The_only_Service_is_the_backend() =>
        Assert.Contains("- name: shop\n      port: 9000\n", CompletionCheck.At(Route + "  rules:\n  - $0\n", Gateway, Service).Accept("backendRefs"), StringComparison.Ordinal);

    [Fact]
    public void In_braces_too() =>
        Assert.Contains("parentRefs: [{name: edge}]", CompletionCheck.At(Route + "  parentRefs: [$0]\n", Gateway).Accept("{name}"), StringComparison.Ordinal);

    [Fact]
    public void Of_two_none_is_taken() => Assert.Contains("- name: my-gateway\n",
        CompletionCheck.At(Route + "  $0\n", Gateway, Gateway.Replace("name: edge", "name: other", StringComparison.Ordinal)).Accept("parentRefs"), StringComparison.Ordinal);

    [Fact]
    public void One_of_another_namespace_is_not_taken() => Assert.Contains("- name: my-gateway\n",
        CompletionCheck.At(Route + "  $0\n", Gateway.Replace("  name: edge\n", "  name: edge\n  namespace: infra\n", StringComparison.Ordinal)).Accept("parentRefs"), StringComparison.Ordinal);

    [Theory]
    [InlineData("  parentRefs:\n  $0\n")]
    [InlineData("  rules:\n  - matches:\n    $0\n")]
    [InlineData("  rules:\n  - backendRefs:\n    $0\n")]
    [InlineData("  hostnames:\n  $0\n")]
    public void No_two_offers_look_alike(string rest)
    {
        IReadOnlyList<string> labels = CompletionCheck.At(Route + rest).Labels;
        Assert.Equal(labels.Distinct(), labels);
    }
}
