using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Live;

/// <summary>"live-condition": what connected clusters report, at the place that it is about.</summary>
public sealed class LiveConditionTests
{
    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: shop}
        spec:
          parentRefs:
          - name: edge
            sectionName: tls
          - {name: edge, sectionName: web}
          rules:
          - backendRefs:
            - {name: cart, port: 80}
            - {name: checkout, port: 80}
        """;

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: 80, protocol: HTTP}
          - name: tls
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: cert
        """;

    private static string Status(string parents, long generation = 2) => Route.Replace("namespace: shop}", $"namespace: shop, generation: {generation}}}", StringComparison.Ordinal) + "\nstatus:\n  parents:\n" + parents;

    private static string Parent(string reference, string type, string reason, string message = "", int observed = 2, string status = "False") => $$"""
          - parentRef: {{reference}}
            controllerName: example.com/c
            conditions:
            - {type: {{type}}, status: "{{status}}", reason: {{reason}}, message: "{{message}}", observedGeneration: {{observed}}}

        """;

    private static string[] Find(string manifest, params string[] clusters) =>
        [.. WorkspaceFixture.Parse(manifest).With([.. clusters.Select((one, i) => LiveFixture.Cluster(one, i == 0 ? "east" : "west"))]).Findings()];

    [Fact]
    public void A_parent_is_found_by_all_of_its_reference() => Assert.Equal(
        ["7:11 Error live-condition east (EKS) reports Accepted = False, NotAllowedByListeners for parent `edge (web)`: no listener of the parent takes this route: its kind or its namespace is not allowed (no)."],
        Find(Route, Status(Parent("{name: edge, sectionName: web}", "Accepted", "NotAllowedByListeners", "no."))));

    [Fact]
    public void A_backend_is_found_by_its_name_in_the_message() => Assert.Equal(
        ["11:13 Error live-condition east (EKS) reports ResolvedRefs = False, BackendNotFound for parent `edge (tls)`: a backend does not exist (Service shop/checkout not found)."],
        Find(Route, Status(Parent("{name: edge, sectionName: tls}", "ResolvedRefs", "BackendNotFound", "Service shop/checkout not found."))));

    [Fact]
    public void Which_backend_is_not_guessed() =>
        Assert.StartsWith("5:10 Error live-condition", Assert.Single(Find(Route, Status(Parent("{name: edge, sectionName: tls}", "ResolvedRefs", "BackendNotFound", "not found")))), StringComparison.Ordinal);

    [Fact]
    public void Old_news_is_no_news() => Assert.Empty(Find(Route, Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent", observed: 1))));

    [Fact]
    public void No_status_is_no_finding() => Assert.Empty(Find(Route, Route));

    [Fact]
    public void What_is_well_is_no_finding() => Assert.Empty(Find(Route, Status(Parent("{name: edge, sectionName: tls}", "Accepted", "Accepted", status: "True"))));

    [Fact]
    public void What_changed_since_is_information() => Assert.Contains("The manifest has changed since it was applied.",
        Assert.Single(Find(Route.Replace("name: cart", "name: basket", StringComparison.Ordinal), Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent"))), one => one.Contains(" Information live-condition", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void A_listener_by_its_name_and_reason()
    {
        string status = Gateway + """

            status:
              conditions:
              - {type: Accepted, status: "False", reason: ListenersNotValid}
              - {type: Programmed, status: "False", reason: Invalid}
              listeners:
              - name: web
                attachedRoutes: 1
                conditions:
                - {type: Programmed, status: "True", reason: Programmed}
              - name: tls
                attachedRoutes: 0
                conditions:
                - {type: ResolvedRefs, status: "False", reason: InvalidCertificateRef, message: no secret}
                - {type: Programmed, status: "False", reason: Invalid}
            """;
        Assert.Equal(
            ["11:6 Error live-condition east (EKS) reports ResolvedRefs = False, InvalidCertificateRef for listener `tls`: a certificate does not exist, or is none (no secret)."],
            Find(Gateway, status));
    }

    [Fact]
    public void The_same_is_not_said_twice()
    {
        string manifest = Route + "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
        string[] before = Find(manifest);
        Assert.Contains(" backend-not-found ", Assert.Single(before), StringComparison.Ordinal);
        Assert.Equal(before, Find(manifest, Status(Parent("{name: edge, sectionName: tls}", "ResolvedRefs", "BackendNotFound", "Service checkout not found"))));
    }

    [Fact]
    public void What_a_cluster_has_is_not_missing()
    {
        string manifest = Route + "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
        const string Live = "apiVersion: v1\nkind: Service\nmetadata: {name: checkout, namespace: shop}\nspec: {ports: [{port: 80}]}\n";
        Assert.Empty(Find(manifest, Live));
        // One of two clusters lacks it.
        Assert.Single(Find(manifest, Live, "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"));
    }

    [Fact]
    public void A_file_of_a_cluster_hears_of_that_one_only()
    {
        string bad = Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent"));
        Assert.Single(Find("# gateway-lsp: cluster=west\n" + Route, Route, bad));
        Assert.Empty(Find("# gateway-lsp: cluster=east\n" + Route, Route, bad));
        Assert.Equal(2, Find(Route, bad, bad).Length);
    }

    [Fact]
    public void A_lost_cluster_says_nothing() => Assert.Empty(WorkspaceFixture.Parse(Route)
        .With(LiveFixture.Cluster(Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent")), state: ConnectionState.Lost)).Findings());

    [Fact]
    public void The_answer_is_the_same_array_as_long_as_nothing_of_the_file_changes()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Opened("a.yaml", Route, 1));
        ObservedCluster east = LiveFixture.Cluster(Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent")));
        host.Apply(new WorkspaceChange.ClustersObserved(Engine.Cluster.Live.LiveClusters.Of([east])));
        System.Collections.Immutable.ImmutableArray<FileDiagnostic> first = new Analysis(host.Current).Diagnose("a.yaml");
        Assert.NotEmpty(first);
        host.Apply(new WorkspaceChange.ClustersObserved(Engine.Cluster.Live.LiveClusters.Of([east with { ContactAt = LiveFixture.Seen.AddSeconds(9) }])));
        Assert.True(first == new Analysis(host.Current).Diagnose("a.yaml"));
        host.Apply(new WorkspaceChange.ClustersObserved(Engine.Cluster.Live.LiveClusters.None));
        Assert.Empty(new Analysis(host.Current).Diagnose("a.yaml"));
    }

    [Fact]
    public void It_can_be_switched_off() => Assert.Empty(WorkspaceFixture.Parse(Route, new WorkspaceSettings { DisabledRules = ["live-condition"] })
        .With(LiveFixture.Cluster(Status(Parent("{name: edge, sectionName: tls}", "Accepted", "NoMatchingParent")))).Findings());

    [Fact]
    public void The_example_of_the_page_has_it()
    {
        RuleDoc doc = RuleCatalog.Find("live-condition")!.Doc;
        string status = doc.Bad + """

            status:
              parents:
              - parentRef: {name: edge}
                controllerName: example.com/c
                conditions:
                - {type: ResolvedRefs, status: "False", reason: BackendNotFound, message: Service chekout not found}
            """;
        Assert.StartsWith("10:12 Error live-condition", Assert.Single(Find(doc.Bad, status)), StringComparison.Ordinal);
        Assert.Empty(Find(doc.Good, doc.Good));
    }
}
