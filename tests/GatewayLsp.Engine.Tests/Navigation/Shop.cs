using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Navigation;

/// <summary>A small workspace in which everything refers to something.</summary>
internal static class Shop
{
    public const string Text = """
        #file: infra.yaml
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata:
          name: istio
        spec:
          controllerName: istio.io/gateway-controller
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: public
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: http
            port: 80
            protocol: HTTP
          - name: https
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: cert
            allowedRoutes:
              namespaces:
                from: Selector
                selector:
                  matchLabels:
                    kubernetes.io/metadata.name: shop
        ---
        apiVersion: v1
        kind: Secret
        metadata:
          name: cert
          namespace: infra
        #file: grant.yaml
        apiVersion: gateway.networking.k8s.io/v1beta1
        kind: ReferenceGrant
        metadata:
          name: from-shop
          namespace: pay
        spec:
          from:
          - group: gateway.networking.k8s.io
            kind: HTTPRoute
            namespace: shop
          to:
          - group: ''
            kind: Service
            name: pay
        #file: shop.yaml
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: cart
          namespace: shop
        spec:
          parentRefs:
          - name: public
            namespace: infra
            sectionName: https
          rules:
          - backendRefs:
            - name: cart
              port: 8080
              weight: 9
            - name: "cart-next"
              port: 8080
            filters:
            - type: RequestMirror
              requestMirror:
                backendRef:
                  name: cart
                  port: 8080
          - backendRefs:
            - name: pay
              namespace: pay
              port: 80
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: cart
          namespace: shop
        spec:
          selector:
            app: cart
          ports:
          - name: web
            port: 8080
            targetPort: http
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: BackendTLSPolicy
        metadata:
          name: cart
          namespace: shop
        spec:
          targetRefs:
          - group: ''
            kind: Service
            name: cart
            sectionName: web
          validation:
            hostname: cart.example.com
            caCertificateRefs:
            - group: ''
              kind: ConfigMap
              name: ca
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: ca
          namespace: shop
        #file: run.yaml
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: cart-v1
          namespace: shop
        spec:
          template:
            metadata:
              labels: {app: cart, version: v1}
            spec:
              containers:
              - name: main
                ports:
                - name: http
                  containerPort: 3000
                envFrom:
                - configMapRef: {name: ca}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata:
          name: old
          namespace: shop
        spec:
          rules:
          - http:
              paths:
              - path: /
                pathType: Prefix
                backend:
                  service:
                    name: cart
                    port:
                      name: web
        ---
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata:
          name: cart-1
          namespace: shop
          labels:
            kubernetes.io/service-name: cart
        ports:
        - name: web
          port: 3000
        #file: pay.yaml
        apiVersion: v1
        kind: Service
        metadata:
          name: pay
          namespace: pay
        spec:
          ports:
          - port: 80

        """;

    /// <summary>The workspace with the cursor in front of a text in a file: the one that is so many-th of its like.</summary>
    public static WorkspaceFixture At(string file, string text, int nth = 1)
    {
        int at = Text.IndexOf("#file: " + file, StringComparison.Ordinal);
        for (; nth > 0; nth--)
        {
            at = Text.IndexOf(text, at + 1, StringComparison.Ordinal);
        }
        at += text.TrimEnd().LastIndexOf(' ') + 1;
        return WorkspaceFixture.Parse(Text.Insert(at + 1, "$0"));
    }
}
