using System.Collections.Immutable;

namespace GatewayLsp.Engine.Completion;

/// <summary>A way of using Gateway API that is asked for by its purpose: <c>Label</c> says which, <c>Body</c> is a snippet of whole objects.</summary>
internal sealed record ResourcePattern(string Kind, string Label, string About, string Body)
{
    public static readonly ImmutableArray<ResourcePattern> All =
    [
        new("HTTPRoute", "HTTPRoute: split 80/20", "Sends four fifths of the traffic to the present version and one fifth to the next.", Route("my-split", """
              - backendRefs:
                - name: ${4:my-service}
                  port: ${5:8080}
                  weight: 80
                - name: ${6:my-service-next}
                  port: ${7:8080}
                  weight: 20
            """)),
        new("HTTPRoute", "HTTPRoute: canary by header", "Requests with a certain header reach the next version, all others the present one.", Route("my-canary", """
              - matches:
                - headers:
                  - name: ${4:X-Canary}
                    value: ${5:always}
                backendRefs:
                - name: ${6:my-service-next}
                  port: ${7:8080}
              - backendRefs:
                - name: ${8:my-service}
                  port: ${9:8080}
            """)),
        new("HTTPRoute", "HTTPRoute: redirect HTTP to HTTPS", "Answers on the plain listener with a permanent redirect to `https`.", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: ${1:my-redirect}
            spec:
              parentRefs:
              - name: ${2:my-gateway}
                sectionName: ${3:http}
              rules:
              - filters:
                - type: RequestRedirect
                  requestRedirect:
                    scheme: https
                    statusCode: 301
            """),
        new("HTTPRoute", "HTTPRoute: mirror", "Serves from one backend and sends a copy of each request to another, whose answers are dropped.", Route("my-mirror", """
              - filters:
                - type: RequestMirror
                  requestMirror:
                    backendRef:
                      name: ${4:my-service-shadow}
                      port: ${5:8080}
                backendRefs:
                - name: ${6:my-service}
                  port: ${7:8080}
            """)),
        new("Gateway", "Gateway: HTTP and HTTPS", "A listener for each of both, with a certificate from a Secret.", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: ${1:my-gateway}
            spec:
              gatewayClassName: ${2:istio}
              listeners:
              - name: http
                protocol: HTTP
                port: 80
              - name: https
                protocol: HTTPS
                port: 443
                hostname: ${3:"*.example.com"}
                tls:
                  mode: Terminate
                  certificateRefs:
                  - name: ${4:my-certificate}
            """),
        new("ReferenceGrant", "ReferenceGrant: routes to Services", "Lets HTTPRoutes of another namespace use the Services of this one.", """
            apiVersion: gateway.networking.k8s.io/v1
            kind: ReferenceGrant
            metadata:
              name: ${1:allow-routes}
              namespace: ${2:namespace-of-the-services}
            spec:
              from:
              - group: gateway.networking.k8s.io
                kind: HTTPRoute
                namespace: ${3:namespace-of-the-routes}
              to:
              - group: ""
                kind: Service
            """),
    ];

    public string Group => Sources.ValueSource.GatewayGroup;

    /// <summary>A route with the usual head; the rules take tab stops from 4 on.</summary>
    private static string Route(string name, string rules) =>
        "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: ${1:" + name + "}\nspec:\n  parentRefs:\n  - name: ${2:my-gateway}\n"
        + "  hostnames:\n  - ${3:www.example.com}\n  rules:\n" + rules;
}
