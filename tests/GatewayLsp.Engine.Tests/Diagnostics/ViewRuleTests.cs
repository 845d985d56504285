using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>What the API server takes of one object and controllers do not, and when nothing is said of it.</summary>
public sealed class ViewRuleTests
{
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\n";
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n";
    private const string Https = "  listeners:\n  - name: web\n    port: 443\n    protocol: HTTPS\n";

    [Theory]
    [InlineData("spec:\n  gatewayClassName: istio\n" + Https, "missing-tls 'HTTPS' spec.listeners[0].protocol")]
    [InlineData("spec:\n  gatewayClassName: istio\n" + Https + "    tls:\n", "missing-tls 'HTTPS' spec.listeners[0].protocol")]
    [InlineData("spec:\n  gatewayClassName: istio\n" + Https + "    tls:\n      certificateRefs:\n      - name: x\n")]
    // Implementations that take certificates from elsewhere.
    [InlineData("  annotations:\n    networking.gke.io/certmap: store\nspec:\n  gatewayClassName: gke-l7-global-external-managed\n" + Https)]
    [InlineData("spec:\n  gatewayClassName: amazon-vpc-lattice\n" + Https)]
    [InlineData("spec:\n  gatewayClassName: x\n  infrastructure:\n    parametersRef: {group: a.b, kind: C, name: d}\n" + Https)]
    [InlineData("spec:\n  gatewayClassName: istio\n" + Https + "    {{- if .Values.tls }}\n    tls: {}\n    {{- end }}\n")]
    [InlineData("spec:\n  gatewayClassName: istio\n" + Https + "    <<: {tls: {options: {a: b}}}\n")]
    public void HttpsNeedsTls(string rest, params string[] expected) => DiagnosticCheck.Check(Gateway + rest, expected);

    [Fact]
    public void TlsIsAdded() => DiagnosticCheck.CheckFix(
        Gateway + "spec:\n  gatewayClassName: istio\n" + Https, "Add `tls` with `certificateRefs`",
        Gateway + "spec:\n  gatewayClassName: istio\n" + Https + "    tls:\n      certificateRefs:\n      - name: edge-tls\n");

    [Theory]
    [InlineData("{from: Selector}", "missing-selector 'Selector' spec.listeners[0].allowedRoutes.namespaces.from")]
    [InlineData("{from: Selector, selector: {}}")]
    [InlineData("{from: Same}")]
    public void SelectorIsNeeded(string namespaces, params string[] expected) => DiagnosticCheck.Check(
        Gateway + $"spec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n    allowedRoutes:\n      namespaces: {namespaces}\n", expected);

    [Theory]
    [InlineData("path: {type: RegularExpression, value: '/a(b'}", "invalid-regex ''/a(b'' spec.rules[0].matches[0].path.value")]
    [InlineData("path: {type: RegularExpression, value: '/a(?=b)'}", "invalid-regex ''/a(?=b)'' spec.rules[0].matches[0].path.value")]
    [InlineData("headers: [{type: RegularExpression, name: a, value: '['}]", "invalid-regex ''['' spec.rules[0].matches[0].headers[0].value")]
    [InlineData("queryParams: [{type: RegularExpression, name: a, value: '*'}]", "invalid-regex ''*'' spec.rules[0].matches[0].queryParams[0].value")]
    [InlineData("path: {type: RegularExpression, value: '/(?i)[[:alpha:]]+\\.\\d{2,3}/(?P<id>.*)$'}")]
    [InlineData("headers: [{name: a, value: '['}]")]
    [InlineData("path: {type: RegularExpression, value: '{{ .Values.path }}('}")]
    [InlineData("path: {type: PathPrefix, value: '/api/*'}", "literal-wildcard ''/api/*'' spec.rules[0].matches[0].path.value")]
    [InlineData("path: {type: Exact, value: '/*'}", "literal-wildcard ''/*'' spec.rules[0].matches[0].path.value")]
    [InlineData("path: {value: '/a/*/b'}", "literal-wildcard ''/a/*/b'' spec.rules[0].matches[0].path.value")]
    [InlineData("path: {type: PathPrefix, value: '/a*b'}")]
    [InlineData("path: {type: RegularExpression, value: '/api/.*'}")]
    public void MatchesThatMatchNothing(string match, params string[] expected) => DiagnosticCheck.Check(Route + $"  rules:\n  - matches:\n    - {match}\n", expected);

    [Theory]
    [InlineData("(", DiagnosticSeverity.Error)]
    [InlineData("a{2,1}", DiagnosticSeverity.Error)]
    [InlineData("(?!x)y", DiagnosticSeverity.Warning)]
    [InlineData("(a)\\\\1", DiagnosticSeverity.Warning)]
    [InlineData("a++", DiagnosticSeverity.Warning)]
    public void WhatOtherDialectsTakeIsAWarning(string pattern, DiagnosticSeverity expected) => Assert.Equal(
        expected, DiagnosticCheck.Single(Route + $"  rules:\n  - matches:\n    - path: {{type: RegularExpression, value: \"/{pattern}\"}}\n").Severity);

    [Theory]
    [InlineData("PathPrefix", "PathPrefix")]
    [InlineData("Exact", "PathPrefix")]
    public void WildcardBecomesAPrefix(string type, string after) => DiagnosticCheck.CheckFix(
        Route + $"  rules:\n  - matches:\n    - path: {{type: {type}, value: /api/*}}\n", "Change to the prefix `/api`",
        Route + $"  rules:\n  - matches:\n    - path: {{type: {after}, value: /api}}\n");

    [Theory]
    [InlineData("10.0.0.1", "address-as-hostname '10.0.0.1' spec.hostnames[0]")]
    [InlineData("10.0.0.256")]
    [InlineData("10.0.1")]
    [InlineData("1.2.3.4.nip.io")]
    public void AddressesAreNoHostnames(string hostname, params string[] expected) => DiagnosticCheck.Check(Route + $"  hostnames:\n  - {hostname}\n", expected);

    [Fact]
    public void NothingIsSaidOfPatches() => DiagnosticCheck.Check(
        Gateway + "spec:\n" + Https, DiagnosticCheck.Context(isPartial: true));
}
