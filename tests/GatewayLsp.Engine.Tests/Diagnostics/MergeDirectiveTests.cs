using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Strategic merge patches of kustomize, told by their directives.</summary>
public sealed class MergeDirectiveTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n";
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\n";

    [Theory]
    [InlineData(Route + "$patch: delete\n")]
    [InlineData(Route + "spec:\n  $patch: replace\n  hostnames: [a.b]\n")]
    [InlineData(Route + "spec:\n  $retainKeys: [rules]\n  rules: []\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - name: http\n    $patch: delete\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - name: http\n  - $patch: replace\n")]
    [InlineData(Gateway + "spec:\n  listeners:\n  - name: http\n    $patch: delete\n  - name: http\n    port: 80\n")]
    [InlineData(Gateway + "spec:\n  $setElementOrder/listeners:\n  - name: http\n  listeners:\n  - name: http\n")]
    [InlineData(Route + "spec:\n  $deleteFromPrimitiveList/hostnames: [a.b]\n")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\n  labels:\n    $patch: replace\n    a: b\n  annotations:\n    $retainKeys: [a]\n")]
    public void DirectivesAreNoFieldsAndMakeAPatch(string text) => DiagnosticCheck.Check(text);

    [Fact]
    public void OtherKeysWithADollarAreUnknown() => DiagnosticCheck.Check(Route + "spec:\n  $path: delete\n", "unknown-field '$path' spec.$path");

    [Fact]
    public void ValuesOfAPatchAreChecked() => DiagnosticCheck.Check(
        Gateway + "spec:\n  listeners:\n  - name: http\n    port: \"80\"\n    $patch: merge\n", "invalid-type '\"80\"' spec.listeners[0].port");

    [Fact]
    public void ItemsOfAPatchMayLackTheirKeys() => DiagnosticCheck.Check(
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: store\nspec:\n  ports:\n  - name: a\n  - name: b\n", DiagnosticCheck.Context(isPartial: true));

    [Fact]
    public void DirectiveOfOneObjectLeavesOthersWhole() => DiagnosticCheck.Check(
        Route + "$patch: delete\n---\n" + Gateway + "spec:\n  gatewayClassName: a\n", "missing-required 'spec' spec.listeners");
}
