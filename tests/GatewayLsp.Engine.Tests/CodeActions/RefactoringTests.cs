using GatewayLsp.Engine.CodeActions.Refactorings;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.CodeActions;

/// <summary>Each refactoring by what it makes of a manifest, and by what becomes of requests.</summary>
public sealed class RefactoringTests
{
    private const string Head = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: hello
        spec:
          parentRefs:
          - name: public
          rules:

        """;

    private const string Platform = """

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

    /// <summary>Title; the rules before, with the cursor; after; where a request to / goes then.</summary>
    public static TheoryData<string, string, string, string> Rules => new()
    {
        // Weights come as percents where that is even, comments and order of fields stay.
        { "Canary v2: 10 %", "  - backendRefs:\n    - name: v1\n      port: 80\n    - name: v2$0\n      port: 80\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2\n      port: 80\n      weight: 10\n", "9/10 v1, 1/10 v2" },
        { "Canary v2: 25 %", "  - backendRefs:\n    - weight: 90 # stable\n      name: v1\n      port: 80\n    - name: v2$0\n      weight: 10\n      port: 80\n", "  - backendRefs:\n    - weight: 75 # stable\n      name: v1\n      port: 80\n    - name: v2\n      weight: 25\n      port: 80\n", "3/4 v1, 1/4 v2" },
        { "Canary v2: 50 %", "  - backendRefs: [{name: v1, port: 80, weight: 9}, {name: v2, port: 80, weight: 1}]$0\n", "  - backendRefs: [{name: v1, port: 80, weight: 50}, {name: v2, port: 80, weight: 50}]\n", "1/2 v1, 1/2 v2" },
        { "Canary v1: 100 % (v2 at weight 0)", "  - backendRefs: [ {name: v1$0, port: 80}, {name: v2, port: 80} ]\n", "  - backendRefs: [ {name: v1, port: 80, weight: 100}, {name: v2, port: 80, weight: 0} ]\n", "1 v1, 0 v2" },
        { "Canary v2: 25 %", "  - backendRefs:\n      - name: v1\n        port: 80\n        weight: 0\n      - name: v2$0\n        port: 80\n        weight: 7\n", "  - backendRefs:\n      - name: v1\n        port: 80\n        weight: 75\n      - name: v2\n        port: 80\n        weight: 25\n", "3/4 v1, 1/4 v2" },
        // The others keep their proportion, here 2 to 1, exactly.
        { "Canary v3: 25 %", "  - backendRefs: [{name: v1, port: 80, weight: 2}, {name: v2, port: 80, weight: 1}, {name: v3$0, port: 80, weight: 2}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 50}, {name: v2, port: 80, weight: 25}, {name: v3, port: 80, weight: 25}]\n", "1/2 v1, 1/4 v2, 1/4 v3" },
        { "Canary v3: 10 %", "  - backendRefs: [{name: v1, port: 80, weight: 4}, {name: v2, port: 80, weight: 3}, {name: v3$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 36}, {name: v2, port: 80, weight: 27}, {name: v3, port: 80, weight: 7}]\n", "18/35 v1, 27/70 v2, 1/10 v3" },
        { "Promote v2: remove v1", "  - backendRefs:\n    # the old one\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2$0 # the new one\n      port: 80\n      weight: 10\n", "  - backendRefs:\n    # the old one\n    - name: v2 # the new one\n      port: 80\n", "1 v2" },
        { "Promote v2: remove the other 2 backends", "  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80, weight: 0}, {name: v3, port: 80}]\n", "  - backendRefs: [{name: v2, port: 80}]\n", "1 v2" },
        { "Roll back v2: weight 0", "  - backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2$0, port: 80, weight: 10}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2, port: 80, weight: 0}]\n", "1 v1, 0 v2" },
        { "Roll back v2: remove it", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    - name: v2$0\n      port: 80\n      weight: 10\n    # the end\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 90\n    # the end\n", "1 v1" },
        { "Blue-green switch: all requests to v2", "  - backendRefs:$0\n    - name: v1\n      port: 80\n    - name: v2\n      port: 80\n      weight: 0\n", "  - backendRefs:\n    - name: v1\n      port: 80\n      weight: 0\n    - name: v2\n      port: 80\n      weight: 1\n", "0 v1, 1 v2" },
        { "Split traffic: 10 % to a second backend v2", "  - backendRefs: # all\n      - port: 80\n        name: \"v1\"$0\n        namespace: default\n", "  - backendRefs: # all\n      - port: 80\n        weight: 90\n        name: \"v1\"\n        namespace: default\n      - port: 80\n        weight: 10\n        name: \"v2\"\n        namespace: default\n", "9/10 v1, 1/10 v2" },
        { "Split traffic", "  - {backendRefs: [{name: v1, port: 80}]}$0\n", "  - {backendRefs: [{name: v1, port: 80, weight: 90}, {name: v2, port: 80, weight: 10}]}\n", "9/10 v1, 1/10 v2" },
        { "Mirror requests to a shadow backend v1-shadow", "  - backendRefs: [{name: v1$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80}]\n    filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: v1-shadow\n          port: 80\n", "1 v1 + 1 default/v1-shadow:80" },
        { "Mirror 10 % of the requests", "  - filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}]\n    backendRefs:\n    - {name: v1$0, port: 80}\n", "  - filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}, {type: RequestMirror, requestMirror: {backendRef: {name: v1-shadow, port: 80}, percent: 10}}]\n    backendRefs:\n    - {name: v1, port: 80}\n", "1 v1 + 1/10 default/v1-shadow:80" },
        { "Stop mirroring to v3", "  - name: all\n    filters:\n    - type: RequestMirror\n      requestMirror: {backendRef: {name: v2, port: 80}}\n    - type: RequestMirror\n      # shadow\n      requestMirror: {backendRef: {name: v3, port: 80}}$0\n    backendRefs: [{name: v1, port: 80}]\n", "  - name: all\n    filters:\n    # shadow\n    - type: RequestMirror\n      requestMirror: {backendRef: {name: v2, port: 80}}\n    backendRefs: [{name: v1, port: 80}]\n", "1 v1 + 1 default/v2:80" },
        { "Add ServiceImport v1 (multicluster.x-k8s.io) as backend: 50 %", "  - backendRefs:\n    - name: v1$0\n      port: 80\n", "  - backendRefs:\n    - name: v1\n      port: 80\n    - group: multicluster.x-k8s.io\n      kind: ServiceImport\n      name: v1\n      port: 80\n", "1/2 v1, 1/2 v1" },
        { "Add ServiceImport v2 (multicluster.x-k8s.io) as backend: weight 0", "  - backendRefs: [{name: v1, port: 80, weight: 1}, {kind: Service, name: v2$0, port: 80}]\n", "  - backendRefs: [{name: v1, port: 80, weight: 1}, {kind: Service, name: v2, port: 80}, {group: multicluster.x-k8s.io, kind: ServiceImport, name: v2, port: 80, weight: 0}]\n", "1/2 v1, 1/2 v2, 0 v2" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void RulesBecome(string title, string before, string after, string trace)
    {
        Refactored done = RefactoringCheck.After(Head + before + Platform, title);
        Assert.Equal(Head + after + Platform, done.Text);
        Assert.Empty(done.NewFindings);
        Assert.Equal("hello[0] " + trace, Trace(done.After, "GET a.com/"));
    }

    /// <summary>What is asked of the same route once more, after it is done.</summary>
    [Theory]
    [InlineData("Canary v2: 25 %", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Canary v2: 25 %")]
    [InlineData("Promote v2", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Promote v2")]
    [InlineData("Roll back v2: weight 0", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Roll back v2: weight 0")]
    [InlineData("Canary by header", "[{name: v1, port: 80}, {name: v2$0, port: 80}]", "Canary by header")]
    [InlineData("Split traffic", "[{name: v1$0, port: 80}]", "Split traffic")]
    [InlineData("Add ServiceImport v1", "[{name: v1$0, port: 80}]", "Add ServiceImport v1")]
    public void WhatIsDoneIsNotOfferedAgain(string title, string backends, string gone)
    {
        string text = RefactoringCheck.Apply(Head + $"  - backendRefs: {backends}\n" + Platform, title);
        int at = text.IndexOf("backendRefs", StringComparison.Ordinal);
        Assert.DoesNotContain(RefactoringCheck.Titles(text.Insert(at, "$0")), offered => offered.StartsWith(gone, StringComparison.Ordinal));
    }

    [Fact]
    public void SwitchingTwiceIsSwitchingBack()
    {
        const string Rule = "  - backendRefs: [{name: v1, port: 80, weight: 100}, {name: v2, port: 80, weight: 0}]\n";
        string once = RefactoringCheck.Apply(Head + Rule.Insert(4, "$0"), "Blue-green switch");
        Assert.Equal(Head + Rule, RefactoringCheck.Apply(once.Insert(Head.Length + 4, "$0"), "Blue-green switch"));
    }

    [Fact]
    public void HeaderCanaryTakesOnlyRequestsWithTheHeader()
    {
        Refactored done = RefactoringCheck.After(Head + """
              # shop
              - name: shop
                matches:
                - path: {type: PathPrefix, value: /shop} # all of it
                - method: POST
                  headers:
                  - name: a
                    value: b
                backendRefs:
                - name: v1
                  port: 80
                  weight: 100
                - name: v2$0
                  port: 80
                  weight: 0

            """ + Platform, "Canary by header x-canary: v2");
        Assert.Equal(Head + """
              - matches:
                - path: {type: PathPrefix, value: /shop}
                  headers:
                  - name: x-canary
                    value: "true"
                - method: POST
                  headers:
                  - name: a
                    value: b
                  - name: x-canary
                    value: "true"
                backendRefs:
                - name: v2
                  port: 80
              # shop
              - name: shop
                matches:
                - path: {type: PathPrefix, value: /shop} # all of it
                - method: POST
                  headers:
                  - name: a
                    value: b
                backendRefs:
                - name: v1
                  port: 80
                  weight: 100
                - name: v2
                  port: 80
                  weight: 0

            """ + Platform, done.Text);
        Assert.Equal("hello[1.0] 1 v1, 0 v2", Trace(done.After, "GET a.com/shop"));
        Assert.Equal("hello[0.0] 1 v2", Trace(done.After, "GET a.com/shop x-canary=true"));
        Assert.Equal("hello[0.1] 1 v2", Trace(done.After, "POST a.com/ a=b x-canary=true"));
        Assert.Equal("404", Trace(done.After, "GET a.com/ x-canary=true"));
        Assert.Equal(["x-canary", "\"true\"", "x-canary", "\"true\""], done.Guesses);
        Assert.Empty(done.NewFindings);
    }

    [Fact]
    public void HeaderCanaryOfARuleWithoutMatchesAsksForTheHeaderAlone()
    {
        Refactored done = RefactoringCheck.After(Head + "  - backendRefs:\n    - name: v1$0\n      port: 80\n" + Platform, "Canary by header x-canary: v2");
        Assert.Equal(Head + "  - matches:\n    - headers:\n      - name: x-canary\n        value: \"true\"\n    backendRefs:\n    - name: v2\n      port: 80\n  - backendRefs:\n    - name: v1\n      port: 80\n" + Platform, done.Text);
        Assert.Equal("hello[0.0] 1 v2", Trace(done.After, "GET a.com/x x-canary=true"));
        Assert.Equal("hello[1] 1 v1", Trace(done.After, "GET a.com/x"));
    }

    [Fact]
    public void MatchIsExtractedWithItsCommentAndMergedBack()
    {
        const string Before = """
              - matches:
                - path: {type: PathPrefix, value: /cart}
                # paying
                - path: {type: PathPrefix, value: /pay}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1 # one
                  port: 80
              - matches: [{path: {value: /other}}]
                backendRefs: [{name: v2, port: 80}]

            """;
        Refactored done = RefactoringCheck.After(Head + Before.Replace("/pay}", "/pay}$0", StringComparison.Ordinal) + Platform, "Extract this match");
        Assert.Equal(Head + """
              - matches:
                - path: {type: PathPrefix, value: /cart}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1 # one
                  port: 80
              - matches:
                # paying
                - path: {type: PathPrefix, value: /pay}
                filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x]}}]
                backendRefs:
                - name: v1
                  port: 80
              - matches: [{path: {value: /other}}]
                backendRefs: [{name: v2, port: 80}]

            """ + Platform, done.Text);
        Assert.Equal("hello[1.0] 1 v1", Trace(done.After, "GET a.com/pay"));
        Refactored back = RefactoringCheck.After(done.Text.Insert(done.Text.IndexOf("matches", StringComparison.Ordinal), "$0"), "Merge with the next rule");
        Assert.Equal(Head + Before + Platform, back.Text);
    }

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

    /// <summary>Where the text is not what reaches the cluster, or means something elsewhere too, nothing is offered.</summary>
    [Theory]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: {{ .Values.w }}}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: \"{{ .Values.w }}\"}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: &all\n    - {name: v1, port: 80}\n    - {name: v2$0, port: 80}\n  - matches: [{path: {value: /x}}]\n    backendRefs: *all\n")]
    [InlineData("  - matches: [{path: {value: /x}}]\n    backendRefs: &all [{name: v1, port: 80}, {name: v2, port: 80}]\n  - backendRefs: *all$0\n")]
    [InlineData("  - backendRefs:\n    - &one {name: v1, port: 80}\n    - {<<: *one, name: v2$0}\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80, weight: many}, {name: v2$0, port: 80}]\n")]
    [InlineData("  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}\n")]
    [InlineData("{{- if .Values.canary }}\n  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}]\n{{- end }}\n")]
    public void NothingIsOfferedWhereTheTextIsNotCertain(string rules) => Assert.Empty(RefactoringCheck.Titles(Head + rules));

    [Fact]
    public void NothingIsOfferedInAKustomizePatch()
    {
        const string Rule = "  - backendRefs: [{name: v1, port: 80}, {name: v2$0, port: 80}]\n";
        Assert.NotEmpty(RefactoringCheck.Titles("#file: patch.yaml\n" + Head + Rule));
        Assert.Empty(RefactoringCheck.Titles("#file: patch.yaml\n" + Head + Rule + "#file: kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n- path: patch.yaml\n"));
    }

    [Theory]
    [InlineData("name: hello", "Attach")]
    [InlineData("kind: HTTPRoute", "Attach")]
    [InlineData("rules:", "")]
    [InlineData("value: /x", "Merge|Extract")]
    [InlineData("port: 80", "Split|Canary by|Mirror|Mirror|Add ServiceImport")]
    public void OfferedIsWhatTheCursorIsAt(string at, string expected)
    {
        const string Rest = "  - matches: # two\n    - path:\n        value: /x\n    - path:\n        value: /y\n    backendRefs:\n    - name: v1\n      port: 80\n  - matches:\n    - path:\n        value: /z\n    backendRefs:\n    - name: v1\n      port: 80\n";
        string text = Head + Rest + "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: g}, spec: {gatewayClassName: c, listeners: [{name: l, port: 80, protocol: HTTP}]}}\n";
        string[] titles = RefactoringCheck.Titles(text.Insert(text.IndexOf(at, StringComparison.Ordinal), "$0"));
        string[] wanted = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(wanted.Order(), titles.Select(title => wanted.FirstOrDefault(word => title.StartsWith(word, StringComparison.Ordinal)) ?? title).Order());
    }

    [Fact]
    public void LineBreaksOfWindowsStay()
    {
        string text = RefactoringCheck.Apply((Head + "  - backendRefs:\n    - name: v1$0\n      port: 80\n").Replace("\n", "\r\n", StringComparison.Ordinal), "Mirror requests");
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("      requestMirror:\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("90 10", 1, 25, "75 25")]
    [InlineData("1 1", 0, 100, "100 0")]
    [InlineData("0 0", 1, 10, "90 10")]
    [InlineData("3 3 3 1", 3, 10, "30 30 30 10")]
    [InlineData("1 2 0", 2, 10, "30 60 10")]
    [InlineData("999983 999979 1", 2, 90, null)]
    public void WeightsAreExact(string weights, int target, int percent, string? expected)
    {
        int[]? shifted = Weights.Shift([.. weights.Split(' ').Select(int.Parse)], target, percent);
        Assert.Equal(expected, shifted is null ? null : string.Join(' ', shifted));
    }

    [Theory]
    [InlineData("cart-v1", "cart-v2")]
    [InlineData("cart-v9", "cart-v10")]
    [InlineData("cart-blue", "cart-green")]
    [InlineData("cart-stable", "cart-canary")]
    [InlineData("cart", "cart-canary")]
    [InlineData("v1", "v2")]
    [InlineData("cart1", "cart1-canary")]
    public void NextReleaseIsCalled(string name, string next) => Assert.Equal(next, ReleaseNames.Next(name));

    private static string Trace(Analysis analysis, string request)
    {
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, request));
        return TraceCheck.Summary(trace);
    }
}
