using GatewayLsp.Engine.CodeLens;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeLens;

/// <summary>The request that a trace starts from.</summary>
public sealed class RequestSampleTests
{
    private const string Rest = """

        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: infra}
        spec:
          gatewayClassName: c
          listeners:
          - {name: web, port: 8080, protocol: HTTP, hostname: "*.example.com", allowedRoutes: {namespaces: {from: All}}}
          - {name: tls, port: 443, protocol: TLS, hostname: pass.example.org, allowedRoutes: {namespaces: {from: All}}, tls: {mode: Passthrough}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cart}, spec: {ports: [{port: 80}]}}
        """;

    [Theory]
    [InlineData("{kind: HTTPRoute$0, X, spec: {P, rules: [{backendRefs: []}]}}", "GET http://www.example.com:8080/ @infra/edge")]
    [InlineData("{kind: HTTPRoute, X, spec: {P, hostnames: [a.example.com], rules: [{matches: [{path: {value: /a}}]}, {matches: [{path: {type: Exact, value: /b$0}, method: POST}]}]}}", "POST http://a.example.com:8080/b @infra/edge")]
    [InlineData("{kind: HTTPRoute, X, spec: {P, rules: [{matches: [{path: {value: /a}}, {headers: [{name: x, value: 'a\"b'}], queryParams: [{name: q, value: a b$0}]}]}]}}", "GET http://www.example.com:8080/?q=a%20b -H \"x: a\\\"b\" @infra/edge")]
    [InlineData("{kind: HTTPRoute, X, spec: {P, rules: [{matches: [{path: {type: RegularExpression, value: '/v[0-9]+/x'}}]$0}]}}", "GET http://www.example.com:8080/v @infra/edge")]
    [InlineData("{kind: GRPCRoute, X, spec: {P, rules: [{matches: [{method: {service: shop.Orders, method: Get}}]}]$0}}", "grpc://www.example.com:8080/shop.Orders/Get @infra/edge")]
    [InlineData("{kind: TLSRoute, X, spec: {P, hostnames: [pass.example.org], rules: []$0}}", "tls://pass.example.org:443 @infra/edge")]
    [InlineData("{kind: HTTPRoute, X, spec: {parentRefs: [{group: '', kind: Service, name: cart}], rules: [{matches: [{path: {value: /a}}]$0}]}}", "GET http://cart.default/a from default")]
    [InlineData("{kind: HTTPRoute, X, spec: {parentRefs: [{name: elsewhere}], hostnames: ['*.a.com'], rules: [{backendRefs: []$0}]}}", "GET http://www.a.com/ @default/elsewhere")]
    [InlineData("{kind: HTTPRoute, X, spec: {rules: [{backendRefs: []$0}]}}", null)]
    [InlineData("{kind: Gateway, X, spec: {listeners: [{name: a, port: 80, protocol: HTTP}, {name: b, port: 443, protocol: HTTPS, hostname: b.com$0}]}}", "GET https://b.com/ @default/r")]
    [InlineData("{kind: ReferenceGrant$0, X}", null)]
    public void RequestFitsTheMatch(string one, string? expected)
    {
        string text = one.Replace("X", "apiVersion: gateway.networking.k8s.io/v1, metadata: {name: r}", StringComparison.Ordinal).Replace("P,", "parentRefs: [{name: edge, namespace: infra}],", StringComparison.Ordinal);
        WorkspaceFixture fixture = WorkspaceFixture.Parse(text + Rest);
        RequestSample? sample = fixture.Analysis.RequestAt(fixture.Path, fixture.Cursor);
        Assert.Equal(expected, sample is null ? null : sample.Text + (sample.Gateway is { } gateway ? $" @{gateway.Namespace}/{gateway.Name}" : $" from {sample.ClientNamespace}"));
    }
}
