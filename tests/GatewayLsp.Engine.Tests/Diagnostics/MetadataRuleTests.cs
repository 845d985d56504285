using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Findings about names, labels and annotations, after the API server's rules.</summary>
public sealed class MetadataRuleTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n";

    [Theory]
    [InlineData("metadata:\n  namespace: shop\n", "missing-name 'metadata' metadata.name")]
    [InlineData("metadata:\n  name:\n", "missing-name 'name' metadata.name")]
    [InlineData("metadata:\n  name: ''\n", "missing-name 'name' metadata.name")]
    [InlineData("metadata: {}\n", "missing-name 'metadata' metadata.name")]
    [InlineData("", "missing-name 'apiVersion' metadata.name")]
    [InlineData("metadata:\n  nam: store\n", "unknown-field 'nam' metadata.nam")]
    [InlineData("metdata:\n  name: store\n", "unknown-field 'metdata' metdata")]
    [InlineData("metadata:\n  name: Web_Store\n", "invalid-name 'Web_Store' metadata.name")]
    [InlineData("metadata:\n  name: -store\n", "invalid-name '-store' metadata.name")]
    [InlineData("metadata:\n  name: a..b\n", "invalid-name 'a..b' metadata.name")]
    [InlineData("metadata:\n  generateName: Store-\n", "invalid-name 'Store-' metadata.generateName")]
    [InlineData("metadata:\n  name: store\n  namespace: my.shop\n", "invalid-name 'my.shop' metadata.namespace")]
    [InlineData("metadata:\n  name: 80\n", "invalid-type '80' metadata.name")]
    [InlineData("metadata: store\n", "invalid-type 'store' metadata")]
    [InlineData("metadata:\n  name: store\n  labels:\n    owner: web team\n", "invalid-label 'web team' metadata.labels")]
    [InlineData("metadata:\n  name: store\n  labels:\n    my label: x\n", "invalid-label 'my label' metadata.labels")]
    [InlineData("metadata:\n  name: store\n  labels:\n    a/b/c: x\n", "invalid-label 'a/b/c' metadata.labels")]
    [InlineData("metadata:\n  name: store\n  labels:\n    app: 1\n", "invalid-type '1' metadata.labels.app")]
    [InlineData("metadata:\n  name: store\n  labels:\n    app: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", "invalid-label 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' metadata.labels")]
    [InlineData("metadata:\n  name: store\n  annotations:\n    contact person: x\n", "invalid-annotation 'contact person' metadata.annotations")]
    [InlineData("metadata:\n  name: store\n  annotations:\n    a: true\n", "invalid-type 'true' metadata.annotations.a")]
    [InlineData("metadata:\n  name: store\n  label: {a: b}\n", "unknown-field 'label' metadata.label")]
    public void OneFaultIsOneFinding(string metadata, string expected) => DiagnosticCheck.Check(Route + metadata + "spec: {}\n", expected);

    [Theory]
    [InlineData("metadata:\n  name: web.store-1\n  namespace: 9to5\n")]
    [InlineData("metadata:\n  generateName: store-\n")]
    [InlineData("metadata:\n  name: store\n  labels:\n    app.kubernetes.io/name: Store_1.0\n    empty: \"\"\n    nothing:\n")]
    [InlineData("metadata:\n  name: store\n  annotations:\n    Example.com/Note: any text at all, 100 %\n")]
    [InlineData("metadata:\n  name: store\n  labels: null\n  annotations:\n  creationTimestamp: null\n")]
    [InlineData("metadata: &m\n  name: store\n")]
    [InlineData("metadata:\n  <<: {name: store}\n")]
    [InlineData("metadata:\n  name: '{{ .Release.Name }}'\n")]
    [InlineData("metadata:\n  name: store-${ENV}\n  namespace: $(NAMESPACE)\n")]
    public void ValidMetadataIsFine(string metadata) => DiagnosticCheck.Check(Route + metadata + "spec: {}\n");

    [Theory]
    [InlineData("v1", "Service", "9store", false)]
    [InlineData("v1", "Service", "a.b", false)]
    [InlineData("v1", "Service", "store-9", true)]
    [InlineData("v1", "Namespace", "a.b", false)]
    [InlineData("v1", "Namespace", "9to5", true)]
    [InlineData("v1", "ConfigMap", "a.b", true)]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "system:Node_reader", true)]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "a/b", false)]
    public void KindsHaveTheirOwnRulesForNames(string apiVersion, string kind, string name, bool isValid) => Assert.Equal(
        isValid, !DiagnosticCheck.Find($"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: {name}\n").Any(f => f.Diagnostic.Code == "invalid-name"));

    [Fact]
    public void AnnotationsHaveALimitInAll() => DiagnosticCheck.Check(
        Route + $"metadata:\n  name: store\n  annotations:\n    a: {new string('x', 200_000)}\n    b: {new string('x', 70_000)}\nspec: {{}}\n",
        "invalid-annotation 'annotations' metadata.annotations");

    [Fact]
    public void NameIsMendedOnlyOnRequest()
    {
        DiagnosticCheck.CheckFix(Route + "metadata:\n  name: Web_Store\n", "Change to `web-store`", Route + "metadata:\n  name: web-store\n", DiagnosticCheck.Context(isPartial: true));
        DiagnosticCheck.CheckFix(Route + "metadata:\n  namespace: shop\nspec: {}\n", "Add `name: example`", Route + "metadata:\n  name: example\n  namespace: shop\nspec: {}\n");
    }
}
