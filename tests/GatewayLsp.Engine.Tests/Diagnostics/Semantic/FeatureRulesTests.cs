using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Features;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>Fields and kinds that the implementation of a Gateway does not support: told where it is known, and nowhere else.</summary>
public sealed class FeatureRulesTests
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front

        """;

    private const string Backend = "    backendRefs:\n    - name: checkout\n      port: 80\n";

    [Theory]
    [InlineData("unsupported-feature", "unsupported-feature 'POST' spec.rules[0].matches[0].method")]
    [InlineData("unsupported-kind", "unsupported-kind 'front' spec.parentRefs[0].name")]
    [InlineData("ignored-field", "ignored-field 'certificateRefs' spec.listeners[0].tls.certificateRefs")]
    [InlineData("shared-gateway-name", "shared-gateway-name 'shop' metadata.name", "shared-gateway-name 'shop' metadata.name")]
    public void The_example_is_told_at_its_place(string code, params string[] expected) => DiagnosticCheck.Check(RuleCatalog.Find(code)!.Doc.Bad, expected);

    /// <summary>A way to use each feature of HTTPRoute in a manifest: the rule, and where it is told.</summary>
    private static readonly Dictionary<string, (string Rule, string At)> Uses = new()
    {
        ["HTTPRouteMethodMatching"] = ("  - matches:\n    - method: GET\n" + Backend, "'GET' spec.rules[0].matches[0].method"),
        ["HTTPRouteQueryParamMatching"] = ("  - matches:\n    - queryParams:\n      - name: a\n        value: b\n" + Backend, "'queryParams' spec.rules[0].matches[0].queryParams"),
        ["HTTPRouteNamedRouteRule"] = ("  - name: all\n" + Backend, "'all' spec.rules[0].name"),
        ["HTTPRouteRequestTimeout"] = ("  - timeouts:\n      request: 10s\n" + Backend, "'10s' spec.rules[0].timeouts.request"),
        ["HTTPRouteBackendTimeout"] = ("  - timeouts:\n      backendRequest: 10s\n" + Backend, "'10s' spec.rules[0].timeouts.backendRequest"),
        ["HTTPRouteCORS"] = ("  - filters:\n    - type: CORS\n      cors:\n        allowOrigins:\n        - https://a.example.com\n" + Backend, "'CORS' spec.rules[0].filters[0].type"),
        ["HTTPRouteResponseHeaderModification"] = ("  - filters:\n    - type: ResponseHeaderModifier\n      responseHeaderModifier:\n        remove:\n        - x-a\n" + Backend, "'ResponseHeaderModifier' spec.rules[0].filters[0].type"),
        ["HTTPRouteRequestMirror"] = ("  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: shadow\n          port: 80\n" + Backend, "'RequestMirror' spec.rules[0].filters[0].type"),
        ["HTTPRouteRequestPercentageMirror"] = ("  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: shadow\n          port: 80\n        percent: 5\n" + Backend, "'5' spec.rules[0].filters[0].requestMirror.percent"),
        ["HTTPRouteHostRewrite"] = ("  - filters:\n    - type: URLRewrite\n      urlRewrite:\n        hostname: a.example.com\n" + Backend, "'a.example.com' spec.rules[0].filters[0].urlRewrite.hostname"),
        ["HTTPRoutePathRewrite"] = ("  - filters:\n    - type: URLRewrite\n      urlRewrite:\n        path:\n          type: ReplaceFullPath\n          replaceFullPath: /a\n" + Backend, "'path' spec.rules[0].filters[0].urlRewrite.path"),
        ["HTTPRouteSchemeRedirect"] = ("  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        scheme: https\n", "'https' spec.rules[0].filters[0].requestRedirect.scheme"),
        ["HTTPRoutePortRedirect"] = ("  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        port: 8443\n", "'8443' spec.rules[0].filters[0].requestRedirect.port"),
        ["HTTPRoutePathRedirect"] = ("  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        hostname: a.example.com\n        path:\n          type: ReplaceFullPath\n          replaceFullPath: /a\n", "'path' spec.rules[0].filters[0].requestRedirect.path"),
        ["HTTPRoute308RedirectStatusCode"] = ("  - filters:\n    - type: RequestRedirect\n      requestRedirect:\n        hostname: a.example.com\n        statusCode: 308\n", "'308' spec.rules[0].filters[0].requestRedirect.statusCode"),
        ["HTTPRouteBackendRequestHeaderModification"] = ("  - backendRefs:\n    - name: checkout\n      port: 80\n      filters:\n      - type: RequestHeaderModifier\n        requestHeaderModifier:\n          remove:\n          - x-a\n", "'RequestHeaderModifier' spec.rules[0].backendRefs[0].filters[0].type"),
        ["HTTPRouteBackendURLRewrite"] = ("  - backendRefs:\n    - name: checkout\n      port: 80\n      filters:\n      - type: URLRewrite\n        urlRewrite:\n          hostname: a.example.com\n", "'URLRewrite' spec.rules[0].backendRefs[0].filters[0].type"),
    };

    public static TheoryData<string, string> Table
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (Implementation one in ImplementationCatalog.All)
            {
                foreach (string feature in Uses.Keys)
                {
                    data.Add(one.Id, feature);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void A_feature_is_told_of_where_the_table_says_no(string id, string feature)
    {
        Implementation one = ImplementationCatalog.Named(id)!;
        (string rule, string at) = Uses[feature];
        string[] expected = one.Supports(feature, null) == Answer.No && !one.Doubtful.Contains(feature) ? [$"unsupported-feature {at}"] : [];
        string[] found = [.. Find(Gateway("anything") + Route + "  rules:\n" + rule, ("anything", id))
            .Where(text => text.EndsWith(at, StringComparison.Ordinal))];
        Assert.Equal(expected, found);
    }

    public static TheoryData<string, string, string[]> Classes => new()
    {
        // By name of the class, by controller of a class in the files, by setting; a class of the files outweighs a well-known name.
        { Gateway("gke-l7-rilb"), "", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Class("ours", "networking.gke.io/gateway") + Gateway("ours"), "", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Gateway("ours"), "gke", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Gateway("ours"), "gke@1.36", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Gateway("ours"), "gke@1.40", [] },
        { Gateway("ours"), "no-such-thing", [] },
        { Gateway("ours"), "", [] },
        { Gateway("{GATEWAY_CLASS_NAME}"), "", [] },
        { Class("gke-l7-rilb", "example.com/other") + Gateway("gke-l7-rilb"), "", [] },
        { Gateway("istio"), "", [] },
        // What the controller itself announces outweighs the table.
        { Class("gke-l7-rilb", "networking.gke.io/gateway", "HTTPRouteMethodMatching") + Gateway("gke-l7-rilb"), "", [] },
        { Class("istio", "istio.io/gateway-controller", "HTTPRoute") + Gateway("istio"), "", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Class("ours", "example.com/other", "HTTPRoute") + Gateway("ours"), "", ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_implementation_is_found(string before, string setting, string[] expected) =>
        Assert.Equal(expected, Find(before + Route + "  rules:\n  - matches:\n    - method: GET\n" + Backend, ("ours", setting)));

    public static TheoryData<string, string[]> Objects => new()
    {
        { Gateway("gke-l7-rilb", "  addresses:\n  - value: 10.0.0.1\n"), ["unsupported-feature '10.0.0.1' spec.addresses[0].value"] },
        { Gateway("gke-l7-rilb", "  addresses:\n  - type: NamedAddress\n    value: front\n"), [] },
        { Gateway("gke-l7-rilb", "  infrastructure:\n    labels:\n      a: b\n"), ["unsupported-feature 'labels' spec.infrastructure.labels"] },
        { Gateway("gke-l7-rilb", "  allowedListeners:\n    namespaces:\n      from: All\n"), ["unsupported-feature 'allowedListeners' spec.allowedListeners"] },
        { Gateway("gke-l7-rilb", "  allowedListeners:\n    namespaces:\n      from: None\n"), [] },
        { Gateway("gke-l7-rilb") + Route + "    port: 80\n  rules:\n  - backendRefs:\n    - name: checkout\n      port: 80\n", ["unsupported-feature '80' spec.parentRefs[0].port"] },
        // One finding for a feature and route.
        { Gateway("gke-l7-rilb") + Route + "  rules:\n  - matches:\n    - method: GET\n    - method: PUT\n" + Backend, ["unsupported-feature 'GET' spec.rules[0].matches[0].method"] },
        { Gateway("gke-l7-rilb") + Route + "  rules:\n  - backendRefs:\n    - name: orders\n      port: 80\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: orders\nspec:\n  selector:\n    app: orders\n  ports:\n  - port: 80\n    appProtocol: kubernetes.io/h2c\n", ["unsupported-feature '80' spec.rules[0].backendRefs[0].port"] },
        { Class("l4", "gateway.k8s.aws/nlb") + Gateway("l4") + Route + "  rules:\n  - backendRefs:\n    - name: checkout\n      port: 80\n", ["unsupported-kind 'front' spec.parentRefs[0].name"] },
        { Class("l7", "gateway.k8s.aws/alb") + Gateway("l7") + Route + "  rules:\n  - backendRefs:\n    - name: checkout\n      port: 80\n", [] },
        { Gateway("gke-l7-rilb") + Route + "  rules:\n  - backendRefs:\n    - group: net.gke.io\n      kind: ServiceImport\n      name: checkout\n      port: 80\n", ["unsupported-kind 'ServiceImport' spec.rules[0].backendRefs[0].kind"] },
        { Gateway("gke-l7-rilb-mc") + Route + "  rules:\n  - backendRefs:\n    - group: net.gke.io\n      kind: ServiceImport\n      name: checkout\n      port: 80\n", [] },
        { Gateway("amazon-vpc-lattice") + Route + "  rules:\n  - matches:\n    - headers:\n" + Headers(5) + Backend, [] },
        { Gateway("amazon-vpc-lattice") + Route + "  rules:\n  - matches:\n    - headers:\n" + Headers(6) + Backend, ["unsupported-feature 'headers' spec.rules[0].matches[0].headers"] },
        { Gateway("amazon-vpc-lattice") + Route + "  rules:\n  - matches:\n    - queryParams:\n      - name: a\n        value: b\n" + Backend, ["unsupported-feature 'queryParams' spec.rules[0].matches[0].queryParams"] },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Particularities_are_told(string manifest, string[] expected) => Assert.Equal(expected, Find(manifest));

    [Fact]
    public void The_message_names_who_and_where_from()
    {
        string manifest = Gateway("gke-l7-rilb") + Route + "  rules:\n  - matches:\n    - method: GET\n" + Backend;
        Assert.Equal("The conformance report of GKE Gateway 1.36 does not list matching by method (`HTTPRouteMethodMatching`), so it may not work. GKE Gateway 1.36 implements Gateway `default/front`.",
            DiagnosticCheck.Single(manifest).Message);
    }

    [Fact]
    public void A_mesh_is_known_by_setting_alone()
    {
        string manifest = "apiVersion: v1\nkind: Service\nmetadata:\n  name: front\nspec:\n  selector:\n    app: front\n  ports:\n  - port: 80\n---\n"
            + Route.Replace("  - name: front\n", "  - group: \"\"\n    kind: Service\n    name: front\n", StringComparison.Ordinal)
            + "  rules:\n  - filters:\n    - type: URLRewrite\n      urlRewrite:\n        path:\n          type: ReplaceFullPath\n          replaceFullPath: /a\n    backendRefs:\n    - name: front\n      port: 80\n";
        Assert.Empty(Find(manifest));
        Assert.Empty(Find(manifest, ("mesh", "istio")));
        Assert.Equal(["unsupported-feature 'path' spec.rules[0].filters[0].urlRewrite.path"], Find(manifest, ("mesh", "linkerd")));
    }

    private static string[] Find(string manifest, params (string Key, string Value)[] implementations)
    {
        var settings = new WorkspaceSettings { Implementations = implementations.Where(one => one.Value.Length > 0).ToImmutableDictionary(one => one.Key, one => one.Value) };
        WorkspaceFixture fixture = WorkspaceFixture.Parse(manifest, settings);
        return [.. fixture.Analysis.Diagnose(fixture.Path).Select(found =>
            $"{found.Diagnostic.Code} '{found.Slot.Document.Text.Substring(found.Diagnostic.Span.Start, found.Diagnostic.Span.Length)}' {found.Diagnostic.Field}")];
    }

    private static string Headers(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"      - name: x-{i}\n        value: a\n"));

    private static string Gateway(string className, string fields = "") =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: \"{className}\"\n{fields}  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n---\n";

    private static string Class(string name, string controller, params string[] features) =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: {name}\nspec:\n  controllerName: {controller}\n"
        + (features.Length == 0 ? "" : "status:\n  supportedFeatures:\n" + string.Concat(features.Select(f => $"  - name: {f}\n"))) + "---\n";
}
