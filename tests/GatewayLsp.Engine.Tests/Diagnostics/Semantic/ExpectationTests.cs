using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Expectations;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

public sealed class ExpectationTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            hostname: "*.example.com"
        ---

        """;

    private const string Route = """

        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          hostnames: [shop.example.com]
          rules:
          - matches:
            - path: {type: PathPrefix, value: /api}
              headers: [{name: x-env, value: test}]
            backendRefs:
            - {name: shop-test, port: 80}
          - matches:
            - path: {type: PathPrefix, value: /api}
            filters:
            - type: RequestMirror
              requestMirror:
                backendRef: {name: shadow, port: 80}
                percent: 10
            backendRefs:
            - {name: shop-v1, port: 80, weight: 2}
            - {name: shop-v2, port: 80, weight: 1}
          - matches:
            - path: {type: Exact, value: /old}
            filters:
            - type: RequestRedirect
              requestRedirect: {hostname: new.example.com, statusCode: 301}

        """;

    [Fact]
    public void Of_a_definition_that_does_not_count_it_is_said_that_nothing_is_checked()
    {
        const string Expected = "# expect: GET /api -> nobody";
        WorkspaceFixture fixture = WorkspaceFixture.Parse($"#file: manifest.yaml\n{Gateway}{Expected}{Route}\n#file: other.yaml\n{Expected}{Route}");
        Assert.Equal([("expectation-failed", DiagnosticSeverity.Error)], fixture.Analysis.Diagnose("manifest.yaml").Select(found => (found.Diagnostic.Code, found.Diagnostic.Severity)));
        FileDiagnostic other = Assert.Single(fixture.Analysis.Diagnose("other.yaml"));
        Assert.Equal((DiagnosticSeverity.Information, "This is not checked: HTTPRoute default/shop is defined in another place, too, and that definition counts."), (other.Diagnostic.Severity, other.Diagnostic.Message));
        Assert.Equal("manifest.yaml", Assert.Single(other.Diagnostic.Related).Path);
        Assert.Equal([false], fixture.Analysis.Expectations("other.yaml", default).Select(one => one.IsKnown));
    }

    [Theory]
    [InlineData("GET /api -> shop-v1 66.7%, shop-v2 33.3%")]
    [InlineData("/api -> shop-v1, shop-v2")]
    [InlineData("/api -> shop-v1 66.7%,shop-v2 33.3%")]
    [InlineData("/api -> shop-v1,shop-v2,mirror shadow")]
    [InlineData("POST /api/orders?id=1 -> shop-v2 33.3 %")]
    [InlineData("/api -> default/shop-v1:80 66.7%")]
    [InlineData("/api -H 'X-Env: test' -> shop-test")]
    [InlineData("/api -H \"x-env: test\" -> shop-test 100%")]
    [InlineData("/api -> mirror shadow 10%")]
    [InlineData("/api -> mirror shadow, shop-v1, shop-v2")]
    [InlineData("http://shop.example.com/api -> shop-v1 66.7%")]
    [InlineData("http://other.example.com/api -> 404")]
    [InlineData("/nothing -> 404")]
    [InlineData("/old -> 301")]
    [InlineData("/old -> 301 http://new.example.com/old")]
    [InlineData("/old -> 301 /old")]
    [InlineData("/api -H \"x: a -> b\" -> shop-v1, shop-v2")]
    [InlineData("/api via front:80 -H 'Host: shop.example.com' -> shop-v1 66.7%")]
    [InlineData("/api via default/front -H 'Host: x.example.com' -> 404")]
    [InlineData("/api via front:80 -> shop-v1, shop-v2")]
    [InlineData("/api via default/front -> shop-v1, shop-v2")]
    [InlineData("http://other.example.com/api via front:80 -> 404")]
    public void HoldsSilently(string expectation) => DiagnosticCheck.Check($"{Gateway}# expect: {expectation}{Route}");

    [Theory]
    [InlineData("GET /api -> shop-v1 80%, shop-v2 20%", "Expected is `shop-v1 80%, shop-v2 20%`; this request gets default/shop-v1:80 66.7 %, default/shop-v2:80 33.3 %, mirror default/shadow:80 10 % at listener `web` of Gateway default/front. HTTPRoute default/shop, rule 2, takes it.")]
    [InlineData("/api -> shop-v1", null)]
    [InlineData("/api -> shop-v3", null)]
    [InlineData("/api -> default/shop-v1:8080 66.7%", null)]
    [InlineData("/api -> mirror shadow 20%", null)]
    [InlineData("/api -> mirror shop-v1", null)]
    [InlineData("/api -> 404", null)]
    [InlineData("/nothing -> shop-v1", "Expected is `shop-v1`; this request gets 404 at listener `web` of Gateway default/front.")]
    [InlineData("/old -> 302", "Expected is `302`; this request gets 301 to http://new.example.com/old at listener `web` of Gateway default/front. HTTPRoute default/shop, rule 3, takes it.")]
    [InlineData("/old -> 301 /new", null)]
    [InlineData("/old -> shop-v1", null)]
    [InlineData("/api via front:8080 -> shop-v1", null)]
    public void FailsAtItsOutcome(string expectation, string? message)
    {
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find($"{Gateway}# expect: {expectation}{Route}"));
        Assert.Equal("expectation-failed", finding.Diagnostic.Code);
        Assert.Equal(expectation[(expectation.IndexOf("->", StringComparison.Ordinal) + 3)..], finding.Slot.Document.Text.Substring(finding.Diagnostic.Span.Start, finding.Diagnostic.Span.Length));
        if (message is not null)
        {
            Assert.Equal(message, finding.Diagnostic.Message);
        }
    }

    [Theory]
    [InlineData("GET /api => shop")]
    [InlineData("GET /api ->")]
    [InlineData("GET api -> shop-v1")]
    [InlineData("get /api -> shop-v1")]
    [InlineData("/api -> 200")]
    [InlineData("/api -> 200 OK")]
    [InlineData("/api -> shop-v1, shop-v1")]
    [InlineData("/api -> shop-v1 180%")]
    [InlineData("/api -> shop v1")]
    [InlineData("/api with header -> shop-v1")]
    [InlineData("/api -H nonsense -> shop-v1")]
    [InlineData("ftp://example.com/ -> shop-v1")]
    [InlineData("/api via -> shop-v1")]
    [InlineData("GET /api: shop-v1")]
    [InlineData("GET /api - > shop-v1")]
    [InlineData("GET /api")]
    [InlineData("GET")]
    [InlineData("/api shop-v1")]
    [InlineData("get /api shop-v1")]
    [InlineData("POST /api returns 201")]
    [InlineData("http://shop.example.com/api shop-v1")]
    [InlineData("curl -X GET http://shop.example.com/api -> shop-v1")]
    [InlineData("GRPC shop.Orders/Get -> shop-v1")]
    [InlineData("FOO shop.Orders/Get -> shop-v1")]
    [InlineData("shop.Orders/Get -> shop-v1")]
    [InlineData("a request for /api => shop-v1")]
    [InlineData("api -> shop-v1 90%")]
    [InlineData("-> shop-v1")]
    public void WhatCannotBeReadIsTold(string expectation) => Assert.Equal("invalid-expectation", DiagnosticCheck.Single($"{Gateway}# expect: {expectation}{Route}").Code);

    [Theory]
    [InlineData("GET /api: shop-v1", "`->` is missing: `# expect: GET /api -> my-service`.")]
    [InlineData("curl -X GET http://shop.example.com/api -> shop-v1", "`curl` is no method; methods are in capitals.")]
    [InlineData("GRPC shop.Orders/Get -> shop-v1", "`shop.Orders/Get` is neither a path that starts with `/` nor a URL.")]
    [InlineData("-> shop-v1", "The request is missing: `GET /api`.")]
    [InlineData("GET /api -> 301 http://a.io/b,c d", "`301 http://a.io/b,c d` is neither a backend (`[NAMESPACE/]SERVICE[:PORT] [PERCENT%]`, `mirror SERVICE`) nor a status code (`404`, `301 https://example.com/`).")]
    public void WhatIsMissingIsTold(string expectation, string message) => Assert.Equal(message, DiagnosticCheck.Single($"{Gateway}# expect: {expectation}{Route}").Message);

    [Theory]
    [InlineData("# expect: nothing from this file")]
    [InlineData("# expect: trouble -> call us")]
    [InlineData("# expect: a lot of traffic here")]
    [InlineData("# expect: post deployment traffic on /api")]
    [InlineData("# expect: get ready => call us")]
    [InlineData("# expect: invalid-value at spec.rules[0].matches[0]")]
    [InlineData("# expect: weights=90 and 10")]
    [InlineData("# We expect: GET /api -> shop-v9")]
    public void ProseIsNone(string comment) => DiagnosticCheck.Check($"{Gateway}{comment}{Route}");

    /// <summary>Files without the Gateway do not say where the request goes.</summary>
    [Fact]
    public void WithoutTheGatewayItIsToldThatNothingIsChecked()
    {
        string text = "# expect: /api -> shop-v9" + Route;
        Assert.Equal(DiagnosticSeverity.Information, DiagnosticCheck.Single(text).Severity);
        Assert.False(Assert.Single(Results(text)).IsKnown);
    }

    /// <summary>Whom a placeholder stands for nobody knows; the expectation of another rule is checked all the same.</summary>
    [Theory]
    [InlineData("/open -> any", DiagnosticSeverity.Information)]
    [InlineData("/item -> any", DiagnosticSeverity.Information)]
    [InlineData("/filter -> 301", DiagnosticSeverity.Information)]
    [InlineData("/known -> any", DiagnosticSeverity.Error)]
    public void WhatATemplatePutsInIsNotChecked(string expectation, DiagnosticSeverity severity)
    {
        string text = Gateway + "# expect: " + expectation + """

            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: shop
            spec:
              parentRefs:
              - name: front
              rules:
              - matches: [{path: {type: PathPrefix, value: /open}}]
                backendRefs: ${BACKENDS}
              - matches: [{path: {type: PathPrefix, value: /item}}]
                backendRefs:
                - {name: shop-v1, port: 80}
                - ${BACKEND}
              - matches: [{path: {type: PathPrefix, value: /filter}}]
                filters: [$FILTER]
              - matches: [{path: {type: PathPrefix, value: /known}}]
                backendRefs:
                - {name: shop-v1, port: 80}

            """;
        Assert.Equal(("expectation-failed", severity), (DiagnosticCheck.Single(text).Code, DiagnosticCheck.Single(text).Severity));
        Assert.Equal(severity == DiagnosticSeverity.Error, Assert.Single(Results(text)).IsKnown);
    }

    [Fact]
    public void AWildcardIsAskedForByAName() =>
        DiagnosticCheck.Check(Gateway + "# expect: / -> shop-v1" + """

            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: shop
            spec:
              parentRefs:
              - name: front
              rules:
              - backendRefs:
                - {name: shop-v1, port: 80}

            """);

    /// <summary>Named without a port, the Gateway is asked where the route is attached to it, not at its first listener.</summary>
    [Theory]
    [InlineData("GET /a via front -> any")]
    [InlineData("GET /a via front:443 -> any")]
    [InlineData("GET /a via default/front -> any")]
    [InlineData("GET https://api.example.com/a via front -> any")]
    [InlineData("GET /a via front:80 -> any", "expectation-failed 'any'")]
    [InlineData("GET http://api.example.com/a via front -> any", "expectation-failed 'any'")]
    public void AGatewayIsAskedAtTheListenerOfTheRoute(string expectation, params string[] expected) =>
        DiagnosticCheck.Check($$"""
            # expect: {{expectation}}
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: default}
            spec:
              parentRefs: [{name: front, sectionName: tls}]
              hostnames: ["*.example.com"]
              rules:
              - matches: [{path: {type: PathPrefix, value: /a} }]
                backendRefs: [{name: any, port: 80}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: default}
            spec:
              gatewayClassName: any
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: tls, port: 443, protocol: HTTPS, hostname: api.example.com, tls: {certificateRefs: [{name: any}]} }

            """, expected);

    /// <summary>In the document of the Gateway the host says which route is meant.</summary>
    [Fact]
    public void AGatewaysOwnExpectationsAreItsOwn() =>
        DiagnosticCheck.Check("# expect: http://shop.example.com/api -> shop-v1\n" + Gateway + Route.TrimStart(), "expectation-failed 'shop-v1'");

    /// <summary>Above a document that has no object nobody would ever look at them.</summary>
    [Fact]
    public void ExpectationsOfNoObjectAreTold() =>
        DiagnosticCheck.Check("# expect: /api -> shop-v1\n---" + Route, "invalid-expectation '# expect: /api -> shop-v1'");

    [Fact]
    public void ResultsAreInOrder()
    {
        IReadOnlyList<ExpectationResult> results = Results(Gateway + "# expect: /api -> shop-v9\n# expect: /nothing -> 404" + Route);
        Assert.Equal([("/api -> shop-v9", 12, false), ("/nothing -> 404", 13, true)], results.Select(r => (r.Text, r.Range.Start.Line, r.Problem is null)));
    }

    private static IReadOnlyList<ExpectationResult> Results(string text)
    {
        var host = new AnalysisHost();
        return new Analysis(host.Apply(new WorkspaceChange.Opened("test.yaml", text, 1))).Expectations("test.yaml");
    }
}
