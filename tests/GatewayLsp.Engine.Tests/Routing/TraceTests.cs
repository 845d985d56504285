using GatewayLsp.Engine.Routing;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Routing;

/// <summary>Requests through one Gateway, from the choice of the listener to the request that the backend gets.</summary>
public sealed class TraceTests
{
    private const string Services = """
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v1}, spec: {ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: v2}, spec: {ports: [{port: 80}]}}
        ---

        """;

    private const string Plain = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          listeners:
          - {name: http, port: 80, protocol: HTTP}

        """ + Services;

    private static Analysis Load(string text) => WorkspaceFixture.Parse(text).Analysis;

    private static string Route(string name, string spec, string kind = "HTTPRoute", string ns = "default", string metadata = "") => $"""
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: {kind}
        metadata: {"{"}name: {name}, namespace: {ns}{metadata}{"}"}
        spec:
          parentRefs: [{"{"}name: edge, namespace: default{"}"}]
        {spec}

        """;

    private static void Check(string manifests, params (string Request, string Expected)[] cases)
    {
        Analysis analysis = Load(manifests);
        foreach ((string request, string expected) in cases)
        {
            RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, request));
            Assert.True(expected == TraceCheck.Summary(trace), $"{request}\nexpected {expected}\ngot      {TraceCheck.Summary(trace)}\n{string.Join("\n", trace.Why)}");
            Assert.NotEmpty(trace.Why);
        }
    }

    [Fact]
    public void HostnamesPathsMethodsHeadersAndQueriesChooseInThisOrder() => Check(
        Plain
        + Route("exact", """
              hostnames: [a.example.com]
              rules: [{backendRefs: [{name: v1, port: 80}]}]
            """)
        + Route("wild", """
              hostnames: ["*.example.com"]
              rules:
              - matches: [{path: {type: Exact, value: /deep/path}}]
                backendRefs: [{name: v2, port: 80}]
            """)
        + Route("all", """
              rules:
              - matches: [{path: {value: /shop}}]
                backendRefs: [{name: v1, port: 80}]
              - matches: [{path: {type: Exact, value: /shop}}]
                backendRefs: [{name: v2, port: 80}]
              - matches: [{path: {value: /shop/}, method: POST}, {path: {value: /shop}, queryParams: [{name: q, value: "1"}]}]
                backendRefs: [{name: v2, port: 80}]
              - matches: [{path: {value: /shop}, headers: [{name: X-A, value: "1"}, {name: x-a, value: "2"}]}]
                backendRefs: [{name: v1, port: 80}]
            """),
        ("GET http://a.example.com/deep/path", "exact[0] 1 v1"),
        ("GET http://b.example.com/deep/path", "wild[0.0] 1 v2"),
        ("GET http://b.example.com/shop", "all[1.0] 1 v2"),
        ("GET http://x.y.example.com/shop/1", "all[0.0] 1 v1"),
        ("GET http://example.com/shopping", "404"),
        ("POST http://example.com/shop/1 x-a=1", "all[2.0] 1 v2"),
        ("GET http://example.com/shop/1?q=1 x-a=1", "all[3.0] 1 v1"),
        ("GET http://example.com/shop/1?q=1", "all[2.1] 1 v2"),
        ("GET http://example.com/shop/1?Q=1", "all[0.0] 1 v1"),
        ("GET http://gateway/shop/1 Host=a.example.com:8080", "exact[0] 1 v1"));

    [Fact]
    public void TiesAreBrokenByAgeThenNameThenOrder() => Check(
        Plain
        + Route("b", "  rules: [{backendRefs: [{name: v2, port: 80}]}]")
        + Route("a", "  rules: [{backendRefs: [{name: v1, port: 80}]}, {backendRefs: [{name: v2, port: 80}]}]")
        + Route("older", """
              hostnames: [old.com]
              rules: [{backendRefs: [{name: v1, port: 80}]}]
            """, metadata: ", creationTimestamp: '2026-01-01T00:00:00Z'")
        + Route("new", """
              hostnames: [old.com]
              rules: [{backendRefs: [{name: v2, port: 80}]}]
            """, metadata: ", creationTimestamp: '2026-01-02T00:00:00Z'"),
        ("GET http://x/", "a[0] 1 v1"),
        ("GET http://old.com/", "older[0] 1 v1"));

    [Fact]
    public void RegularExpressionsCoverTheWholeValue() => Check(
        Plain + Route("a", """
              rules:
              - matches: [{path: {type: RegularExpression, value: "/v[0-9]+/.*"}}]
                backendRefs: [{name: v2, port: 80}]
              - matches: [{headers: [{name: x, type: RegularExpression, value: "a|b"}]}]
                backendRefs: [{name: v2, port: 80}]
              - backendRefs: [{name: v1, port: 80}]
            """),
        ("GET http://x/v2/y", "a[0.0] 1 v2"),
        ("GET http://x/v/y", "a[2] 1 v1"),
        ("GET http://x/y/v2/y", "a[2] 1 v1"),
        ("GET http://x/ x=b", "a[1.0] 1 v2"),
        ("GET http://x/ x=ab", "a[2] 1 v1"));

    [Fact]
    public void FailuresHaveTheirShare() => Check(
        Plain + Route("a", """
              rules:
              - matches: [{path: {value: /half}}]
                backendRefs: [{name: v1, port: 80}, {name: gone, port: 80}]
              - matches: [{path: {value: /gone}}]
                backendRefs: [{name: gone, port: 80}]
              - matches: [{path: {value: /port}}]
                backendRefs: [{name: v1, port: 81}]
              - matches: [{path: {value: /zero}}]
                backendRefs: [{name: v1, port: 80, weight: 0}, {name: v2, port: 80, weight: 0}]
              - matches: [{path: {value: /none}}]
              - matches: [{path: {value: /kind}}]
                backendRefs: [{kind: Nonsense, name: v1, port: 80}]
              - matches: [{path: {value: /far}}]
                backendRefs: [{name: v1, namespace: far, port: 80}]
              - matches: [{path: {value: /zerobad}}]
                backendRefs: [{name: gone, port: 80, weight: 0}, {name: v2, port: 80, weight: 3}]
            """),
        ("GET http://x/half", "a[0.0] 1/2 v1, 1/2 gone!BackendNotFound"),
        ("GET http://x/gone", "a[1.0] 500"),
        ("GET http://x/port", "a[2.0] 500"),
        ("GET http://x/zero", "a[3.0] 500"),
        ("GET http://x/none", "a[4.0] 500"),
        ("GET http://x/kind", "a[5.0] 500"),
        ("GET http://x/far", "a[6.0] 500"),
        ("GET http://x/zerobad", "a[7.0] 0 gone!BackendNotFound, 1 v2"));

    [Fact]
    public void BackendsThatNobodyKnowsAreNotCalledMissing()
    {
        Analysis analysis = Load(Plain.Replace(Services, "", StringComparison.Ordinal) + Route("a", "  rules: [{backendRefs: [{name: elsewhere, port: 80}]}]"));
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, "GET http://x/"));
        Assert.Equal("a[0] 1 elsewhere", TraceCheck.Summary(trace));
        Assert.Contains("not known", trace.Why[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void FiltersAct()
    {
        string manifests = Plain + Route("a", """
              rules:
              - matches: [{path: {value: /old}}]
                filters:
                - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Set, value: s}], remove: [x-gone]}}
                - {type: URLRewrite, urlRewrite: {hostname: inner.example.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: v2, port: 80}, fraction: {numerator: 1, denominator: 3}}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: gone, port: 80}}}
                backendRefs:
                - name: v1
                  port: 80
                  filters: [{type: RequestHeaderModifier, requestHeaderModifier: {add: [{name: x-set, value: t}]}}]
                - {name: v2, port: 80}
              - matches: [{path: {value: /move}}]
                filters:
                - {type: RequestRedirect, requestRedirect: {scheme: https, path: {type: ReplaceFullPath, replaceFullPath: /there}, statusCode: 308}}
            """);
        Analysis analysis = Load(manifests);
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, "GET http://Shop.com:80/old/x?q=1 X-Gone=1 Keep=k"));
        Assert.Equal("a[0.0] 1/2 v1, 1/2 v2 + 1/3 default/v2:80", TraceCheck.Summary(trace));
        Assert.Equal("GET inner.example.com /new/x?q=1", $"{trace.Upstream!.Method} {trace.Upstream.Host} {trace.Upstream.Path}");
        Assert.Equal("Keep: k, X-Set: s,t", string.Join(", ", trace.Upstream.Headers.Select(field => $"{field.Key}: {field.Value}")));
        Assert.Equal("s", trace.Backends[1].Upstream!.Headers.Find("x-set"));
        Assert.Contains(trace.Why, line => line.StartsWith("RequestMirror: no copies go to default/gone:80", StringComparison.Ordinal));
        Assert.Equal("a[1.0] 308 https://shop.com/there", TraceCheck.Summary(analysis.Trace(TraceCheck.Request(analysis, "GET http://shop.com/move/x"))));
    }

    /// <summary>What Envoy puts in for each request stays as it is written.</summary>
    [Fact]
    public void CommandsInHeadersStay()
    {
        Analysis analysis = Load(Plain + Route("a", """
              rules:
              - filters:
                - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Proto, value: "%PROTOCOL%"}], add: [{name: x-id, value: "%REQ(X-ID)%"}]}}
                backendRefs: [{name: v1, port: 80}]
            """));
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, "GET http://shop.com:80/"));
        Assert.Equal("X-Proto: %PROTOCOL%, x-id: %REQ(X-ID)%", string.Join(", ", trace.Upstream!.Headers.Select(field => $"{field.Key}: {field.Value}")));
    }

    /// <summary>Filters of a backend act on the share of requests that would be sent to it; where they answer all, nothing is sent.</summary>
    [Fact]
    public void FiltersOfABackendAnswer()
    {
        Analysis analysis = Load(Plain + Route("a", """
              rules:
              - matches: [{path: {value: /all}}]
                backendRefs:
                - name: v1
                  port: 80
                  filters: [{type: RequestRedirect, requestRedirect: {hostname: new.com, path: {type: ReplacePrefixMatch, replacePrefixMatch: /to}}}]
                - {name: v2, port: 80, weight: 0}
              - matches: [{path: {value: /some}}]
                backendRefs:
                - name: v1
                  port: 80
                  filters: [{type: RequestRedirect, requestRedirect: {hostname: new.com, statusCode: 301}}]
                - {name: v2, port: 80}
              - matches: [{path: {value: /none}}]
                backendRefs:
                - name: gone
                  port: 80
                  filters: [{type: RequestRedirect, requestRedirect: {hostname: new.com}}]
            """));
        Assert.Equal("a[0.0] 302 http://new.com/to/x", TraceCheck.Summary(analysis.Trace(TraceCheck.Request(analysis, "GET http://x/all/x"))));
        RequestTrace some = analysis.Trace(TraceCheck.Request(analysis, "GET http://x/some"));
        Assert.Null(some.Response);
        Assert.Equal("http://new.com/some", some.Backends[0].Redirect!.Location);
        Assert.Null(some.Backends[0].Upstream);
        Assert.Equal("/some", some.Upstream!.Path);
        Assert.Equal("a[2.0] 500", TraceCheck.Summary(analysis.Trace(TraceCheck.Request(analysis, "GET http://x/none"))));
    }

    [Fact]
    public void TimeoutsAreJudgedByTheDelay() => Check(
        Plain + Route("a", """
              rules:
              - matches: [{path: {value: /request}}]
                timeouts: {request: 500ms}
                backendRefs: [{name: v1, port: 80}]
              - matches: [{path: {value: /backend}}]
                timeouts: {request: 10s, backendRequest: 1s}
                backendRefs: [{name: v1, port: 80}]
              - matches: [{path: {value: /off}}]
                timeouts: {request: 0s}
                backendRefs: [{name: v1, port: 80}]
            """),
        ("GET http://x/request", "a[0.0] 1 v1"),
        ("GET http://x/request delay=501", "a[0.0] 504"),
        ("GET http://x/request delay=500", "a[0.0] 1 v1"),
        ("GET http://x/backend delay=1500", "a[1.0] 504"),
        ("GET http://x/off delay=100000", "a[2.0] 1 v1"));

    [Fact]
    public void ListenersKeepTheirRequestsToThemselves() => Check(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          listeners:
          - {name: all, port: 80, protocol: HTTP}
          - {name: wild, port: 80, protocol: HTTP, hostname: "*.example.com"}
          - {name: exact, port: 80, protocol: HTTP, hostname: a.example.com}
          - {name: other, port: 8080, protocol: HTTP, hostname: only.example.org}

        """ + Services
        + Route("all", "  rules: [{backendRefs: [{name: v1, port: 80}]}]").Replace("namespace: default}]", "namespace: default, sectionName: all}]", StringComparison.Ordinal)
        + Route("wild", "  rules: [{matches: [{path: {value: /w}}], backendRefs: [{name: v2, port: 80}]}]").Replace("namespace: default}]", "namespace: default, sectionName: wild}]", StringComparison.Ordinal),
        ("GET http://b.example.com/w", "wild[0.0] 1 v2"),
        ("GET http://b.example.com/x", "404"),
        ("GET http://a.example.com/w", "404"),
        ("GET http://example.com/x", "all[0] 1 v1"),
        ("GET http:/// port=8080", "404"),
        ("GET http://b.example.com/w port=8443", "BadRequest"));

    [Fact]
    public void WhyNamesTheRuleThatIsolationKeepsOut()
    {
        Analysis analysis = Load(
            """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              gatewayClassName: any
              listeners:
              - {name: all, port: 80, protocol: HTTP}
              - {name: wild, port: 80, protocol: HTTP, hostname: "*.example.com"}

            """ + Services
            + Route("all", "  rules: [{backendRefs: [{name: v1, port: 80}]}]").Replace("namespace: default}]", "namespace: default, sectionName: all}]", StringComparison.Ordinal));
        Assert.Contains(
            "HTTPRoute default/all, rule 1 on listener all would take it, but a listener with a more specific hostname keeps its requests to itself.",
            analysis.Trace(TraceCheck.Request(analysis, "GET http://a.example.com/")).Why);
    }

    [Fact]
    public void HttpsGoesByServerNameAndMindsTheHost() => Check(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          listeners:
          - {name: wild, port: 443, protocol: HTTPS, hostname: "*.example.com", tls: {certificateRefs: [{name: c}]}}
          - {name: exact, port: 443, protocol: HTTPS, hostname: a.example.com, tls: {certificateRefs: [{name: c}]}}
          - {name: pass, port: 443, protocol: TLS, hostname: tls.example.org, tls: {mode: Passthrough}}
          - {name: http, port: 80, protocol: HTTP}

        """ + Services
        + Route("r", "  rules: [{backendRefs: [{name: v1, port: 80}]}]")
        + Route("t", """
              hostnames: [tls.example.org]
              rules: [{backendRefs: [{name: v2, port: 80}]}]
            """, "TLSRoute"),
        ("GET https://a.example.com/", "r[0] 1 v1"),
        ("GET https://b.example.com/ sni=a.example.com", "421"),
        ("GET https://a.example.com/ sni=b.example.com", "421"),
        ("GET https://c.example.com/ sni=b.example.com", "r[0] 1 v1"),
        ("GET https://other.org/ sni=b.example.com", "404"),
        ("GET https://other.org/", "rejected"),
        ("GET https://tls.example.org/", "t[0] 1 v2"),
        ("GET http://a.example.com/", "r[0] 1 v1"),
        ("GET a.example.com protocol=tls", "as it is"),
        ("GET tls.example.org protocol=tls", "t[0] 1 v2"),
        ("GET x protocol=tls sni=x", "rejected"));

    [Fact]
    public void CallsGoByServiceAndMethod() => Check(
        Plain
        + Route("g", """
              hostnames: [g.com]
              rules:
              - matches: [{method: {service: shop.Orders}}]
                backendRefs: [{name: v1, port: 80}]
              - matches: [{method: {service: shop.Orders, method: Get}}]
                backendRefs: [{name: v2, port: 80}]
              - matches: [{method: {service: shop.Bad}}]
                backendRefs: [{name: gone, port: 80}]
            """, "GRPCRoute")
        + Route("h", """
              hostnames: [h.com]
              rules: [{matches: [{path: {value: /shop.Orders}}], backendRefs: [{name: v1, port: 80}]}]
            """),
        ("POST g.com/shop.Orders/Get protocol=grpc", "g[1.0] 1 v2"),
        ("POST g.com/shop.Orders/List protocol=grpc", "g[0.0] 1 v1"),
        ("POST g.com/shop.Other/List protocol=grpc", "404 Unimplemented"),
        ("POST x.com/shop.Orders/List protocol=grpc", "404 Unimplemented"),
        ("POST g.com/shop.Bad/List protocol=grpc", "g[2.0] 503 Unavailable"),
        ("POST h.com/shop.Orders/List protocol=grpc", "h[0.0] 1 v1"),
        ("POST http://g.com/shop.Orders/Get", "404"));

    [Fact]
    public void StreamsGoToTheOldestRoute() => Check(
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge}
        spec:
          gatewayClassName: any
          listeners:
          - {name: tcp, port: 5432, protocol: TCP}
          - {name: free, port: 5433, protocol: TCP}
          - {name: udp, port: 53, protocol: UDP}

        """ + Services
        + Route("b", "  rules: [{backendRefs: [{name: v2, port: 80}]}]", "TCPRoute").Replace("namespace: default}]", "namespace: default, port: 5432}]", StringComparison.Ordinal)
        + Route("a", "  rules: [{backendRefs: [{name: v1, port: 80, weight: 3}, {name: gone, port: 80}]}]", "TCPRoute").Replace("namespace: default}]", "namespace: default, port: 5432}]", StringComparison.Ordinal)
        + Route("u", "  rules: [{backendRefs: [{name: gone, port: 80}]}]", "UDPRoute"),
        ("- x protocol=tcp port=5432", "a[0] 3/4 v1, 1/4 gone!BackendNotFound"),
        ("- x protocol=tcp port=5433", "rejected"),
        ("- x protocol=udp", "u[0] rejected"));

    [Fact]
    public void UnknownGatewaysAndUnusableOnesAreTold()
    {
        Analysis analysis = Load(Plain);
        RequestTrace trace = analysis.Trace(TraceCheck.Request(analysis, "GET http://x/ gateway=edgy"));
        Assert.Equal(TraceProblem.NotFound, trace.Problem);
        Assert.Equal("There is no Gateway default/edgy in these manifests; there are default/edge.", Assert.Single(trace.Why));
        Assert.Equal("404", TraceCheck.Summary(analysis.Trace(TraceCheck.Request(analysis, "GET http://x/"))));
    }

    [Fact]
    public void WhyNamesWinnersLosersAndThoseOutside()
    {
        Analysis analysis = Load(
            Plain
            + Route("a", "  rules: [{matches: [{path: {value: /a}, headers: [{name: v, value: \"2\"}]}, {path: {value: /a}}, {path: {value: /}}], backendRefs: [{name: v1, port: 80}]}]")
            + Route("far", "  rules: [{backendRefs: [{name: v1, port: 80}]}]", ns: "far"));
        Assert.Equal(
            """
            Listener http (HTTP 80, all hostnames) takes it for x.
            HTTPRoute default/a, rule 1, match 1 does not match: it needs header v: 2, the request has 1.
            HTTPRoute default/a, rule 1, match 2 takes it: paths under /a.
            HTTPRoute default/a, rule 1, match 3 matches too but loses: /a is the longer prefix.
            default/v1:80 gets all requests.
            """.ReplaceLineEndings("\n"),
            string.Join("\n", analysis.Trace(TraceCheck.Request(analysis, "GET http://x/a/b v=1")).Why));
        Analysis empty = Load(Plain + Route("far", "  rules: [{backendRefs: [{name: v1, port: 80}]}]", ns: "far"));
        Assert.Equal(
            """
            Listener http (HTTP 80, all hostnames) takes it for x.
            No HTTPRoute is attached to this listener.
            HTTPRoute far/far asks for this Gateway but is not attached: allowedRoutes does not let namespace far in.
            Nothing takes the request: 404.
            """.ReplaceLineEndings("\n"),
            string.Join("\n", empty.Trace(TraceCheck.Request(empty, "GET http://x/a")).Why));
    }

    /// <summary>Beyond a length lists are indexed: the answers stay those of going through them.</summary>
    [Fact]
    public void LongListsAnswerAsShortOnesDo()
    {
        string filler = string.Concat(Enumerable.Range(0, 100).Select(i => Route($"z{i}", $"  rules: [{{matches: [{{path: {{value: /f{i}}}}}], backendRefs: [{{name: v2, port: 80}}]}}]")));
        string routes = Plain + Route("a", """
              rules:
              - matches: [{path: {value: /a}}, {path: {type: Exact, value: /}}, {path: {type: RegularExpression, value: "/r.*"}}, {path: {value: /a/b/}, method: PUT}]
                backendRefs: [{name: v1, port: 80}]
            """) + Route("b", "  rules: [{backendRefs: [{name: v2, port: 80}]}]");
        (string, string)[] cases =
        [
            ("GET http://x/a/b", "a[0.0] 1 v1"),
            ("PUT http://x/a/b/c", "a[0.3] 1 v1"),
            ("GET http://x/", "a[0.1] 1 v1"),
            ("GET http://x//", "b[0] 1 v2"),
            ("GET http://x/rest", "a[0.2] 1 v1"),
            ("GET http://x/ab", "b[0] 1 v2"),
        ];
        Check(routes, cases);
        Check(routes + filler, [.. cases, ("GET http://x/f42/x", "z42[0.0] 1 v2")]);
    }
}
