using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>One cause, one finding: wrong indentation, and mix-ups that would otherwise be told many times.</summary>
public sealed class MisplacedFieldTests
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n";

    [Theory]
    [InlineData("  rules:\n  - matches:\n    - path:\n        type: PathPrefix\n      value: /\n", "Indent by 8 spaces, into `path`", "  rules:\n  - matches:\n    - path:\n        type: PathPrefix\n        value: /\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n    weight: 3\n", "Indent by 6 spaces, into `backendRefs`", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      weight: 3\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: a\n    port: 80\n", "Indent by 6 spaces, into `backendRefs`", "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  parentRefs:\n  - name: a\n    hostnames:\n    - a.b\n", "Indent by 2 spaces, into `spec`", "  parentRefs:\n  - name: a\n  hostnames:\n  - a.b\n")]
    [InlineData("  rules:\n  - timeouts:\n    request: 10s\n", "Indent by 6 spaces, into `timeouts`", "  rules:\n  - timeouts:\n      request: 10s\n")]
    public void RightIndentationIsOfferedFirst(string spec, string title, string after)
    {
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(Head + spec));
        Assert.Equal(("unknown-field", title), (finding.Diagnostic.Code, finding.Diagnostic.Fixes[0].Title));
        Assert.Equal(Head + after, DiagnosticCheck.Apply(Head + spec, finding, finding.Diagnostic.Fixes[0]));
        DiagnosticCheck.Check(Head + after);
    }

    [Theory]
    [InlineData("  rules:\n  - matches:\n    - path: {type: Exact}\n      value: /\n")]
    [InlineData("  value: /\n")]
    public void WithoutSuchAPlaceThereIsNoSuchFix(string spec) =>
        Assert.DoesNotContain(DiagnosticCheck.Single(Head + spec).Fixes, fix => fix.Title.StartsWith("Indent", StringComparison.Ordinal));

    [Fact]
    public void MisplacedNameIsNotMissingToo() => DiagnosticCheck.Check(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  namespace: shop\nname: store\nspec: {}\n", "unknown-field 'name' name");

    [Fact]
    public void ItemThatIsIndentedTooFarIsOneFinding()
    {
        const string text = Head + "  hostnames:\n  - a.example.com\n   - b.example.com\n   - c.example.com\n";
        DiagnosticCheck.CheckFix(text.Replace("\n  ", "\n ", StringComparison.Ordinal), "Indent by 1 space", Head.Replace("\n  ", "\n ", StringComparison.Ordinal) + " hostnames:\n - a.example.com\n - b.example.com\n - c.example.com\n");
        DiagnosticCheck.CheckFix(text, "Indent by 2 spaces", Head + "  hostnames:\n  - a.example.com\n  - b.example.com\n  - c.example.com\n");
    }

    /// <summary>The item before ends in the key of an empty list, and what follows has the fields of its items.</summary>
    [Theory]
    [InlineData("  rules:\n  - backendRefs:\n  - name: web\n    port: 80\n", "'port' spec.rules[1].port", "backendRefs", "  rules:\n  - backendRefs:\n    - name: web\n      port: 80\n")]
    [InlineData(
        "  rules:\n    - backendRefs:\n    # two\n    - name: web\n    - {name: api, port: 80}\n      # last\n    - matches: []\n", "'port' spec.rules[2].port", "backendRefs",
        "  rules:\n    - backendRefs:\n    # two\n        - name: web\n        - {name: api, port: 80}\n      # last\n    - matches: []\n")]
    [InlineData(
        "  rules:\n  - matches:\n    - headers:\n    - name: a\n      value: b\n", "'name' spec.rules[0].matches[1].name", "headers",
        "  rules:\n  - matches:\n    - headers:\n      - name: a\n        value: b\n")]
    [InlineData(
        "  rules:\n  - matches:\n    - headers:\n  - name: a\n    value: b\n", "'value' spec.rules[1].value", "headers",
        "  rules:\n  - matches:\n    - headers:\n      - name: a\n        value: b\n")]
    public void ItemsLeftOfTheirListAreOneFinding(string spec, string finding, string list, string after)
    {
        DiagnosticCheck.Check(Head + spec, $"unknown-field {finding}");
        DiagnosticCheck.CheckFix(Head + spec, $"Indent into `{list}`", Head + after);
        Assert.False(Assert.Single(DiagnosticCheck.Single(Head + spec).Fixes).IsPreferred);
    }

    [Theory]
    [InlineData("  rules:\n  - backendRefs: []\n  - name: web\n    port: 80\n")]
    [InlineData("  rules:\n  - backendRefs:\n  - name: web\n    port: 80\n    matches: []\n")]
    [InlineData("  rules:\n  - backendRefs:\n    matches: []\n  - name: web\n    port: 80\n")]
    public void ItemsThatFitNoEmptyListStay(string spec) =>
        Assert.DoesNotContain(DiagnosticCheck.Find(Head + spec).SelectMany(found => found.Diagnostic.Fixes), fix => fix.Title.StartsWith("Indent", StringComparison.Ordinal));

    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: any}\nspec:\n  containers:\n  - name: a\n    image: b\n    env:\n";

    /// <summary>They are no containers, so nothing is said about their names and images.</summary>
    [Fact]
    public void VariablesLeftOfTheirListAreNoContainers()
    {
        const string Sidecar = "  - name: Side\n    image: c\n";
        DiagnosticCheck.Check(Pod + "  - name: A\n    value: b\n  - name: B\n    value: c\n" + Sidecar, "unknown-field 'value' spec.containers[1].value", "invalid-container 'Side' spec.containers[3].name");
        DiagnosticCheck.Check(Pod + "    - name: A\n      value: b\n    - name: B\n      value: c\n" + Sidecar, "invalid-container 'Side' spec.containers[1].name");
    }

    /// <summary>The API server refuses each of the fields: those that the editor tells with another one have words, too, and their own place.</summary>
    [Theory]
    [InlineData(
        Head + "  rules:\n  - backendRefs:\n  - name: a\n    port: 80\n  - name: b\n    port: 81\n",
        "port: There is no field `port` in `spec.rules[1]`; indented by 4 spaces, this is an item of `backendRefs`, which has none.", "port: There is no field `port` in `spec.rules[2]`.")]
    [InlineData(
        Pod + "  - name: A\n    value: b\n  - name: B\n    value: c\n",
        "value: There is no field `value` in `spec.containers[1]`; indented by 4 spaces, this is an item of `env`, which has none.", "value: There is no field `value` in `spec.containers[2]`.")]
    public void EachIsRefusedInItsOwnWords(string text, params string[] expected)
    {
        DryRunResult result = DryRun.Of(new ManifestDocument(text), SchemaCatalog.Bundled, Channel.Standard);
        Assert.All(result.Causes, cause => Assert.Equal("unknown-field", cause.Code));
        Assert.Equal(expected, result.Causes.Select(cause => $"{text.AsSpan(cause.Span!.Value.Start, cause.Span.Value.Length)}: {cause.Message}"));
    }

    [Fact]
    public void ItemLeftOfItsListMissesNothing() => DiagnosticCheck.Check(
        Head.Replace("HTTPRoute", "Gateway", StringComparison.Ordinal) + "  gatewayClassName: any\n  listeners:\n  - name: a\n    protocol: TLS\n    port: 443\n    tls:\n      certificateRefs:\n  - name: b\n    namespace: c\n",
        "unknown-field 'namespace' spec.listeners[1].namespace");

    [Fact]
    public void NumberForADurationIsOneOfSeconds() => DiagnosticCheck.CheckFix(
        Head + "  rules:\n  - timeouts:\n      request: 10\n", "Change to `10s`", Head + "  rules:\n  - timeouts:\n      request: 10s\n");

    [Fact]
    public void PortOutOfRangeHasNoFix() => Assert.Empty(DiagnosticCheck.Single(Head + "  rules:\n  - backendRefs:\n    - name: a\n      port: 80000\n").Fixes);

    [Theory]
    [InlineData("apiVersion: v1\nkind: service\nmetadata:\n  name: a\nspec:\n  port: x\n", "wrong-kind-case 'service' kind")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: a\nspec:\n  selector: {istio: ingressgateway}\n  servers:\n  - hosts: ['*']\n", "foreign-gateway 'gateway.networking.k8s.io/v1' apiVersion")]
    [InlineData(Head + "  rules:\n  - forwardTo:\n    - serviceName: a\n      port: 80\n", "old-field 'forwardTo' spec.rules[0].forwardTo")]
    public void OneCauseIsOneFinding(string text, string expected) => DiagnosticCheck.Check(text, expected);
}
