using GatewayLsp.Testing;
using static GatewayLsp.Engine.Tests.CodeActions.RefactoringFixture;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Refactorings of listeners, and of what routes are attached to.</summary>
public sealed class GatewayRefactoringTests
{
    [Fact]
    public void HttpsListenerIsACopyWithACertificate()
    {
        Refactored done = RefactoringCheck.After("""
            kind: Gateway
            apiVersion: gateway.networking.k8s.io/v1
            metadata: {name: public, namespace: infra}
            spec:
              gatewayClassName: istio
              listeners:
                # plain
                - name: http-shop$0
                  hostname: "*.example.com"
                  port: 8080
                  protocol: HTTP # no TLS
                  allowedRoutes:
                    namespaces: {from: All}

            """, "Add an HTTPS listener for *.example.com on port 8443");
        Assert.Contains("""
                  protocol: HTTP # no TLS
                  allowedRoutes:
                    namespaces: {from: All}
                - name: https-shop
                  hostname: "*.example.com"
                  port: 8443
                  protocol: HTTPS
                  # kubectl create secret tls public-tls --namespace infra --cert=tls.crt --key=tls.key
                  tls:
                    mode: Terminate
                    certificateRefs:
                      - name: public-tls
                  allowedRoutes:
                    namespaces: {from: All}

            """, done.Text, StringComparison.Ordinal);
        Assert.Equal(["public-tls"], done.Guesses);
        Assert.Empty(done.NewFindings);
        Assert.DoesNotContain(RefactoringCheck.Titles(done.Text.Insert(0, "$0")), title => title.StartsWith("Add an HTTPS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cluster-issuer", "hostname: a.example.com, ", " for a.example.com", "# cert-manager makes the Secret public-tls\n")]
    [InlineData("issuer", "hostname: a.example.com, ", " for a.example.com", "# cert-manager makes the Secret public-tls\n")]
    [InlineData("issuer", "", "", "# cert-manager makes the Secret public-tls once this listener has a hostname\n")]
    public void CertManagerMakesTheSecret(string annotation, string hostname, string offer, string comment)
    {
        string text = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\n"
            + $"metadata: {{name: public, annotations: {{cert-manager.io/{annotation}: letsencrypt}}}}\nspec:\n  gatewayClassName: c\n  listeners:\n"
            + $"  - name: http$0\n    port: 80\n    protocol: HTTP\n    {hostname.Replace(", ", "\n", StringComparison.Ordinal)}";
        string done = RefactoringCheck.After(text.TrimEnd(' '), $"Add an HTTPS listener{offer} on port 443").Text;
        Assert.Contains(comment, done, StringComparison.Ordinal);
        Assert.DoesNotContain("kubectl create secret", done, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOnlyCertificateOfTheNamespaceIsTaken()
    {
        Refactored done = RefactoringCheck.After("""
            $0{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "public"}, "spec": {"gatewayClassName": "c", "listeners": [{"name": "web", "port": 80, "protocol": "HTTP"}]}}
            ---
            {apiVersion: v1, kind: Secret, type: kubernetes.io/tls, metadata: {name: cert}}

            """, "Add an HTTPS listener on port 443");
        Assert.Contains("""{"name": "web-https", "port": 443, "protocol": "HTTPS", "tls": {"mode": "Terminate", "certificateRefs": [{"name": "cert"}]}}""", done.Text, StringComparison.Ordinal);
        Assert.Empty(done.Guesses);
    }

    private const string TwoListeners = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public}
        spec:
          gatewayClassName: c
          listeners:
          - {name: http, port: 80, protocol: HTTP}
          - {name: tls-a, port: 8443, protocol: HTTPS, hostname: a.com, tls: {certificateRefs: [{name: cert}]}}
          - {name: tls-b, port: 8443, protocol: HTTPS, hostname: b.com, tls: {certificateRefs: [{name: cert}]}}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop$0
          namespace: default
        spec:
          hostnames:
          - a.com
          - "b.com"
          parentRefs:
          # the front door
          - name: public
          - name: other
          rules:
          - backendRefs:
            - {name: shop, port: 80}

        """;

    [Fact]
    public void HttpIsRedirectedAndHttpsServed()
    {
        Refactored done = RefactoringCheck.After(TwoListeners, "Redirect HTTP to HTTPS at Gateway public");
        Assert.EndsWith("""
              parentRefs:
              # the front door
              - name: public
                sectionName: tls-a
              - name: public
                sectionName: tls-b
              - name: other
              rules:
              - backendRefs:
                - {name: shop, port: 80}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: shop-redirect
              namespace: default
            spec:
              parentRefs:
              - name: public
                sectionName: http
              hostnames:
              - a.com
              - b.com
              rules:
              - filters:
                - type: RequestRedirect
                  requestRedirect:
                    scheme: https
                    port: 8443
                    statusCode: 301

            """, done.Text, StringComparison.Ordinal);
        Assert.Equal("shop-redirect[0] 301 https://b.com:8443/x", Trace(done.After, "GET http://b.com/x"));
        Assert.Equal("shop[0] 1 shop", Trace(done.After, "GET https://b.com/x port=8443 sni=b.com"));
        Assert.Empty(done.NewFindings);
    }

    [Fact]
    public void OnlyGatewaysThatWouldTakeTheRouteAreOffered()
    {
        const string Fixture = """
            #file: route.yaml
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop$0, namespace: shop}
            spec:
              hostnames: [a.com]
              rules: [{backendRefs: [{name: shop, port: 80}]}]
            #file: gateways.yaml
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: same, namespace: infra}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: other-host, namespace: shop}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP, hostname: b.com}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: own, namespace: shop}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: tcp, namespace: shop}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: TCP}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: open, namespace: infra}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}]}}
            """;
        Assert.Equal(["Attach to Gateway infra/open", "Attach to Gateway own"], RefactoringCheck.Titles(Fixture));
        Refactored done = RefactoringCheck.After(Fixture, "Attach to Gateway infra/open");
        Assert.Contains("spec:\n  parentRefs:\n  - name: open\n    namespace: infra\n  hostnames", done.Text, StringComparison.Ordinal);
        Assert.Contains("HTTPRoute/shop/shop@", string.Join('\n', ConditionCheck.All(done.After)), StringComparison.Ordinal);
        Assert.Equal(["Attach to Gateway own"], RefactoringCheck.Titles("#file: route.yaml\n" + done.Text.Replace("name: shop,", "name: shop$0,", StringComparison.Ordinal) + "\n" + Fixture[Fixture.IndexOf("#file: gateways", StringComparison.Ordinal)..]));
    }

    [Theory]
    [InlineData("Take routes only from the namespace infra", "        from: Same", true)]
    [InlineData("Take routes only from namespaces of attached routes: a, b", "        from: Selector\n        selector:\n          matchExpressions:\n          - key: kubernetes.io/metadata.name\n            operator: In\n            values:\n            - a\n            - b", false)]
    [InlineData("Take routes only from namespaces with the label shared-gateway-access", "        from: Selector\n        selector:\n          matchLabels:\n            shared-gateway-access: \"true\"", null)]
    public void ListenerTakesFewerNamespaces(string title, string namespaces, bool? isRefused)
    {
        string fixture(string rule) => $$$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: public
              namespace: infra
            spec:
              gatewayClassName: c
              listeners:
              - name: http$0
                port: 80
                protocol: HTTP
                allowedRoutes:
                  namespaces:
            {{{rule}}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: b}, spec: {parentRefs: [{name: public, namespace: infra}], rules: [{backendRefs: [{name: s, port: 80}]}]}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: r, namespace: a}, spec: {parentRefs: [{name: public, namespace: infra}], rules: [{backendRefs: [{name: s, port: 80}]}]}}

            """;
        Refactored done = RefactoringCheck.After(fixture("        from: All"), title);
        Assert.Equal(fixture(namespaces).Replace("$0", "", StringComparison.Ordinal), done.Text);
        Assert.Equal(isRefused ?? false, ConditionCheck.Troubles(done.After).Any(line => line.Contains("NotAllowedByListeners", StringComparison.Ordinal)));
    }
}
