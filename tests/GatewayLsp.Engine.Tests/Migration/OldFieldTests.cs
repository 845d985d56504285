using GatewayLsp.Engine.Migration;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Migration;

/// <summary>
/// Every field that the API lost or renamed from v0.1 on, by the Go types of each release, with what becomes of it: a row a
/// field. The line of the object's head is left out of the rows.
/// </summary>
public class OldFieldTests
{
    private const string Alpha1 = "networking.x-k8s.io/v1alpha1";
    private const string Alpha2 = "gateway.networking.k8s.io/v1alpha2";
    private const string Alpha3 = "gateway.networking.k8s.io/v1alpha3";
    private const string V1 = "gateway.networking.k8s.io/v1";

    [Theory]
    // BackendPolicy
    [InlineData("BackendPolicySpec.backendRefs, BackendTLSConfig.certificateAuthorityRef and options", Alpha1, "BackendPolicy",
        "  backendRefs:\n  - {group: core, kind: Service, name: a}\n  tls:\n    certificateAuthorityRef: {group: core, kind: ConfigMap, name: ca}\n    options: {x.y/z: b}\n    hostname: a.b\n",
        "  targetRefs:\n  - {group: \"\", kind: Service, name: a}\n  validation:\n    caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]\n    hostname: a.b\n  options: {x.y/z: b}\n", "")]
    [InlineData("BackendTLSConfig without hostname", Alpha1, "BackendPolicy",
        "  backendRefs:\n  - {kind: Service, name: a}\n  tls:\n    certificateAuthorityRef: {kind: Secret, name: ca}\n",
        "  targetRefs:\n  - {group: \"\", kind: Service, name: a}\n  validation:\n    caCertificateRefs: [{group: \"\", kind: Secret, name: ca}]\n    hostname: a.default.svc # a guess: which name is in the backend's certificate?\n", "needs the `hostname`")]
    [InlineData("BackendTLSConfig in braces without hostname", Alpha1, "BackendPolicy",
        "  backendRefs: [{group: core, kind: Service, name: cart, port: 8080}, {name: b, port: 1}] # both\n  # of the backend\n  tls: {certificateAuthorityRef: {group: core, kind: ConfigMap, name: ca}}\n",
        "  # port: 8080 of cart\n  # port: 1 of b\n  targetRefs: [{group: \"\", kind: Service, name: cart}, {group: \"\", kind: Service, name: b}] # both\n  # of the backend\n"
        + "  # `hostname` is a guess: which name is in the backend's certificate?\n  validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}], hostname: cart.default.svc}\n", "by its name, in `sectionName`")]
    [InlineData("BackendRef.port of a BackendPolicy in braces, first", Alpha1, "BackendPolicy",
        "  backendRefs:\n  - {port: 443, name: a}\n  tls: {hostname: a.b, wellKnownCACerts: System}\n",
        "  # port: 443 of a\n  targetRefs:\n  - {group: \"\", kind: Service, name: a}\n  validation: {hostname: a.b, wellKnownCACertificates: System}\n", "by its name, in `sectionName`")]
    [InlineData("BackendRef.port of a BackendPolicy", Alpha1, "BackendPolicy",
        "  backendRefs:\n  - name: a\n    port: 443\n  tls:\n    hostname: a.b\n    wellKnownCACerts: System\n",
        "  targetRefs:\n  - group: \"\"\n    kind: Service\n    # port: 443\n    name: a\n  validation:\n    hostname: a.b\n    wellKnownCACertificates: System\n", "by its name, in `sectionName`")]
    // GatewayClass
    [InlineData("GatewayClassSpec.controller", Alpha1, "GatewayClass", "  controller: a.b/c\n", "  controllerName: a.b/c\n", "")]
    [InlineData("ParametersReference.scope", Alpha1, "GatewayClass", "  controllerName: a.b/c\n  parametersRef: {group: a.b, kind: C, name: d, scope: Namespace, namespace: e}\n", "  controllerName: a.b/c\n  parametersRef: {group: a.b, kind: C, name: d, namespace: e}\n", "")]
    // Gateway
    [InlineData("Listener.routes: kind, selector, namespaces", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    routes:\n      kind: HTTPRoute\n      namespaces: {from: Selector, selector: {matchLabels: {a: b}}}\n      selector: {matchLabels: {c: d}}\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    allowedRoutes:\n      namespaces: {from: Selector, selector: {matchLabels: {a: b}}}\n      kinds:\n      - kind: HTTPRoute\n", "choose routes by their labels")]
    [InlineData("RouteBindingSelector.group", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    routes: {group: a.b, kind: C}\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    allowedRoutes:\n      namespaces:\n        from: Same\n      kinds:\n      - group: a.b\n        kind: C\n", "")]
    [InlineData("routes.from", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    routes: {kind: HTTPRoute, from: All}\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n    allowedRoutes:\n      namespaces:\n        from: All\n      kinds:\n      - kind: HTTPRoute\n", "")]
    [InlineData("GatewayTLSConfig.certificateRef", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {certificateRef: {group: core, kind: Secret, name: c}}\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {certificateRefs: [{group: \"\", kind: Secret, name: c}]}\n", "")]
    [InlineData("TLSOverridePolicy.certificate Deny", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {certificateRefs: [{name: c}], routeOverride: {certificate: Deny}}\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls: {certificateRefs: [{name: c}]}\n", "")]
    [InlineData("TLSOverridePolicy.certificate Allow", Alpha1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      routeOverride:\n        certificate: Allow\n      certificateRefs: [{name: c}]\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      # routeOverride:\n      #   certificate: Allow\n      certificateRefs: [{name: c}]\n", "certificates of their own")]
    [InlineData("Gateway.spec.backendTLS (v1.1 to v1.3)", V1, "Gateway",
        "  gatewayClassName: a\n  backendTLS:\n    clientCertificateRef: {name: c}\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n",
        "  gatewayClassName: a\n  tls:\n    backend:\n      clientCertificateRef: {name: c}\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", "")]
    [InlineData("GatewayTLSConfig.frontendValidation (v1.1 to v1.3)", V1, "Gateway",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs: [{name: c}]\n      frontendValidation:\n        caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]\n",
        "  gatewayClassName: a\n  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n    tls:\n      certificateRefs: [{name: c}]\n  tls:\n    frontend:\n      default:\n        validation:\n          caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]\n", "")]
    // HTTPRoute
    [InlineData("HTTPRouteSpec.gateways with gatewayRefs", Alpha1, "HTTPRoute", "  gateways:\n    allow: FromList\n    gatewayRefs:\n    - {name: g, namespace: n}\n  rules: []\n", "  parentRefs:\n  - {name: g, namespace: n}\n  rules: []\n", "")]
    [InlineData("RouteGateways.allow All", Alpha1, "HTTPRoute", "  gateways: {allow: All}\n  rules: []\n", "  rules: []\n", "name them in `parentRefs`")]
    [InlineData("RouteGateways.allow SameNamespace", Alpha1, "HTTPRoute", "  gateways: {allow: SameNamespace}\n  rules: []\n", "  rules: []\n", "name them in `parentRefs`")]
    [InlineData("no gateways", Alpha1, "HTTPRoute", "  rules: []\n", "  rules: []\n", "it names none")]
    [InlineData("RouteTLSConfig.certificateRef", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  tls: {certificateRef: {name: c}}\n  rules: []\n", "  parentRefs: [{name: g}]\n  # tls: {certificateRef: {name: c}}\n  rules: []\n", "HTTPS listener")]
    [InlineData("HTTPRouteForwardTo.serviceName, port, weight", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - forwardTo:\n    - {serviceName: a, port: 80, weight: 2}\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 2}\n", "")]
    [InlineData("HTTPRouteForwardTo.backendRef", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - forwardTo:\n    - backendRef: {group: a.b, kind: C, name: d}\n      port: 80\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - group: a.b\n      kind: C\n      name: d\n      port: 80\n", "")]
    [InlineData("HTTPRouteForwardTo.filters", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - forwardTo:\n    - serviceName: a\n      port: 80\n      filters:\n      - type: RequestHeaderModifier\n        requestHeaderModifier: {add: {b: c}}\n",
        "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      filters:\n      - type: RequestHeaderModifier\n        requestHeaderModifier: {add: [{name: b, value: c}]}\n", "")]
    [InlineData("HTTPHeaderMatch.values", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - headers: {type: Exact, values: {a: b}}\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - headers:\n      - name: a\n        value: b\n", "")]
    [InlineData("HeaderMatchImplementationSpecific", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - headers: {type: ImplementationSpecific, values: {a: b}}\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - headers:\n      - type: RegularExpression\n        name: a\n        value: b\n", "`RegularExpression` is the nearest")]
    [InlineData("HTTPQueryParamMatch.values", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - queryParams: {type: RegularExpression, values: {a: b}}\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - queryParams:\n      - type: RegularExpression\n        name: a\n        value: b\n", "")]
    [InlineData("HTTPRouteMatch.extensionRef", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - extensionRef: {group: a.b, kind: C, name: d}\n      method: GET\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    # extensionRef: {group: a.b, kind: C, name: d}\n    - method: GET\n", "no `extensionRef`")]
    [InlineData("PathMatchPrefix", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - path: {type: Prefix, value: /a}\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - path: {type: PathPrefix, value: /a}\n", "")]
    [InlineData("PathMatchImplementationSpecific", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - path: {type: ImplementationSpecific, value: /a}\n", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - path: {type: PathPrefix, value: /a}\n", "`PathPrefix` is the nearest")]
    [InlineData("HTTPRequestHeaderFilter.set and add as maps", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestHeaderModifier\n      requestHeaderModifier: {set: {a: b}, remove: [c]}\n", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestHeaderModifier\n      requestHeaderModifier: {set: [{name: a, value: b}], remove: [c]}\n", "")]
    [InlineData("HTTPRequestMirrorFilter.serviceName and port", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror: {serviceName: a, port: 80}\n", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror: {backendRef: {name: a, port: 80}}\n", "")]
    [InlineData("HTTPPathModifier Absolute and substitution (v0.4)", Alpha2, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {path: {type: Absolute, substitution: /a}}\n", "  parentRefs: [{name: g}]\n  rules:\n  - filters:\n    - type: RequestRedirect\n      requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /a}}\n", "")]
    [InlineData("RouteStatus.gateways", Alpha1, "HTTPRoute", "  parentRefs: [{name: g}]\n  rules: []\nstatus:\n  gateways: []\n", "  parentRefs: [{name: g}]\n  rules: []\n", "")]
    // Streams
    [InlineData("TLSRouteRule.matches with snis", Alpha1, "TLSRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - snis: [a.b]\n    forwardTo:\n    - {serviceName: a, port: 443}\n", "  parentRefs: [{name: g}]\n  hostnames:\n  - a.b\n  rules:\n  - backendRefs:\n    - {name: a, port: 443}\n", "")]
    [InlineData("TLSRouteRule.matches of several rules", Alpha1, "TLSRoute",
        "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - snis: [a.b]\n    forwardTo:\n    - {serviceName: a, port: 443}\n  - matches:\n    - snis: [c.d]\n    forwardTo:\n    - {serviceName: c, port: 443}\n",
        "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - snis: [a.b]\n    backendRefs:\n    - {name: a, port: 443}\n  - matches:\n    - snis: [c.d]\n    backendRefs:\n    - {name: c, port: 443}\n", "make a TLSRoute of its own of each further rule")]
    [InlineData("TLSRoute without hostnames", Alpha2, "TLSRoute", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - {name: a, port: 443}\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - {name: a, port: 443}\n", "needs `hostnames`")]
    [InlineData("TCPRouteRule.matches", Alpha1, "TCPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - matches:\n    - extensionRef: {group: a.b, kind: C, name: d}\n    forwardTo:\n    - {serviceName: a, port: 80}\n", "  parentRefs: [{name: g}]\n  rules:\n  # matches:\n  # - extensionRef: {group: a.b, kind: C, name: d}\n  - backendRefs:\n    - {name: a, port: 80}\n", "no `matches`")]
    [InlineData("UDPRouteRule.matches", Alpha1, "UDPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - forwardTo:\n    - {serviceName: a, port: 53}\n    matches: []\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs:\n    - {name: a, port: 53}\n", "")]
    [InlineData("TCPRoute with several rules", Alpha2, "TCPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs: [{name: a, port: 80}]\n  - backendRefs: [{name: b, port: 80}]\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs: [{name: a, port: 80}]\n  - backendRefs: [{name: b, port: 80}]\n", "make a TCPRoute of its own of each further rule")]
    [InlineData("UDPRoute v1alpha2", Alpha2, "UDPRoute", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs: [{name: a, port: 53}]\n", "  parentRefs: [{name: g}]\n  rules:\n  - backendRefs: [{name: a, port: 53}]\n", "")]
    // Policies and grants
    [InlineData("ReferencePolicy", Alpha2, "ReferencePolicy", "  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}]\n  to: [{group: '', kind: Service}]\n", "  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: a}]\n  to: [{group: '', kind: Service}]\n", "")]
    [InlineData("PolicyTargetReference.namespace, BackendTLSPolicyConfig", Alpha2, "BackendTLSPolicy", "  targetRef: {group: '', kind: Service, name: a, namespace: b}\n  tls: {caCertRefs: [{group: '', kind: ConfigMap, name: ca}], hostname: a.b}\n", "  targetRefs: [{group: '', kind: Service, name: a}]\n  validation: {caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}], hostname: a.b}\n", "")]
    [InlineData("BackendTLSPolicyConfig.wellKnownCACerts", Alpha2, "BackendTLSPolicy", "  targetRefs: [{group: '', kind: Service, name: a}]\n  tls: {wellKnownCACerts: System, hostname: a.b}\n", "  targetRefs: [{group: '', kind: Service, name: a}]\n  validation: {wellKnownCACertificates: System, hostname: a.b}\n", "")]
    [InlineData("BackendTLSPolicy v1alpha3", Alpha3, "BackendTLSPolicy", "  targetRefs: [{group: '', kind: Service, name: a}]\n  validation: {wellKnownCACertificates: System, hostname: a.b}\n", "  targetRefs: [{group: '', kind: Service, name: a}]\n  validation: {wellKnownCACertificates: System, hostname: a.b}\n", "")]
    public void Becomes(string field, string version, string kind, string before, string after, string human)
    {
        string text = $"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: x\nspec:\n{before}";
        FileMigration migration = MigrationCheck.Migrate(text);
        string today = kind switch { "BackendPolicy" => "BackendTLSPolicy", "ReferencePolicy" => "ReferenceGrant", _ => kind };
        Assert.True($"apiVersion: {V1}\nkind: {today}\nmetadata:\n  name: x\nspec:\n{after}" == migration.NewText, $"{field}:\n{migration.NewText}\n{string.Join("\n", MigrationCheck.Human(migration))}");
        Assert.Equal(migration.NewText, MigrationCheck.Migrate(migration.NewText).NewText);
        if (human.Length == 0)
        {
            Assert.Empty(MigrationCheck.Human(migration));
        }
        else
        {
            Assert.Contains(MigrationCheck.Human(migration), note => note.Contains(human, StringComparison.Ordinal));
        }
    }

    /// <summary>A spec in braces has no line for a remark: that stands above it, and nowhere in JSON.</summary>
    [Theory]
    [InlineData("kind: BackendPolicy\nmetadata: {name: x}\nspec: {backendRefs: [{name: a, port: 1}], tls: {certificateAuthorityRef: {name: ca}}}\n",
        "kind: BackendTLSPolicy\nmetadata: {name: x}\n# port: 1 of a\n# `hostname` is a guess: which name is in the backend's certificate?\n"
        + "spec: {targetRefs: [{group: \"\", kind: Service, name: a}], validation: {caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}], hostname: a.default.svc}}\n")]
    public void WhatIsRemarkedOfAPolicyInBracesStandsAboveIt(string before, string after) =>
        Assert.Equal($"apiVersion: {V1}\n{after}", MigrationCheck.Text($"apiVersion: {Alpha1}\n{before}"));

    /// <summary>Places that share a value by an alias or a merge key: shared still where that means the same, written out where not.</summary>
    [Theory]
    [InlineData("  rules:\n  - forwardTo: &m\n    - serviceName: a # kept\n      port: 80\n  - forwardTo: *m\n", "  rules:\n  - backendRefs: &m\n    - name: a # kept\n      port: 80\n  - backendRefs: *m\n")]
    [InlineData("  rules:\n  - forwardTo: &m\n    - {serviceName: a, port: 80}\n    - {serviceName: b, port: 80, mirror: true}\n  - forwardTo: *m\n",
        "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: b\n          port: 80\n    backendRefs: &m\n    - {name: a, port: 80}\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: b\n          port: 80\n    backendRefs:\n    - {name: a, port: 80}\n")]
    [InlineData("  rules:\n  - forwardTo:\n    - &b {serviceName: a, port: 80}\n  - forwardTo:\n    - <<: *b # again\n      weight: 3\n", "  rules:\n  - backendRefs:\n    - &b {name: a, port: 80}\n  - backendRefs:\n    - <<: *b # again\n      weight: 3\n")]
    [InlineData("  rules:\n  - forwardTo:\n    - &b {serviceName: a, port: 80, mirror: true}\n    - {serviceName: c, port: 80}\n  - forwardTo:\n    - <<: *b\n      mirror: false\n",
        "  rules:\n  - filters:\n    - type: RequestMirror\n      requestMirror:\n        backendRef:\n          name: a\n          port: 80\n    backendRefs:\n    - {name: c, port: 80}\n  - backendRefs:\n    - name: a\n      port: 80\n")]
    [InlineData("  rules:\n  - matches: &p\n    - path: {type: Prefix, value: /a}\n    forwardTo:\n    - {serviceName: a, port: 80}\n  - matches: *p\n    backendRefs:\n    - {name: b, port: 80}\n",
        "  rules:\n  - matches: &p\n    - path: {type: PathPrefix, value: /a}\n    backendRefs:\n    - {name: a, port: 80}\n  - matches: *p\n    backendRefs:\n    - {name: b, port: 80}\n")]
    [InlineData("  rules:\n  - forwardTo:\n    - serviceName: &n a\n      port: 80\n  - backendRefs:\n    - name: *n\n      port: 80\n", "  rules:\n  - backendRefs:\n    - name: &n a\n      port: 80\n  - backendRefs:\n    - name: *n\n      port: 80\n")]
    public void AliasesAreMigratedByWhatTheyMean(string before, string after)
    {
        const string Head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: x\nspec:\n  parentRefs: [{name: g}]\n";
        Assert.Equal(Head + after, MigrationCheck.Text(Head + before));
    }

    [Fact]
    public void RoutesAreFoundByExpressionsAndByNamespaces()
    {
        const string Old = "#file: r.yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: HTTPRoute\nmetadata: {name: store, namespace: shop, labels: {app: shop}}\nspec:\n  gateways: {allow: All}\n  rules: []\n"
            + "#file: g.yaml\napiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata: {name: edge, namespace: infra}\nspec:\n  listeners:\n  - {port: 80, protocol: HTTP, routes: {kind: HTTPRoute, namespaces: {from: Selector, selector: {matchLabels: {team: a}}}, selector: {matchExpressions: [{key: app, operator: In, values: [shop]}]}}}\n"
            + "#file: n.yaml\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {team: a}}\n";
        FileMigration migration = MigrationCheck.Migrate(Old);
        Assert.Contains("spec:\n  parentRefs:\n  - name: edge\n    namespace: infra\n  rules: []", migration.NewText, StringComparison.Ordinal);
        Assert.Empty(MigrationCheck.Human(migration));
    }
}
