using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Completion;

/// <summary>Names and numbers that only the workspace knows.</summary>
public sealed class WorkspaceValueTests
{
    private const string Objects = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: edge}
        spec: {controllerName: example.com/edge}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: main, namespace: infra}
        spec:
          gatewayClassName: edge
          listeners:
          - {name: web, protocol: HTTP, port: 8081}
          - {name: secure, protocol: HTTPS, port: 8443, hostname: "*.example.com"}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: local, namespace: shop}
        spec:
          gatewayClassName: edge
          listeners:
          - {name: plain, protocol: HTTP, port: 80, hostname: shop.example.com}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: ListenerSet
        metadata: {name: more, namespace: shop}
        spec:
          parentRef: {name: local}
          listeners:
          - {name: extra, protocol: HTTP, port: 90}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: cart, namespace: shop}
        spec:
          ports:
          - {name: http, port: 8080}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: two-ports, namespace: shop}
        spec:
          ports:
          - {name: http, port: 8080}
          - {name: metrics, port: 9090}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: login, namespace: auth}
        spec:
          ports:
          - port: 8443
        ---
        apiVersion: net.gke.io/v1
        kind: ServiceImport
        metadata: {name: global, namespace: shop}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: a-password, namespace: infra}
        type: Opaque
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: wildcard, namespace: infra}
        type: kubernetes.io/tls
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: ca, namespace: shop}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: empty, labels: {expose: "true", tier: front}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: cart, namespace: shop, labels: {team: blue}}
        spec:
          template:
            metadata:
              labels: {app: cart}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: GRPCRoute
        metadata: {name: users, namespace: shop}
        spec:
          hostnames: [grpc.example.com]
          rules:
          - matches:
            - method: {service: com.example.User, method: Login}

        """;

    private const string Route = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\n  namespace: shop\nspec:\n";

    private const string Gateway = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: g\n  namespace: infra\nspec:\n";

    [Theory]
    [InlineData(Gateway + "  gatewayClassName: $0", "edge")]
    [InlineData(Route + "  parentRefs:\n  - name: $0", "local more main")]
    [InlineData(Route + "  parentRefs:\n  - kind: ListenerSet\n    name: $0", "more")]
    [InlineData(Route + "  parentRefs:\n  - namespace: infra\n    name: $0", "main")]
    [InlineData(Route + "  parentRefs:\n  - name: local\n    sectionName: $0", "plain")]
    [InlineData(Route + "  parentRefs:\n  - name: main\n    namespace: infra\n    sectionName: $0", "web secure")]
    [InlineData(Route + "  parentRefs:\n  - sectionName: $0\n    name: main\n", "web secure")]
    [InlineData(Route + "  parentRefs:\n  - name: more\n    kind: ListenerSet\n    sectionName: $0", "extra")]
    [InlineData(Route + "  parentRefs:\n  - name: main\n    namespace: infra\n    port: $0", "8081 8443")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - name: $0", "cart two-ports global login")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - namespace: auth\n      name: $0", "login")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - kind: ServiceImport\n      name: $0", "global")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - name: two-ports\n      port: $0", "8080 9090")]
    [InlineData(Route + "  rules:\n  - backendRefs:\n    - name: login\n      namespace: auth\n      port: $0", "8443")]
    [InlineData(Route + "  rules:\n  - filters:\n    - requestMirror:\n        backendRef:\n          name: t$0", "two-ports")]
    [InlineData(Gateway + "  listeners:\n  - tls:\n      certificateRefs:\n      - name: $0", "wildcard a-password")]
    [InlineData(Route + "  parentRefs:\n  - name: x\n    namespace: $0", "auth empty infra shop")]
    [InlineData("kind: HTTPRoute\nmetadata:\n  namespace: s$0", "shop")]
    [InlineData(Route + "  parentRefs:\n  - name: main\n    namespace: infra\n  hostnames:\n  - $0", "www.example.com *.example.com grpc.example.com shop.example.com")]
    [InlineData(Route + "  hostnames: [$0]", "*.example.com grpc.example.com shop.example.com")]
    [InlineData(Gateway + "  listeners:\n  - allowedRoutes:\n      namespaces:\n        selector:\n          matchLabels:\n            $0", "expose kubernetes.io/metadata.name tier")]
    [InlineData(Gateway + "  listeners:\n  - allowedRoutes:\n      namespaces:\n        selector:\n          matchLabels:\n            tier: $0", "front")]
    [InlineData(Gateway + "  listeners:\n  - allowedRoutes:\n      namespaces:\n        selector:\n          matchLabels:\n            kubernetes.io/metadata.name: e$0", "empty")]
    [InlineData("kind: HTTPRoute\nmetadata:\n  labels:\n    te$0", "team")]
    [InlineData("kind: HTTPRoute\nmetadata:\n  labels:\n    $0", "app expose team")]
    [InlineData("apiVersion: v1\nkind: Service\nspec:\n  selector:\n    $0", "app app.kubernetes.io/name")]
    [InlineData("apiVersion: v1\nkind: Service\nspec:\n  selector:\n    app: $0", "cart")]
    [InlineData("kind: HTTPRoute\nmetadata:\n  labels:\n    team: $0", "blue")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {namespace: shop}\nspec:\n  validation:\n    caCertificateRefs:\n    - kind: ConfigMap\n      name: $0", "ca")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {namespace: shop}\nspec:\n  targetRefs:\n  - kind: Service\n    name: $0", "cart two-ports")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: BackendTLSPolicy\nmetadata: {namespace: shop}\nspec:\n  targetRefs:\n  - kind: Service\n    name: two-ports\n    sectionName: $0", "http metrics")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: ReferenceGrant\nmetadata: {namespace: auth}\nspec:\n  to:\n  - group: \"\"\n    kind: Service\n    name: $0", "login")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nspec:\n  rules:\n  - matches:\n    - method:\n        service: $0", "com.example.User")]
    [InlineData("apiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nspec:\n  rules:\n  - matches:\n    - method:\n        method: $0", "Login")]
    public void Offers(string fixture, string first)
    {
        string[] expected = first.Split(' ');
        Assert.Equal(expected, CompletionCheck.At(fixture, Objects).Labels.Take(expected.Length));
    }

    /// <summary>A choice brings along what it needs: the only port, another namespace, another kind.</summary>
    [Theory]
    [InlineData("  rules:\n  - backendRefs:\n    - name: $0", "cart", "    - name: cart\n      port: 8080")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: ca$0\n      weight: 1", "cart", "    - name: cart\n      port: 8080\n      weight: 1")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: $0\n      port: 1", "cart", "    - name: cart\n      port: 1")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: $0", "two-ports", "    - name: two-ports")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: $0", "login", "    - name: login\n      namespace: auth\n      port: 8443")]
    [InlineData("  rules:\n  - backendRefs:\n    - name:$0", "global", "    - name: global\n      group: net.gke.io\n      kind: ServiceImport")]
    [InlineData("  rules:\n  - backendRefs:\n    - name: \"$0\"", "cart", "    - name: \"cart\"")]
    [InlineData("  rules:\n  - backendRefs: [{name: $0}]", "cart", "  - backendRefs: [{name: cart, port: 8080}]")]
    [InlineData("  rules:\n  - backendRefs: [{name: l$0, port: 1}]", "login", "  - backendRefs: [{name: login, namespace: auth, port: 1}]")]
    [InlineData("  rules:\n  - backendRefs:\n    - {name: $0}", "login", "    - {name: login, namespace: auth, port: 8443}")]
    [InlineData("  rules:\n  - backendRefs:\n    - {\"weight\": 1, \"name\": $0}", "login", "{\"weight\": 1, \"name\": \"login\", \"namespace\": \"auth\", \"port\": 8443}")]
    [InlineData("  parentRefs: [{name: $0}]", "main", "  parentRefs: [{name: main, namespace: infra}]")]
    [InlineData("  parentRefs: [{namespace: infra, name: $0}]", "main", "  parentRefs: [{namespace: infra, name: main}]")]
    [InlineData("  parentRefs: [{\"name\": \"$0\"}]", "main", "  parentRefs: [{\"name\": \"main\", \"namespace\": \"infra\"}]")]
    [InlineData("  parentRefs: [{\"name\": \"m$0", "main", "  parentRefs: [{\"name\": \"main\", \"namespace\": \"infra\"")]
    [InlineData("  parentRefs: [{name: 'm$0', port: 80}]", "main", "  parentRefs: [{name: 'main', namespace: infra, port: 80}]")]
    [InlineData("  parentRefs:\n  - name: \"$0\"\n    port: 80", "main", "  - name: \"main\"\n    namespace: infra\n    port: 80")]
    [InlineData("  parentRefs:\n  - name: \"$0", "main", "  - name: \"main\"\n    namespace: infra")]
    [InlineData("  parentRefs:\n  - name: $0", "main", "  - name: main\n    namespace: infra")]
    [InlineData("  parentRefs:\n  - name: $0", "more", "  - name: more\n    kind: ListenerSet")]
    [InlineData("  hostnames:\n  - $0", "*.example.com", "  - \"*.example.com\"")]
    [InlineData("  hostnames:\n    $0", "- grpc.example.com", "    - grpc.example.com")]
    public void BringsAlong(string spec, string label, string tail)
    {
        string text = CompletionCheck.At(Route + spec, Objects).Accept(label);
        Assert.EndsWith(tail, text, StringComparison.Ordinal);
    }

    /// <summary>Of very many, those that fit what is typed; and the editor is told to ask again.</summary>
    [Fact]
    public void FindsOneOfThousands()
    {
        string services = string.Join("---\n", Enumerable.Range(0, 3000).Select(i => $"apiVersion: v1\nkind: Service\nmetadata: {{name: service-{i}, namespace: shop}}\n"));
        CompletionCheck check = CompletionCheck.At(Route + "  rules:\n  - backendRefs:\n    - name: service-299$0", services);
        Assert.Equal(["service-299", "service-2990"], check.Labels.Take(2));
        Assert.True(check.IsIncomplete);
        Assert.InRange(CompletionCheck.At(Route + "  rules:\n  - backendRefs:\n    - name: $0", services).Labels.Count, 100, 400);
    }

    [Fact]
    public void SaysWhereAnObjectIs() =>
        Assert.Equal("Service shop/cart", CompletionCheck.At(Route + "  rules:\n  - backendRefs:\n    - name: $0", Objects).Item("cart").Detail);

    /// <summary>The half-typed word at the cursor is no name.</summary>
    [Fact]
    public void DoesNotOfferWhatIsTyped() =>
        Assert.Empty(CompletionCheck.At("apiVersion: v1\nkind: Service\nmetadata:\n  namespace: qqq$0\n").Labels);
}
