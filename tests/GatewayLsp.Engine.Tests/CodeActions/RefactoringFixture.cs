using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>A route whose rules a test writes, and what it is attached to.</summary>
internal static class RefactoringFixture
{
    public const string Head = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: hello
        spec:
          parentRefs:
          - name: public
          rules:

        """;

    public const string Platform = """

        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            port: 80
            protocol: HTTP
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v1}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v2}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v3}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v1-shadow}, spec: {ports: [{port: 80}]}}

        """;

    public static string Trace(Analysis analysis, string request)
    {
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, request));
        return TraceCheck.Summary(trace);
    }
}
