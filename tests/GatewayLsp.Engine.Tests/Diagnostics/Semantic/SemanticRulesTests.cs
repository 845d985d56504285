using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Semantic;

/// <summary>What the rules of meaning say, and above all when they keep silent: nothing that is not known is wrong.</summary>
public sealed class SemanticRulesTests
{
    private const string Front = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
          namespace: infra
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            hostname: "*.example.com"
            allowedRoutes:
              namespaces:
                from: All

        """;

    private const string Parent = "  parentRefs:\n  - name: front\n    namespace: infra\n";

    public static TheoryData<string, string[]> Routes => new()
    {
        // A Gateway of that name may be in the cluster: no file tells of Gateways in its namespace.
        { "  parentRefs:\n  - name: front\n    namespace: other\n", [] },
        { "  parentRefs:\n  - name: frnot\n    namespace: infra\n", ["no-matching-parent 'frnot' spec.parentRefs[0].name"] },
        { "  parentRefs:\n  - name: front\n    namespace: infra\n    sectionName: wbe\n", ["no-matching-parent 'wbe' spec.parentRefs[0].sectionName"] },
        { "  parentRefs:\n  - name: front\n    namespace: infra\n    port: 8080\n", ["no-matching-parent '8080' spec.parentRefs[0].port"] },
        { "  parentRefs:\n  - name: front\n    namespace: infra\n    sectionName: web\n    port: 8080\n", ["no-matching-parent '8080' spec.parentRefs[0].port"] },
        { "  parentRefs:\n  - name: front\n    namespace: infra\n  hostnames:\n  - a.example.org\n", ["no-matching-listener-hostname 'a.example.org' spec.hostnames"] },
        { "  parentRefs:\n  - name: front\n    namespace: infra\n  hostnames:\n  - a.example.com\n  - example.com\n", ["unserved-hostname 'example.com' spec.hostnames[1]"] },
        // A second parent that nobody knows may serve the other hostname.
        { "  parentRefs:\n  - name: front\n    namespace: infra\n  - name: back\n    namespace: other\n  hostnames:\n  - a.example.com\n  - example.com\n", [] },
        { "  parentRefs:\n  - name: {{ .Values.gateway }}\n    namespace: infra\n", [] },
        { "  rules:\n  - backendRefs:\n    - name: any\n      port: 80\n", [] },
        { "  rules:\n  - backendRefs:\n    - name: any\n      namespace: payments\n      port: 80\n", ["ref-not-permitted 'payments' spec.rules[0].backendRefs[0].namespace"] },
        { "  rules:\n  - backendRefs:\n    - group: net.gke.io\n      kind: ServiceImport\n      name: any\n      port: 80\n", [] },
        { "  rules:\n  - backendRefs:\n    - name: a\n      port: 80\n      weight: 0\n", ["weights-all-zero '0' spec.rules[0].backendRefs[0].weight"] },
        { Parent + "  rules:\n  - name: all\n", ["rule-without-backends 'all' spec.rules[0].name"] },
        { Parent + "  rules:\n  - backendRefs: []\n    filters: [{type: RequestMirror, requestMirror: {backendRef: {name: any, port: 80}}}]\n", ["rule-without-backends 'backendRefs' spec.rules[0].backendRefs"] },
        { Parent + "  - kind: Service\n    group: \"\"\n    name: any\n  rules:\n  - name: all\n", [] },
        { Parent + "  rules:\n  - filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]\n", [] },
        { Parent + "  rules:\n  - filters: [{type: URLRewrite, urlRewrite: {hostname: a.example}}]\n", [] },
        { Parent + "  rules:\n  - filters: [{type: ExtensionRef, extensionRef: {group: a.example, kind: Answer, name: any}}]\n", [] },
        { Parent + "  rules:\n  - name: all\n    {{ .Values.backends }}\n", [] },
        // What a template puts in nobody knows, be it the whole list or an item of it.
        { Parent + "  rules:\n  - backendRefs: ${BACKENDS}\n", [] },
        { Parent + "  rules:\n  - backendRefs: \"${BACKENDS}\"\n", [] },
        { Parent + "  rules:\n  - backendRefs: \"%BACKENDS%\"\n", [] },
        { Parent + "  rules:\n  - backendRefs:\n    - ${BACKEND}\n", [] },
        { Parent + "  rules:\n  - filters: ${FILTERS}\n", [] },
        { Parent + "  rules:\n  - filters:\n    - $FILTER\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 0}\n    - ${BACKEND}\n", [] },
        { "  rules:\n  - backendRefs:\n    - {name: a, port: 80, weight: 90}\n    - {name: b, port: 80}\n    - ${BACKEND}\n", [] },
        { "  rules:\n  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: any, port: 80}}}]\n    backendRefs:\n    - {name: any, port: 80}\n    - ${BACKEND}\n", [] },
        { "  rules:\n  - matches: ${ONE}\n    backendRefs: &any [{name: any, port: 80}]\n  - matches: [$TWO]\n    backendRefs: *any\n  - matches: [{path: $PATH}]\n    backendRefs: *any\n  - matches: [{headers: [$HEADER]}]\n    backendRefs: *any\n  - backendRefs: *any\n", [] },
        // Nobody knows yet what it is attached to.
        { "  rules:\n  - name: all\n", [] },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void Routes_are_told_what_keeps_requests_from_them(string spec, string[] expected) =>
        DiagnosticCheck.Check(Front + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n" + spec, expected);

    /// <summary>Nothing is wrong with the hostname: diagnostic, status and trace say who keeps the route out. The reason of the status stays.</summary>
    [Theory]
    [InlineData("one.example.io", "Listener `one` of Gateway infra/front serves hostnames of this route, but takes no routes from namespace shop; the listener's `allowedRoutes.namespaces` must allow it.",
        "Listener 'one' of Gateway infra/front serves hostnames of HTTPRoute shop/shop, but takes no routes of namespace shop; allow it in allowedRoutes.namespaces.",
        "HTTPRoute shop/shop asks for this Gateway but is not attached: listener one serves its hostname and does not let namespace shop in.")]
    [InlineData("two.example.io", "Gateway infra/front serves `one.example.io` and `open.example.io` and none of this route's hostnames, so that the route is not attached to it.",
        "HTTPRoute shop/shop asks for two.example.io, but Gateway infra/front serves one.example.io and open.example.io; use a hostname that both have.",
        "HTTPRoute shop/shop asks for this Gateway but is not attached: none of its hostnames is one of the listener's.")]
    public void A_route_that_is_kept_out_for_its_namespace_is_not_told_that_its_hostname_is_wrong(string hostname, string finding, string condition, string why)
    {
        Analysis analysis = WorkspaceFixture.Parse($$"""
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: front, namespace: infra}
            spec:
              gatewayClassName: any
              listeners:
              - name: one
                hostname: one.example.io
                port: 80
                protocol: HTTP
                allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {gw: "1"} } } }
              - name: open
                hostname: open.example.io
                port: 80
                protocol: HTTP
                allowedRoutes: {namespaces: {from: All} }
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: shop}
            spec:
              parentRefs: [{name: front, namespace: infra}]
              hostnames: [{{hostname}}]
              rules: [{backendRefs: [{name: any, port: 80}]}]

            """).Analysis;
        Diagnostic told = Assert.Single(analysis.Diagnose("manifest.yaml"), one => one.Diagnostic.Code == "no-matching-listener-hostname").Diagnostic;
        Assert.Equal((finding, hostname == "one.example.io" ? "spec.parentRefs[0].name" : "spec.hostnames"), (told.Message, told.Field));
        var accepted = analysis.Conditions().Single(one => one.View.Kind == "HTTPRoute").Parents!.Value[0].Conditions[0];
        Assert.Equal(("NoMatchingListenerHostname", condition), (accepted.Reason, accepted.Message));
        Assert.Contains(why, analysis.Trace(TraceCheck.Request(analysis, "GET http://one.example.io/")).Why);
    }

    /// <summary>A caller of gRPC gets no status of HTTP, and a connection gets none at all.</summary>
    [Theory]
    [InlineData("HTTPRoute", "[]", "This rule has no backends and no filter that answers: every request that it takes gets 500.")]
    [InlineData("GRPCRoute", "[]", "This rule has no backends and no filter that answers: every call that it takes gets UNAVAILABLE.")]
    [InlineData("HTTPRoute", "[{name: any, port: 80, weight: 0}]", "All backends of this rule have the weight 0: every request that it takes gets 500.")]
    [InlineData("GRPCRoute", "[{name: any, port: 80, weight: 0}]", "All backends of this rule have the weight 0: every call that it takes gets UNAVAILABLE.")]
    [InlineData("TLSRoute", "[{name: any, port: 80, weight: 0}]", "All backends of this rule have the weight 0: nothing that it takes gets through.")]
    public void What_becomes_of_requests_that_nobody_takes_hangs_on_the_kind(string kind, string backends, string message)
    {
        string hostnames = kind == "TLSRoute" ? "  hostnames: [a.example.com]\n" : "";
        Assert.Contains(message, DiagnosticCheck.Find($"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: shop}}\nspec:\n{hostnames}  parentRefs: [{{name: front}}]\n  rules:\n  - backendRefs: {backends}\n").Select(one => one.Diagnostic.Message));
    }
    /// <summary>A name that no object can have leads nowhere, whatever is in other files.</summary>
    [Theory]
    [InlineData("parentRefs: [{name: infra/edge}]", "no-matching-parent", "Change to `edge` in namespace `infra`", "parentRefs: [{name: edge, namespace: infra}]")]
    [InlineData("parentRefs:\n  - name: shop/edge", "no-matching-parent", "Change to `edge`", "parentRefs:\n  - name: edge")]
    [InlineData("rules: [{backendRefs: [{name: cart.auth.svc.cluster.local, port: 80}]}]", "backend-not-found", "Change to `cart` in namespace `auth`", "rules: [{backendRefs: [{name: cart, namespace: auth, port: 80}]}]")]
    [InlineData("rules:\n  - backendRefs:\n    - name: \"http://cart\"\n      port: 80", "backend-not-found", "Change to `cart`", "rules:\n  - backendRefs:\n    - name: \"cart\"\n      port: 80")]
    [InlineData("rules:\n  - backendRefs:\n    - name: auth/cart\n      port: 80", "backend-not-found", "Change to `cart` in namespace `auth`", "rules:\n  - backendRefs:\n    - name: cart\n      namespace: auth\n      port: 80")]
    [InlineData("rules: [{backendRefs: [{\"name\": \"cart_v2\", \"port\": 80}]}]", "backend-not-found", "Change to `cart-v2`", "rules: [{backendRefs: [{\"name\": \"cart-v2\", \"port\": 80}]}]")]
    public void Names_that_no_object_can_have_are_told(string spec, string code, string title, string after)
    {
        const string head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\n  namespace: shop\nspec:\n  ";
        Assert.Equal(code, DiagnosticCheck.Single(head + spec + "\n").Code);
        DiagnosticCheck.CheckFix(head + spec + "\n", title, head + after + "\n");
    }

    [Fact]
    public void Secrets_with_names_that_none_can_have_are_told() => DiagnosticCheck.Check(
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: infra}\nspec:\n  gatewayClassName: istio\n  listeners:\n"
        + "  - {name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: certs/edge-tls}]}}\n  - {name: b, port: 444, protocol: HTTPS, tls: {certificateRefs: [{name: edge_tls}]}}\n",
        "invalid-certificate-ref 'certs/edge-tls' spec.listeners[0].tls.certificateRefs[0].name", "invalid-certificate-ref 'edge_tls' spec.listeners[1].tls.certificateRefs[0].name");

    /// <summary>Names that a script fills in, and kinds whose names may be anything.</summary>
    [Theory]
    [InlineData("SERVICE_NAME")]
    [InlineData("${NAME}")]
    [InlineData("$NAME")]
    [InlineData("<your-service>")]
    [InlineData("@name@")]
    [InlineData("__name__")]
    [InlineData("a-name-that-says-nothing-wrong-but-is-longer-than-a-service-can-have")]
    [InlineData("%NAME%/x")]
    [InlineData("My/Answer, kind: Answer, group: a.example")]
    public void Names_that_may_be_filled_in_are_left_alone(string name) => Assert.DoesNotContain(
        DiagnosticCheck.Find("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: r\n  namespace: shop\nspec:\n  rules:\n  - backendRefs:\n    - {name: " + name + ", port: 80}\n"),
        finding => finding.Diagnostic.Code == "backend-not-found");

    /// <summary>The place that a finding is shown at, in the example of its rule.</summary>
    [Theory]
    [InlineData("not-allowed-by-listeners", "not-allowed-by-listeners 'front' spec.parentRefs[0].name")]
    [InlineData("invalid-kind", "invalid-kind 'Deployment' spec.rules[0].backendRefs[0].kind")]
    [InlineData("invalid-certificate-ref", "invalid-certificate-ref 'shop-tls' spec.listeners[0].tls.certificateRefs[0].name")]
    [InlineData("invalid-ca-certificate-ref", "invalid-ca-certificate-ref 'backend-ca' spec.validation.caCertificateRefs[0].name")]
    [InlineData("hostname-conflict", "hostname-conflict '443' spec.listeners[0].port", "hostname-conflict '443' spec.listeners[1].port")]
    [InlineData("protocol-conflict", "protocol-conflict '80' spec.listeners[0].port", "protocol-conflict '80' spec.listeners[1].port")]
    [InlineData("invalid-route-kinds", "invalid-route-kinds 'TCPRoute' spec.listeners[0].allowedRoutes.kinds[0].kind")]
    [InlineData("target-not-found", "target-not-found 'tls' spec.targetRefs[0].sectionName")]
    [InlineData("conflicted", "conflicted 'checkout' spec.targetRefs[0].name")]
    [InlineData("certificate-key-mismatch", "certificate-key-mismatch 'tls.key' stringData[tls.key]")]
    public void The_example_is_told_at_its_place(string code, params string[] expected) => DiagnosticCheck.Check(RuleCatalog.Find(code)!.Doc.Bad, expected);

    /// <summary>An error only where nothing else can be; a warning or information where the cluster may have it.</summary>
    [Theory]
    [InlineData("backend-not-found", false, DiagnosticSeverity.Warning)]
    [InlineData("backend-not-found", true, DiagnosticSeverity.Error)]
    [InlineData("ref-not-permitted", false, DiagnosticSeverity.Error)]
    [InlineData("no-matching-parent", false, DiagnosticSeverity.Error)]
    [InlineData("port-not-found", false, DiagnosticSeverity.Error)]
    [InlineData("unserved-hostname", true, DiagnosticSeverity.Warning)]
    public void What_may_be_elsewhere_weighs_less(string code, bool isComplete, DiagnosticSeverity severity)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { IsComplete = isComplete }));
        Workspace workspace = host.Apply(new WorkspaceChange.Opened("test.yaml", RuleCatalog.Find(code)!.Doc.Bad, 1));
        Assert.Equal(severity, new Analysis(workspace).Diagnose("test.yaml").Single(found => found.Diagnostic.Code == code).Diagnostic.Severity);
    }

    /// <summary>A backendRef may cross namespaces, a policy never does.</summary>
    [Fact]
    public void A_policy_is_told_where_its_target_is()
    {
        string message = Assert.Single(DiagnosticCheck.Find("""
            apiVersion: v1
            kind: Service
            metadata: {name: checkout, namespace: payments}
            spec: {ports: [{port: 443}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: shop}
            spec: {ports: [{port: 443}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: checkout, namespace: shop}
            spec:
              targetRefs:
              - {group: "", kind: Service, name: checkout}
              validation: {hostname: checkout.example.com, wellKnownCACertificates: System}

            """)).Diagnostic.Message;
        Assert.Contains("There is one in namespace `payments`, but a policy is only for targets in its own namespace", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_complete_workspace_misses_what_no_file_has()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { IsComplete = true }));
        const string Text = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n    - name: any\n      port: 80\n";
        Workspace workspace = host.Apply(new WorkspaceChange.Opened("test.yaml", Text, 1));
        Assert.Equal(["no-matching-parent", "backend-not-found"], new Analysis(workspace).Diagnose("test.yaml").Select(found => found.Diagnostic.Code));
    }

    /// <summary>A kustomization, or kubectl's own option, puts what has no namespace written into any.</summary>
    [Theory]
    [InlineData("  parentRefs:\n  - name: front\n    namespace: infra\n", "  allowedRoutes: {}", new string[0])]
    [InlineData("  parentRefs:\n  - name: front\n", "", new string[0])]
    [InlineData("  rules:\n  - backendRefs:\n    - name: cart\n      namespace: infra\n      port: 80\n", "", new[] { "Information" })]
    public void A_namespace_that_is_not_written_is_not_known(string spec, string listener, string[] expected)
    {
        string text = Front.Replace("    allowedRoutes:\n      namespaces:\n        from: All\n", listener.Length == 0 ? "" : "  " + listener + "\n", StringComparison.Ordinal)
            + "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: infra\nspec:\n  ports:\n  - port: 80\n"
            + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: another\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n"
            + "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n" + spec;
        Assert.Equal(expected, DiagnosticCheck.Find(text).Select(found => found.Diagnostic.Severity.ToString()));
    }

    /// <summary>Secrets that a controller makes in the cluster are in no file.</summary>
    [Theory]
    [InlineData("apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: any\nspec:\n  secretName: shop-tls\n", 0)]
    [InlineData("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: shop-tls\nspec: {}\n", 0)]
    [InlineData("apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata:\n  name: any\nspec:\n  secretName: other\n", 1)]
    public void What_is_to_be_made_is_not_missing(string maker, int findings)
    {
        string text = RuleCatalog.Find("invalid-certificate-ref")!.Doc.Good
            + "\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: another\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: \"\"\n  tls.key: \"\"\n---\n" + maker;
        Assert.Equal(findings, DiagnosticCheck.Find(text).Length);
    }

    /// <summary>Secrets in files often hold nothing, or what a tool encrypted; what reaches the cluster is another matter.</summary>
    [Theory]
    [InlineData("\"\"", false, 0)]
    [InlineData("", false, 0)]
    [InlineData("ENC[AES256_GCM,data:abc=,type:str]", false, 0)]
    [InlineData("${TLS_CRT}", false, 0)]
    [InlineData("<REPLACE_ME>", false, 0)]
    [InlineData("{{ .Values.certificate }}", true, 0)]
    [InlineData("\"\"", true, 1)]
    [InlineData("no certificate", false, 1)]
    public void Placeholders_of_certificates_are_not_wrong(string content, bool isComplete, int findings)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(WorkspaceSettings.Default with { IsComplete = isComplete }));
        string text = RuleCatalog.Find("invalid-certificate-ref")!.Doc.Good
            + $"\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-tls\ntype: kubernetes.io/tls\nstringData:\n  tls.crt: {content}\n  tls.key: {content}\n";
        Workspace workspace = host.Apply(new WorkspaceChange.Opened("test.yaml", text, 1));
        Assert.Equal(findings, new Analysis(workspace).Diagnose("test.yaml").Count(found => found.Diagnostic.Code == "invalid-certificate-ref"));
    }

    [Theory]
    [InlineData("no-matching-parent", "Change to `web`")]
    [InlineData("backend-not-found", "Change to `checkout`")]
    [InlineData("port-not-found", "Change to `80`")]
    [InlineData("ref-not-permitted", "Add a ReferenceGrant in namespace `payments`")]
    public void Fixes_make_the_example_good(string code, string title)
    {
        RuleDoc doc = RuleCatalog.Find(code)!.Doc;
        string bad = doc.Bad.EndsWith('\n') ? doc.Bad : doc.Bad + "\n";
        DiagnosticCheck.CheckFix(bad, title, doc.Good.EndsWith('\n') ? doc.Good : doc.Good + "\n");
    }

    [Fact]
    public void A_grant_goes_behind_its_document_wherever_that_stands()
    {
        string bad = RuleCatalog.Find("ref-not-permitted")!.Doc.Bad.Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n---\r\napiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: shop\r\n";
        FileDiagnostic finding = Assert.Single(DiagnosticCheck.Find(bad));
        string after = DiagnosticCheck.Apply(bad, finding, finding.Diagnostic.Fixes[0]);
        Assert.Contains("    name: checkout\r\n---\r\napiVersion: v1\r\nkind: Namespace", after, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n", after.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(DiagnosticCheck.Find(after));
    }

    /// <summary>Findings of one file come and go with what stands in another.</summary>
    [Fact]
    public void An_edit_elsewhere_counts()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("gateway.yaml", Front, 1));
        host.Apply(new WorkspaceChange.Opened("route.yaml", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  parentRefs:\n  - name: front\n    namespace: infra\n    sectionName: web\n", 1));
        Assert.Empty(new Analysis(host.Current).Diagnose("route.yaml"));
        host.Apply(new WorkspaceChange.Opened("gateway.yaml", Front.Replace("name: web", "name: http", StringComparison.Ordinal), 2));
        FileDiagnostic finding = Assert.Single(new Analysis(host.Current).Diagnose("route.yaml"));
        Assert.Equal("no-matching-parent", finding.Diagnostic.Code);
        Assert.Equal("gateway.yaml", Assert.Single(finding.Diagnostic.Related).Path);
        host.Apply(new WorkspaceChange.Opened("gateway.yaml", Front, 3));
        Assert.Empty(new Analysis(host.Current).Diagnose("route.yaml"));
    }
}
