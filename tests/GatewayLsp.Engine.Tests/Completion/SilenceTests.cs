using GatewayLsp.Engine.Text;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Places where an offer would only disturb.</summary>
public sealed class SilenceTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n";

    [Theory]
    [InlineData("# $0\n" + Route)]
    [InlineData(Route + "spec:\n  # par$0\n")]
    [InlineData(Route + "spec: {} # par$0\n")]
    [InlineData(Route + "metadata:\n  annotations:\n    a: |\n      x\n      $0\n")]
    [InlineData(Route + "metadata:\n  annotations:\n    a: |\n      key: $0\n")]
    [InlineData(Route + "metadata:\n  annotations:\n    a: >-\n      x\n\n      ki$0\n")]
    [InlineData(Route + "metadata:\n  annotations:\n    a: |$0\n")]
    [InlineData(Route + "metadata:\n  annotations:\n    $0\n")]
    [InlineData(Route + "metadata:\n  name: $0\n")]
    [InlineData(Route + "spec:\n  $0  hostnames: []\n")]
    [InlineData(Route + "spec:\n $0 - x\n")]
    [InlineData(Route + "spec: &$0\n")]
    [InlineData(Route + "spec: &a$0 \n")]
    [InlineData(Route + "spec: $0\n  rules: []\n")]
    [InlineData(Route + "spec: '$0'\n")]
    [InlineData("---$0\n" + Route)]
    [InlineData("services:\n  web:\n    $0\n")]
    [InlineData("services:\n  web: {}\n$0\n")]
    [InlineData("apiVersion: example.com/v1\nkind: Thing\nspec:\n  $0\n")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gateway\nspec:\n  $0\n")]
    [InlineData("apiVersion: networking.istio.io/v1\nkind: Gateway\n$0\n")]
    [InlineData(Route + "spec:\n  hostnames: []$0\n")]
    [InlineData(Route + "kind: HTTPRoute   $0\n")]
    public void OffersNothing(string fixture) => Assert.Empty(CompletionCheck.At(fixture).Labels);

    [Fact]
    public void OffersNothingInAFileThatIsNotThere()
    {
        var analysis = new Analysis(Workspace.Empty);
        Assert.Empty(analysis.Complete("none.yaml", new LinePosition(0, 0)).Items);
    }
}
