using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Routing;

/// <summary>Requests between pods: the Service that is called decides, and who calls.</summary>
public sealed class MeshTraceTests
{
    private const string Manifests = """
        {apiVersion: v1, kind: Service, metadata: {name: echo, namespace: shop}, spec: {ports: [{name: http, port: 80}, {name: alt, port: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v1, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v2, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: producer, namespace: shop}
        spec:
          hostnames: [ignored.example.com]
          parentRefs: [{group: "", kind: Service, name: echo, port: 80}]
          rules:
          - matches: [{path: {value: /v1}}]
            backendRefs: [{name: v1, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: consumer, namespace: client}
        spec:
          parentRefs: [{group: "", kind: Service, name: echo, namespace: shop, sectionName: http}]
          rules:
          - filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: y}]}}]
            backendRefs: [{name: echo, namespace: shop, port: 80}]
        ---
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata: {name: g, namespace: shop}
        spec:
          from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: client}]
          to: [{group: "", kind: Service}]
        """;

    [Theory]
    [InlineData("GET http://echo/v1 from=shop", "producer[0.0] 1 v1")]
    [InlineData("GET http://echo/v2 from=shop", "404")]
    [InlineData("GET http://echo:8080/v2 from=shop", "1 echo")]
    [InlineData("GET http://echo:81/ from=shop", "BadRequest")]
    [InlineData("GET http://echo.shop/v2 from=client", "consumer[0] 1 echo")]
    [InlineData("GET http://echo.shop.svc.cluster.local/v2 from=client", "consumer[0] 1 echo")]
    [InlineData("GET http://echo.shop:8080/v2 from=client", "1 echo")]
    [InlineData("GET http://echo.shop/v1 from=third", "producer[0.0] 1 v1")]
    [InlineData("GET http://v1/ from=shop Host=echo", "1 v1")]
    [InlineData("GET http://example.com/ from=shop", "as it is")]
    [InlineData("GET http://10.0.0.1/ from=shop", "as it is")]
    [InlineData("GET /v1 from=shop", "producer[0.0] 1 v1")]
    public void GoesByTheServiceThatIsCalled(string request, string expected)
    {
        Analysis analysis = WorkspaceFixture.Parse(Manifests).Analysis;
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, request));
        Assert.True(expected == TraceCheck.Summary(trace), $"{TraceCheck.Summary(trace)}\n{string.Join("\n", trace.Why)}");
    }
}
