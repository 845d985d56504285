namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>Workspaces that several tests look at.</summary>
internal static class TopologyFixtures
{
    public const string Shop = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: infra}
        spec:
          gatewayClassName: any
          addresses: [{value: 203.0.113.7}]
          listeners:
          - {name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}
          - {name: https, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: wild}]}, allowedRoutes: {namespaces: {from: All}}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: upgrade, namespace: infra}
        spec:
          parentRefs: [{name: front, sectionName: http}]
          rules:
          - filters: [{type: RequestRedirect, requestRedirect: {scheme: https, statusCode: 301}}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: store, namespace: shop}
        spec:
          parentRefs: [{name: front, namespace: infra, sectionName: https}]
          hostnames: [store.example.com]
          rules:
          - matches: [{path: {value: /cart}}]
            filters: [{type: RequestMirror, requestMirror: {percent: 5, backendRef: {name: shadow, port: 8080}}}]
            backendRefs:
            - {name: cart, port: 8080, weight: 90}
            - {name: canary, port: 8080, weight: 10}
          - name: rest
            backendRefs: [{name: web, port: 80}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: cart, namespace: shop}, spec: {selector: {app: cart}, ports: [{port: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: canary, namespace: shop}, spec: {ports: [{port: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: shadow, namespace: shop}, spec: {ports: [{port: 8080}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {ports: [{port: 80}]}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop}
        spec:
          replicas: 3
          selector: {matchLabels: {app: cart}}
          template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: cart, image: "cart:1"}]}}

        """;

    public const string Mesh = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: split, namespace: mesh}
        spec:
          parentRefs: [{group: "", kind: Service, name: echo, port: 80}]
          rules:
          - backendRefs: [{name: echo-v1, port: 80, weight: 3}, {name: echo-v2, port: 80, weight: 1}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: own, namespace: client}
        spec:
          parentRefs: [{group: "", kind: Service, name: echo, namespace: mesh}]
          rules:
          - backendRefs: [{name: local, port: 80}]
        ---
        {apiVersion: v1, kind: Service, metadata: {name: echo, namespace: mesh}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: echo-v1, namespace: mesh}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: echo-v2, namespace: mesh}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: local, namespace: client}, spec: {ports: [{port: 80}]}}

        """;

    public const string ManyClusters = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: global, namespace: catalog, labels: {topology.istio.io/network: blue}}
        spec: {gatewayClassName: any, allowedListeners: {namespaces: {from: All}}, listeners: [{name: http, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more, namespace: team}
        spec: {parentRef: {name: global, namespace: catalog}, listeners: [{name: extra, port: 8080, protocol: HTTP, hostname: team.example.com}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: catalog, namespace: catalog}
        spec:
          parentRefs: [{name: global}]
          rules:
          - backendRefs:
            - {group: net.gke.io, kind: ServiceImport, name: catalog, port: 8080, weight: 2}
            - {group: net.gke.io, kind: ServiceImport, name: elsewhere, port: 8080}
        ---
        apiVersion: net.gke.io/v1
        kind: ServiceImport
        metadata: {name: catalog, namespace: catalog}
        spec: {type: ClusterSetIP, ports: [{port: 8080}]}
        status: {clusters: [{cluster: west}, {cluster: east}]}
        ---
        {apiVersion: net.gke.io/v1, kind: ServiceExport, metadata: {name: catalog, namespace: catalog}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: catalog, namespace: catalog}, spec: {ports: [{port: 8080}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: crossing, namespace: istio-system}
        spec: {gatewayClassName: istio-east-west, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}

        """;
}
