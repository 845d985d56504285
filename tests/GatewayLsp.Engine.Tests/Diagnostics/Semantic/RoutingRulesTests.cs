using System.Globalization;
using System.Text;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>Rules about what becomes of requests, and about listeners and grants as a whole: what they say, and when they keep silent.</summary>
public sealed class RoutingRulesTests
{
    private const string Front = """
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

        """;

    [Theory]
    [InlineData("unreachable-rule", "unreachable-rule 'matches' spec.rules[1].matches")]
    [InlineData("duplicate-match", "duplicate-match 'path' spec.rules[0].matches[0].path")]
    [InlineData("shadowed-route", "shadowed-route 'front' spec.parentRefs[0].name")]
    [InlineData("shared-hostname", "shared-hostname 'shop.example.com' spec.hostnames[0]")]
    [InlineData("weight-left-out", "weight-left-out 'checkout-v2' spec.rules[0].backendRefs[1].name")]
    [InlineData("redirect-loop", "redirect-loop 'https' spec.rules[0].filters[0].requestRedirect.scheme")]
    [InlineData("mirror-to-backend", "mirror-to-backend 'checkout' spec.rules[0].filters[0].requestMirror.backendRef.name")]
    [InlineData("overlapping-hostnames", "overlapping-hostnames 'shop.example.com' spec.listeners[1].hostname")]
    [InlineData("certificate-hostname-mismatch", "certificate-hostname-mismatch 'checkout.example.com' spec.listeners[0].hostname")]
    [InlineData("unsupported-protocol", "unsupported-protocol 'http' spec.listeners[0].protocol")]
    [InlineData("gateway-name-too-long", "gateway-name-too-long 'shop-and-checkout-and-payments-of-all-regions-production-gateway' metadata.name")]
    [InlineData("selector-matches-nothing", "selector-matches-nothing 'matchLabels' spec.listeners[0].allowedRoutes.namespaces.selector.matchLabels")]
    [InlineData("not-allowed", "not-allowed 'front' spec.parentRef.name")]
    [InlineData("invalid-parameters", "invalid-parameters 'front-setings' spec.infrastructure.parametersRef.name")]
    [InlineData("invalid-client-certificate-ref", "invalid-client-certificate-ref 'front-client' spec.tls.backend.clientCertificateRef.name")]
    [InlineData("unused-grant", "unused-grant 'spec' spec")]
    public void The_example_is_told_at_its_place(string code, params string[] expected) => DiagnosticCheck.Check(RuleCatalog.Find(code)!.Doc.Bad, expected);

    public static TheoryData<string, string[]> Rules => new()
    {
        { "  rules:\n  - name: a\n  - name: b\n", ["unreachable-rule 'b' spec.rules[1].name"] },
        { "  rules:\n  - matches:\n    - path:\n        value: /a\n    - path:\n        value: /b\n  - matches:\n    - path:\n        value: /b\n    - path:\n        value: /c\n", ["duplicate-match 'path' spec.rules[1].matches[0].path"] },
        // Of a method, a header or a parameter more, the match is more specific and wins.
        { "  rules:\n  - matches:\n    - path:\n        value: /a\n  - matches:\n    - path:\n        value: /a\n      method: GET\n", [] },
        { "  rules:\n  - matches:\n    - path:\n        value: /a\n  - matches:\n    - path:\n        value: /a\n      headers:\n      - name: x\n        value: v\n", [] },
        { "  rules:\n  - matches:\n    - path:\n        value: /\n  - matches:\n    - path:\n        value: /a\n", [] },
        { "  rules:\n  - matches:\n    - path:\n        value: /a\n  - matches:\n    - path:\n        type: Exact\n        value: /a\n", [] },
        // Names of headers have no case, parameters do; the order of headers does not count.
        { "  rules:\n  - matches:\n    - headers:\n      - name: X\n        value: a\n      - name: z\n        value: b\n  - matches:\n    - headers:\n      - name: Z\n        value: b\n      - name: x\n        value: a\n", ["unreachable-rule 'matches' spec.rules[1].matches"] },
        { "  rules:\n  - matches:\n    - queryParams:\n      - name: X\n        value: a\n  - matches:\n    - queryParams:\n      - name: x\n        value: a\n", [] },
        { "  rules:\n  - matches:\n    - headers:\n      - name: x\n        value: \"v.*\"\n        type: RegularExpression\n  - matches:\n    - headers:\n      - name: x\n        value: v2\n", ["unreachable-rule 'matches' spec.rules[1].matches"] },
        { "  rules:\n  - matches:\n    - headers:\n      - name: x\n        value: v2\n  - matches:\n    - headers:\n      - name: x\n        value: \"v.*\"\n        type: RegularExpression\n", [] },
        { "  rules:\n  - matches:\n    - path:\n        value: {{ .Values.a }}\n  - matches:\n    - path:\n        value: {{ .Values.b }}\n", [] },
        // Weights in parts, such that make 100 with the one that is left out, and a backend that is switched off.
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 9}\n    - {name: b, port: 80}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 99}\n    - {name: b, port: 80}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 0}\n    - {name: b, port: 80}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 100}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 90}\n    - {name: b, port: 80, weight: {{ .Values.weight }}}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 80}\n    - {name: b, port: 80}\n    - {name: c, port: 80}\n", ["weight-left-out 'b' spec.rules[0].backendRefs[1].name", "weight-left-out 'c' spec.rules[0].backendRefs[2].name"] },
        // A mirror beside others, or one of another port, is for something.
        { "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: a\n          port: 81\n    backendRefs:\n    - name: a\n      port: 80\n", [] },
        { "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: a\n          port: 80\n    backendRefs:\n    - name: a\n      port: 80\n    - name: b\n      port: 80\n", [] },
        { "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: a\n          port: 80\n    backendRefs:\n    - name: a\n      port: 80\n    - name: b\n      port: 80\n      weight: 0\n", ["mirror-to-backend 'a' spec.rules[0].filters[0].requestMirror.backendRef.name"] },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_that_get_nothing_are_told_of(string spec, string[] expected) =>
        DiagnosticCheck.Check("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n" + spec, expected);

    public static TheoryData<string, string[]> Redirects => new()
    {
        { "scheme: https", [] },
        { "scheme: http", ["redirect-loop 'http' spec.rules[0].filters[0].requestRedirect.scheme"] },
        { "statusCode: 301", ["redirect-loop 'statusCode' spec.rules[0].filters[0].requestRedirect"] },
        { "hostname: other.example.com", [] },
        { "hostname: a.example.com", ["redirect-loop 'a.example.com' spec.rules[0].filters[0].requestRedirect.hostname"] },
        { "port: 8080", [] },
        { "port: 80", ["redirect-loop '80' spec.rules[0].filters[0].requestRedirect.port"] },
        // The rule has no matches, so it takes the target as well.
        { "path: { type: ReplaceFullPath, replaceFullPath: /x }", ["redirect-loop 'path' spec.rules[0].filters[0].requestRedirect.path"] },
        { "path: { type: ReplacePrefixMatch, replacePrefixMatch: /x }", ["redirect-loop 'path' spec.rules[0].filters[0].requestRedirect.path"] },
        { "hostname: other.example.com\n        path: { type: ReplacePrefixMatch, replacePrefixMatch: /x }", [] },
        { "scheme: https\n        path: { type: ReplacePrefixMatch, replacePrefixMatch: /x }", [] },
        { "path: { type: ReplacePrefixMatch, replacePrefixMatch: '{{ .Values.path }}' }", [] },
        { "path: { type: ReplacePrefixMatch, replacePrefixMatch: / }", ["redirect-loop 'path' spec.rules[0].filters[0].requestRedirect.path"] },
        { "hostname: {{ .Values.host }}", [] },
    };

    [Theory]
    [MemberData(nameof(Redirects))]
    public void Redirects_to_themselves_are_told_of(string redirect, string[] expected) =>
        DiagnosticCheck.Check(
            Front + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: a\nspec:\n  parentRefs:\n  - name: front\n  hostnames:\n  - a.example.com\n"
            + "  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        " + redirect + "\n", expected);

    /// <summary>Followed until another rule takes the target, if one does.</summary>
    [Theory]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "", "/loop/b")]
    [InlineData("/loop/", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "", "/loop/b/")]
    [InlineData("/loop", "ReplaceFullPath, replaceFullPath: /loop/b", "", "/loop/b")]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loops", "", null)]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /other", "", null)]
    [InlineData("/loop", "ReplaceFullPath, replaceFullPath: /", "", null)]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "{type: PathPrefix, value: /loop/b}", null)]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "{type: PathPrefix, value: /loop/b/b/b}", null)]
    [InlineData("/loop", "ReplaceFullPath, replaceFullPath: /loop/b", "{type: Exact, value: /loop/b}", null)]
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "{type: PathPrefix, value: $PATH}", null)]
    // Only the prefix itself is another rule's.
    [InlineData("/loop", "ReplacePrefixMatch, replacePrefixMatch: /loop/b", "{type: Exact, value: /loop}", "/loop/b/any")]
    public void Redirects_that_come_back_to_their_rule_are_told_of(string prefix, string change, string other, string? target)
    {
        string more = other.Length == 0 ? "" : $"  - matches: [{{path: {other}}}]\n    backendRefs: [{{name: any, port: 80}}]\n";
        Assert.Equal(
            target is null ? [] : [$"At listener `web` of Gateway default/front this redirect leads to `{target}`, which the same rule redirects again, and so on: it never ends."],
            DiagnosticCheck.Find(Front + "---\n" + Route("a") + $"  rules:\n  - matches: [{{path: {{type: PathPrefix, value: {prefix}}}}}]\n    filters:\n    - type: RequestRedirect\n      requestRedirect: {{path: {{type: {change}}}}}\n" + more)
                .Where(one => one.Diagnostic.Code == "redirect-loop").Select(one => one.Diagnostic.Message));
    }

    private static string Route(string name, string more = "", string parent = "front") =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: {name}\n{more}spec:\n  parentRefs:\n  - name: {parent}\n";

    /// <summary>Files need not be meant for one cluster; and whoever was created first wins, whatever its name.</summary>
    [Theory]
    [InlineData("", "", "b.yaml", DiagnosticSeverity.Information)]
    [InlineData("  creationTimestamp: 2024-01-02T00:00:00Z\n", "  creationTimestamp: 2024-01-01T00:00:00Z\n", "a.yaml", DiagnosticSeverity.Information)]
    public void The_same_match_in_two_files_is_told_at_the_one_that_loses(string ofA, string ofB, string loser, DiagnosticSeverity severity)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("gateway.yaml", Front, 1));
        host.Apply(new WorkspaceChange.Opened("a.yaml", Route("a", ofA), 1));
        host.Apply(new WorkspaceChange.Opened("b.yaml", Route("b", ofB), 1));
        var analysis = new Analysis(host.Current);
        string winner = loser == "a.yaml" ? "b.yaml" : "a.yaml";
        Assert.Empty(analysis.Diagnose(winner));
        Diagnostic found = Assert.Single(analysis.Diagnose(loser)).Diagnostic;
        Assert.Equal(("duplicate-match", severity, winner), (found.Code, found.Severity, Assert.Single(found.Related).Path));
    }

    /// <summary>Folders of examples, and overlays: which of the Gateways of one name a route is for nobody knows.</summary>
    [Fact]
    public void What_several_files_define_says_nothing_of_routes()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("a/gateway.yaml", Front, 1));
        host.Apply(new WorkspaceChange.Opened("b/gateway.yaml", Front.Replace("name: web", "name: http", StringComparison.Ordinal), 1));
        host.Apply(new WorkspaceChange.Opened("a/route.yaml", Route("a") + "    sectionName: web\n", 1));
        host.Apply(new WorkspaceChange.Opened("b/route.yaml", Route("b") + "    sectionName: http\n---\n" + Route("c"), 1));
        var analysis = new Analysis(host.Current);
        Assert.Empty(((string[])["a/route.yaml", "b/route.yaml"]).SelectMany(path => analysis.Diagnose(path)));
    }

    [Fact]
    public void A_route_that_has_another_place_of_its_own_is_not_told_of()
    {
        string second = Front.Replace("name: front", "name: back", StringComparison.Ordinal);
        DiagnosticCheck.Check(Front + "---\n" + second + "---\n" + Route("a") + "---\n" + Route("b") + "  - name: back\n");
        // Whether the other parent is there nobody knows.
        DiagnosticCheck.Check(Front + "---\n" + Route("a") + "---\n" + Route("b") + "  - name: back\n    namespace: other\n");
    }

    [Fact]
    public void A_route_to_a_listener_set_that_is_not_let_in_is_told_so() =>
        DiagnosticCheck.Check(
            RuleCatalog.Find("not-allowed")!.Doc.Bad + "\n---\n" + Route("a", parent: "more") + "    kind: ListenerSet\n",
            "not-allowed 'front' spec.parentRef.name", "not-allowed 'more' spec.parentRefs[0].name");

    /// <summary>What HTTP listeners carry anyway needs no protocol of its own; in other letters it only looks like one of an implementation.</summary>
    [Theory]
    [InlineData("HTTP/2", "invalid-value")]
    [InlineData("http/2", "unsupported-protocol")]
    [InlineData("HTTP2", "unsupported-protocol")]
    [InlineData("GRPC", "unsupported-protocol")]
    public void Versions_of_http_are_carried_by_its_listeners(string protocol, string code)
    {
        string text = RuleCatalog.Find("unsupported-protocol")!.Doc.Bad.Replace("protocol: http", "protocol: " + protocol, StringComparison.Ordinal);
        Diagnostic finding = DiagnosticCheck.Single(text);
        Assert.Equal(code, finding.Code);
        Assert.Equal([("Change to `HTTP`", false), ("Change to `HTTPS`", false)], finding.Fixes.Select(fix => (fix.Title, fix.IsPreferred)));
    }

    [Fact]
    public void A_protocol_in_small_letters_is_corrected() =>
        DiagnosticCheck.CheckFix(RuleCatalog.Find("unsupported-protocol")!.Doc.Bad, "Change to `HTTP`", RuleCatalog.Find("unsupported-protocol")!.Doc.Good);

    [Theory]
    [InlineData("example.com/own")]
    [InlineData("HBONE")]
    public void Protocols_of_implementations_are_theirs(string protocol) => DiagnosticCheck.Check(Front.Replace("protocol: HTTP", "protocol: " + protocol, StringComparison.Ordinal));

    /// <summary>Namespaces that nobody told of may have the label; so may all, when the files tell of none that has it.</summary>
    [Theory]
    [InlineData("matchLabels:\n            kubernetes.io/metadata.name: other")]
    [InlineData("matchLabels:\n            team: shop")]
    [InlineData("matchLabels:\n            gateway-access: {{ .Values.access }}")]
    [InlineData("matchExpressions:\n          - key: gateway-access\n            operator: NotIn\n            values: [none]")]
    public void Selectors_that_may_match_are_left_alone(string selector) =>
        DiagnosticCheck.Check(RuleCatalog.Find("selector-matches-nothing")!.Doc.Bad.Replace("matchLabels:\n            gateway-access: \"true\"", selector, StringComparison.Ordinal)
            .Replace("matchLabels:\n              gateway-access: \"true\"", selector, StringComparison.Ordinal)
            .Replace("matchLabels:\n                gateway-access: \"true\"", selector.Replace("\n  ", "\n      ", StringComparison.Ordinal), StringComparison.Ordinal));

    [Theory]
    [InlineData("namespace: shop\n  to", "namespace: elsewhere\n  to")]
    [InlineData("kind: HTTPRoute\n    namespace: shop", "kind: Policy\n    namespace: shop")]
    [InlineData("  name: from-shop\n  namespace: payments\n", "  name: from-shop\n")]
    [InlineData("- name: checkout\n", "- name: {{ .Values.name }}\n")]
    public void Grants_that_may_be_used_are_left_alone(string from, string to)
    {
        string text = RuleCatalog.Find("unused-grant")!.Doc.Bad;
        Assert.Contains(from, text, StringComparison.Ordinal);
        DiagnosticCheck.Check(text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>As many routes of one host and path as a workspace may have, each with a header of its own: no comparison of all pairs.</summary>
    [Fact]
    public void Many_routes_of_one_hostname_are_no_trouble()
    {
        const int Count = 4000;
        var text = new StringBuilder(Front);
        for (int i = 0; i < Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"---\n{Route("r" + i)}  rules:\n  - matches:\n    - headers:\n      - name: x\n        value: v{i % (Count - 1)}\n    backendRefs:\n    - name: any\n      port: 80\n");
        }
        FileDiagnostic found = Assert.Single(DiagnosticCheck.Find(text.ToString()));
        Assert.Equal("duplicate-match", found.Diagnostic.Code);
    }

    /// <summary>One listener where it comes first is enough, an older one wins whatever its name, and UDP is no other than TCP.</summary>
    [Theory]
    [InlineData("TCP", "", "[{name: front}]", "[{name: front}]", "b")]
    [InlineData("UDP", "", "[{name: front}]", "[{name: front}]", "b")]
    [InlineData("TCP", ", creationTimestamp: \"2026-01-01T00:00:00Z\"", "[{name: front}]", "[{name: front}]", "a")]
    [InlineData("TCP", "", "[{name: front, sectionName: one}]", "[{name: front}]", "")]
    [InlineData("TCP", "", "[{name: front, sectionName: one}]", "[{name: front, sectionName: two}]", "")]
    [InlineData("TCP", "", "[{name: front}]", "[{name: front}, {name: '{{ .Values.gateway }}'}]", "")]
    [InlineData("TCP", "", "[{name: front}]", "[{name: front, sectionName: one}, {name: front, sectionName: none}]", "b")]
    public void Of_the_routes_of_a_port_one_gets_all(string protocol, string created, string a, string b, string shadowed)
    {
        string text = $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: front}}\nspec: {{gatewayClassName: c, listeners: [{{name: one, port: 1, protocol: {protocol}}}, {{name: two, port: 2, protocol: {protocol}}}]}}\n---\n"
            + Route("a", "", a) + "---\n" + Route("b", created, b);
        Assert.Equal(shadowed, string.Join(' ', DiagnosticCheck.Find(text).Where(one => one.Diagnostic.Code == "shadowed-route").Select(one => one.Diagnostic.Object!.Name)));

        string Route(string name, string created, string parents) =>
            $"apiVersion: gateway.networking.k8s.io/v1\nkind: {protocol}Route\nmetadata: {{name: {name}{created}}}\nspec: {{parentRefs: {parents}, rules: [{{backendRefs: [{{name: s, port: 80}}]}}]}}\n";
    }

    /// <summary>At the hostname as it is written, also where the listener narrows it; without one at the parent it comes from; nowhere where a template says it.</summary>
    [Theory]
    [InlineData("['*.shop.io', x.shop.io]", "shared-hostname 'x.shop.io' spec.hostnames[1]")]
    [InlineData("['*.io']", "shared-hostname ''*.io'' spec.hostnames[0]")]
    [InlineData("[]", "shared-hostname 'front' spec.parentRefs[0].name")]
    [InlineData("['{{ .Values.host }}']")]
    public void The_shared_hostname_is_told_where_it_is_written(string hostnames, params string[] expected) => DiagnosticCheck.Check(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front}\nspec: {gatewayClassName: c, listeners: [{name: web, port: 1, protocol: HTTP, hostname: x.shop.io}]}\n"
        + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: a}\nspec: {parentRefs: [{name: front}], hostnames: [x.shop.io], rules: [{backendRefs: [{name: s, port: 80}]}]}\n"
        + $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: GRPCRoute\nmetadata: {{name: b}}\nspec: {{parentRefs: [{{name: front}}], hostnames: {hostnames}, rules: [{{backendRefs: [{{name: s, port: 80}}]}}]}}\n", expected);

    /// <summary>Of an HTTPRoute and a GRPCRoute with one hostname at a listener the second is told; of two of one kind, or apart, none.</summary>
    [Theory]
    [InlineData("HTTPRoute a [x.io]", "GRPCRoute b [x.io]", "b")]
    [InlineData("GRPCRoute b [x.io]", "HTTPRoute a [x.io]", "b")]
    [InlineData("HTTPRoute a []", "GRPCRoute b []", "b")]
    [InlineData("HTTPRoute a [w.io, X.io]", "GRPCRoute b [x.io]", "b")]
    [InlineData("HTTPRoute a [x.io]", "GRPCRoute b [y.io]", "")]
    [InlineData("HTTPRoute a [x.io]", "HTTPRoute b [x.io]", "")]
    [InlineData("HTTPRoute a [x.io] one", "GRPCRoute b [x.io] two", "")]
    [InlineData("HTTPRoute a [x.io] one", "GRPCRoute b [x.io]", "b")]
    [InlineData("HTTPRoute b [x.io] one 2020", "GRPCRoute a [x.io] one 2021", "a")]
    [InlineData("HTTPRoute a [x.io] one 2021", "GRPCRoute b [x.io] one 2020", "a")]
    public void Of_two_kinds_under_one_hostname_the_second_is_told(string first, string second, string told)
    {
        string text = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: front}\nspec: {gatewayClassName: c, listeners: [{name: one, port: 1, protocol: HTTP}, {name: two, port: 2, protocol: HTTP}]}\n---\n"
            + Route(first) + "---\n" + Route(second);
        Assert.Equal(told, string.Join(' ', DiagnosticCheck.Find(text).Where(one => one.Diagnostic.Code == "shared-hostname").Select(one => one.Diagnostic.Object!.Name)));

        static string Route(string words)
        {
            string[] parts = words.Replace(", ", ",", StringComparison.Ordinal).Split(' ');
            string section = parts.Length > 3 ? $", sectionName: {parts[3]}" : "";
            string created = parts.Length > 4 ? $", creationTimestamp: '{parts[4]}-01-01T00:00:00Z'" : "";
            return $"apiVersion: gateway.networking.k8s.io/v1\nkind: {parts[0]}\nmetadata: {{name: {parts[1]}{created}}}\nspec: {{parentRefs: [{{name: front{section}}}], hostnames: {parts[2]}, rules: [{{backendRefs: [{{name: s, port: 80}}]}}]}}\n";
        }
    }
}
