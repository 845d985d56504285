using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics;

/// <summary>Validation rules in the editor: which code, on which text, with the API server's field; and their repairs.</summary>
public sealed class FieldsRuleTests
{
    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: store\nspec:\n";
    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: edge\nspec:\n  gatewayClassName: example\n  listeners:\n";
    private const string Backend = "    backendRefs:\n    - name: store\n      port: 8080\n";

    [Theory]
    [InlineData("  rules:\n  - backendRefs:\n    - name: store\n", "missing-backend-port 'store' spec.rules[0].backendRefs[0]")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n", "type-field-mismatch 'RequestRedirect' spec.rules[0].filters[0]")]
    [InlineData("  rules:\n  - filters:\n    - type: URLRewrite\n      requestRedirect:\n        scheme: https\n", "type-field-mismatch 'requestRedirect' spec.rules[0].filters[0]")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        path:\n          type: ReplaceFullPath\n          replacePrefixMatch: /\n", "type-field-mismatch 'replacePrefixMatch' spec.rules[0].filters[0].requestRedirect.path")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        scheme: https\n" + Backend, "redirect-with-backends 'backendRefs' spec.rules[0]")]
    [InlineData("  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite:\n        hostname: a.b\n    - type: URLRewrite\n      urlRewrite:\n        hostname: a.c\n" + Backend, "conflicting-filters 'URLRewrite' spec.rules[0].filters")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        value: shop\n" + Backend, "invalid-path 'shop' spec.rules[0].matches[0].path")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        value: /a//b#\n" + Backend, "invalid-path '/a//b#' spec.rules[0].matches[0].path")]
    [InlineData("  rules:\n  - timeouts:\n      request: 1s\n      backendRequest: 2s\n" + Backend, "timeout-order '2s' spec.rules[0].timeouts")]
    [InlineData("  rules:\n  - timeouts:\n      request: 1x\n      backendRequest: 2s\n" + Backend, "invalid-value '1x' spec.rules[0].timeouts.request")]
    [InlineData("  parentRefs:\n  - name: edge\n  - name: edge\n", "ambiguous-reference 'edge' spec.parentRefs")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: copy\n          port: 80\n        fraction:\n          numerator: 3\n          denominator: 2\n", "mirror-share '3' spec.rules[0].filters[0].requestMirror.fraction")]
    [InlineData("  rules:\n  - filters:\n    - type: CORS\n      cors:\n        allowMethods: [GET, '*']\n", "cors-wildcard ''*'' spec.rules[0].filters[0].cors.allowMethods")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        type: Exact\n        value: /a\n    filters:\n    - type: RequestRedirect\n      requestRedirect:\n        path:\n          type: ReplacePrefixMatch\n          replacePrefixMatch: /b\n", "prefix-replacement-without-prefix '/b' spec.rules[0]")]
    public void OneFaultOfARouteIsOneFinding(string spec, string expected) => DiagnosticCheck.Check(Route + spec, expected);

    [Theory]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n  - name: a\n    port: 81\n    protocol: HTTP\n", "duplicate-item 'a' spec.listeners[1]")]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n  - name: b\n    port: 80\n    protocol: HTTP\n", "duplicate-listener '80' spec.listeners")]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n    tls:\n      mode: Passthrough\n", "listener-protocol-mismatch 'tls' spec.listeners")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: Passthrough\n", "listener-protocol-mismatch 'Passthrough' spec.listeners")]
    [InlineData("  - name: a\n    port: 443\n    protocol: TLS\n", "listener-protocol-mismatch 'TLS' spec.listeners")]
    [InlineData("  - name: a\n    port: 443\n    protocol: TCP\n    hostname: a.b\n", "listener-protocol-mismatch 'a.b' spec.listeners")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {}\n", "missing-certificate '{}' spec.listeners[0].tls")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs: []\n", "missing-certificate 'tls' spec.listeners[0].tls")]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n  addresses:\n  - type: Hostname\n    value: A_b\n", "broken-rule 'type' spec.addresses[0]")]
    [InlineData("  - name: a\n    port: 80\n    protocol: HTTP\n  addresses:\n  - value: 1.1.1.1\n  - value: 1.1.1.1\n", "duplicate-entry '1.1.1.1' spec.addresses")]
    public void OneFaultOfAGatewayIsOneFinding(string listeners, params string[] expected) => DiagnosticCheck.Check(Gateway + listeners, expected);

    [Theory]
    [InlineData("  rules:\n  - backendRefs:\n    - group: example.com\n      kind: Store\n      name: store\n")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        type: RegularExpression\n        value: a.*#\n" + Backend)]
    [InlineData("  parentRefs:\n  - name: edge\n    sectionName: a\n  - name: edge\n    sectionName: b\n  - name: edge\n    namespace: other\n")]
    [InlineData("  rules:\n  - timeouts:\n      request: 0s\n      backendRequest: 2s\n" + Backend)]
    [InlineData("  rules:\n  - backendRefs:\n    - name: {{ .Values.name }}\n")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        value: \"{{ .Values.path }}\"\n" + Backend)]
    public void WhatIsRightOrUnknownIsLeftAlone(string spec) => DiagnosticCheck.Check(Route + spec);

    [Fact]
    public void APatchLacksNothing() =>
        DiagnosticCheck.Check(Route + "  rules:\n  - backendRefs:\n    - name: store\n", DiagnosticCheck.Context(isPartial: true));

    [Fact]
    public void WhereTheStructureIsWrongTheRulesKeepSilent() => DiagnosticCheck.Check(
        Route + "  rules:\n  - backendRefs:\n    - name: store\n      prt: 80\n  - matches:\n    - path:\n        value: /other\n    backendRefs:\n    - name: other\n",
        "unknown-field 'prt' spec.rules[0].backendRefs[0].prt", "missing-backend-port 'other' spec.rules[1].backendRefs[0]");

    [Fact]
    public void RulesOfTheExperimentalChannelHoldOnlyThere()
    {
        string text = Route + "  rules:\n  - name: a\n  - name: a\n    matches:\n    - path:\n        value: /a\n";
        DiagnosticCheck.Check(text);
        DiagnosticCheck.Check(text, DiagnosticCheck.Context(Channel.Experimental), "duplicate-entry 'a' spec.rules");
    }

    [Theory]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n", "Add `requestRedirect`", "  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        scheme: https\n        statusCode: 301\n")]
    [InlineData("  rules:\n  - filters:\n    - type: URLRewrite\n      requestRedirect: {}\n", "Change `type` to `RequestRedirect`", "  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {}\n")]
    [InlineData("  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite: {}\n      requestRedirect: {}\n", "Remove `requestRedirect`", "  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite: {}\n")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: store\n", "Add `port`", "  rules:\n  - backendRefs:\n    - name: store\n      port: 80\n")]
    [InlineData("  rules:\n  - matches:\n    - path:\n        value: shop\n", "Change to `/shop`", "  rules:\n  - matches:\n    - path:\n        value: /shop\n")]
    [InlineData("  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {}\n    backendRefs:\n    - name: store\n      port: 80\n", "Remove `backendRefs`", "  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {}\n")]
    public void FixesOfRoutes(string spec, string title, string after) => DiagnosticCheck.CheckFix(Route + spec, title, Route + after);

    [Theory]
    [InlineData("type: Exact, value: '/a?b=c'", "")]
    [InlineData("type: PathPrefix, value: '/a?'", "")]
    [InlineData("type: Exact, value: '^/a/[0-9]+$'", "Change `type` to `RegularExpression`")]
    public void AQueryIsNoPattern(string path, string titles) => Assert.Equal(
        titles, string.Join(", ", DiagnosticCheck.Single(Route + $"  rules:\n  - matches:\n    - path: {{{path}}}\n").Fixes.Select(fix => fix.Title)));

    [Theory]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: Terminate\n", "Add `certificateRefs`", "  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: Terminate\n      certificateRefs:\n      - name: example-com-tls\n")]
    [InlineData("  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: Passthrough\n", "Change `mode` to `Terminate`", "  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      mode: Terminate\n")]
    [InlineData("  - name: a\n    port: 443\n    protocol: TLS\n", "Add `tls` with `mode: Passthrough`", "  - name: a\n    port: 443\n    protocol: TLS\n    tls:\n      mode: Passthrough\n")]
    [InlineData("  - name: a\n    port: 80\n    protocol: TCP\n    hostname: a.b\n", "Remove `hostname`", "  - name: a\n    port: 80\n    protocol: TCP\n")]
    public void FixesOfGateways(string listeners, string title, string after) => DiagnosticCheck.CheckFix(Gateway + listeners, title, Gateway + after);

    [Theory]
    [InlineData("GRPCRoute", "  rules:\n  - matches:\n    - method: {}\n", "invalid-grpc-method '{}' spec.rules[0].matches[0].method")]
    [InlineData("TLSRoute", "  hostnames:\n  - 10.0.0.1\n  rules:\n  - backendRefs:\n    - name: a\n      port: 1\n", "invalid-server-name '10.0.0.1' spec.hostnames")]
    [InlineData("BackendTLSPolicy", "  targetRefs:\n  - group: ''\n    kind: Service\n    name: a\n  validation:\n    hostname: a.b\n", "ca-certificate-source 'validation' spec.validation")]
    public void OtherKinds(string kind, string spec, string expected) =>
        DiagnosticCheck.Check($"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata:\n  name: a\nspec:\n{spec}", expected);
}
