using System.Text;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Diagnostics.Live;

/// <summary>What the own definitions of connected clusters change: findings, completion, hover, defaults.</summary>
public sealed class TargetFindingsTests
{
    private const string Manifest = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - timeouts: {request: 10s}
            backendRefs: [{name: cart, port: 80}]
        """;

    /// <summary>HTTPRoute with few fields: no timeouts, a new one, a rule of its own.</summary>
    private static string Definition(string release = "v1.3.0", string extra = "", string version = "v1") => $$$"""
        {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
         "metadata": {"name": "httproutes.gateway.networking.k8s.io", "annotations": {"gateway.networking.k8s.io/bundle-version": "{{{release}}}", "gateway.networking.k8s.io/channel": "standard"}},
         "spec": {"group": "gateway.networking.k8s.io", "scope": "Namespaced", "names": {"kind": "HTTPRoute", "plural": "httproutes"},
          "versions": [{"name": "{{{version}}}", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "properties": {
            "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
            "spec": {"type": "object", "properties": {
              "future": {"type": "string", "description": "Comes with the next release."},
              "parentRefs": {"type": "array", "items": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
              "rules": {"type": "array", "items": {"type": "object", "properties": { {{{extra}}}
                "backendRefs": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}, "port": {"type": "integer"}},
                  "x-kubernetes-validations": [{"rule": "self.port != 81", "message": "port 81 is for others"}]}} } } } } } } } } }]}}
        """;

    private static ClusterDefinitions Read(string definition, bool isComplete = false) => ClusterDefinitions.Read([Encoding.UTF8.GetBytes(definition)], isComplete);

    private static ObservedCluster Connected(string context, ClusterDefinitions? definitions) => LiveFixture.Cluster("", context) with { Definitions = definitions };

    private static string[] Find(string manifest, params ObservedCluster[] clusters) => [.. WorkspaceFixture.Parse(manifest).With(clusters).Findings().Where(one => !one.Contains("-not-found", StringComparison.Ordinal))];

    [Fact]
    public void What_the_cluster_does_not_know_is_unknown_there() => Assert.Equal(
        ["6:4 Error unknown-field At east (EKS) (Gateway API 1.3 standard): There is no field `timeouts` in `spec.rules[0]`."],
        Find(Manifest, Connected("east", Read(Definition()))));

    [Fact]
    public void What_only_the_cluster_knows_is_no_finding()
    {
        string manifest = Manifest.Replace("  - timeouts: {request: 10s}\n    back", "  - back", StringComparison.Ordinal) + "\n  future: yes-it-is";
        Assert.Equal("unknown-field", Find(manifest).Single().Split(' ')[2]);
        Assert.Empty(Find(manifest, Connected("east", Read(Definition()))));
    }

    [Fact]
    public void The_rules_of_the_cluster_count() => Assert.Contains(
        "At east (EKS) (Gateway API 1.3 standard): ",
        Assert.Single(Find(Manifest.Replace("port: 80", "port: 81", StringComparison.Ordinal), Connected("east", Read(Definition(extra: "\"timeouts\": {\"type\": \"object\", \"x-kubernetes-preserve-unknown-fields\": true},")))),
            one => one.Contains("port 81 is for others", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void Of_several_clusters_those_are_named_where_it_holds()
    {
        ClusterDefinitions old = Read(Definition());
        ClusterDefinitions newer = Read(Definition("v1.6.0", "\"timeouts\": {\"type\": \"object\", \"x-kubernetes-preserve-unknown-fields\": true},"));
        Assert.Equal(
            ["6:4 Error unknown-field At east (EKS) (Gateway API 1.3 standard): There is no field `timeouts` in `spec.rules[0]`."],
            Find(Manifest, Connected("east", old), Connected("west", newer)));
        Assert.Equal(
            ["6:4 Error unknown-field At east (EKS) and west (EKS) (Gateway API 1.3 standard): There is no field `timeouts` in `spec.rules[0]`."],
            Find(Manifest, Connected("east", old), Connected("west", old)));
    }

    [Fact]
    public void Each_file_is_judged_by_its_cluster()
    {
        WorkspaceSettings settings = WorkspaceSettings.Default with { Clusters = new ClusterMap([new ClusterSettings("asia") { Context = "east" }, new ClusterSettings("europe") { Context = "west" }], null) };
        string marked = "# gateway-lsp: cluster=europe\n" + Manifest;
        ObservedCluster east = Connected("east", Read(Definition()));
        string[] found = [.. WorkspaceFixture.Parse(marked, settings).With(east, Connected("west", null)).Findings()];
        Assert.DoesNotContain(found, one => one.Contains("unknown-field", StringComparison.Ordinal));
        found = [.. WorkspaceFixture.Parse(marked.Replace("europe", "asia", StringComparison.Ordinal), settings).With(east, Connected("west", null)).Findings()];
        Assert.Contains(found, one => one.Contains("unknown-field", StringComparison.Ordinal));
    }

    [Fact]
    public void Disconnected_is_as_before()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Manifest).With(Connected("east", Read(Definition())));
        Assert.NotEmpty(fixture.Findings());
        Assert.Empty(new Analysis(new Analysis(fixture.Workspace).WithoutClusters().Workspace).Diagnose(fixture.Path).Where(one => one.Diagnostic.Code == "unknown-field"));
    }

    [Fact]
    public void A_version_that_the_cluster_does_not_have_is_told() => Assert.Contains(
        "At east (EKS) (Gateway API 1.3 standard): `HTTPRoute` has no version `v1`: use `gateway.networking.k8s.io/v1beta1`.",
        Assert.Single(Find(Manifest, Connected("east", Read(Definition(version: "v1beta1"), isComplete: true)))), StringComparison.Ordinal);

    [Fact]
    public void A_kind_that_the_cluster_does_not_have_is_told()
    {
        const string Tls = "apiVersion: gateway.networking.k8s.io/v1\nkind: TLSRoute\nmetadata: {name: shop, namespace: shop}\nspec: {hostnames: [a.example.com], rules: [{backendRefs: [{name: cart, port: 80}]}]}";
        Assert.Contains("has no kind `TLSRoute`", Assert.Single(Find(Tls, Connected("east", Read(Definition(), isComplete: true)))), StringComparison.Ordinal);
        // Whether it has more than was read is not known.
        Assert.Empty(Find(Tls, Connected("east", Read(Definition()))));
    }

    [Fact]
    public void Completion_and_hover_are_those_of_the_cluster()
    {
        string manifest = Manifest.Replace("  - timeouts: {request: 10s}\n    back", "  - $0\n    back", StringComparison.Ordinal);
        string[] Keys(WorkspaceFixture fixture) => [.. fixture.Analysis.Complete(fixture.Path, fixture.Cursor).Items.Select(one => one.Label)];
        WorkspaceFixture alone = WorkspaceFixture.Parse(manifest);
        Assert.Contains("timeouts", Keys(alone));
        Assert.DoesNotContain("timeouts", Keys(alone.With(Connected("east", Read(Definition())))));
        WorkspaceFixture hover = WorkspaceFixture.Parse(Manifest + "\n  fu$0ture: x");
        Assert.Contains("Comes with the next release.", hover.With(Connected("east", Read(Definition()))).Hover(), StringComparison.Ordinal);
        // What we know of a field beside its structure is kept.
        WorkspaceFixture known = WorkspaceFixture.Parse(Manifest.Replace("backendRefs:", "backend$0Refs:", StringComparison.Ordinal));
        Assert.Equal(known.Hover().Split('\n').Last(line => line.Length > 0), known.With(Connected("east", Read(Definition()))).Hover().Split('\n').Last(line => line.Length > 0));
    }

    [Fact]
    public void Definitions_of_a_hostile_cluster_do_no_harm()
    {
        foreach (string bad in (string[])["", "{}", "[]", "{\"spec\": 1}", Definition().Replace("\"object\"", "\"nothing\"", StringComparison.Ordinal),
            Definition().Replace("self.port != 81", "((((((((((self", StringComparison.Ordinal), Definition().Replace("self.port != 81", "[1,2,3].all(a, [1,2,3].all(b, [1,2,3].all(c, a+b+c > 0)))", StringComparison.Ordinal),
            string.Concat(Enumerable.Repeat("{\"spec\":", 500)) + "1" + new string('}', 500)])
        {
            Assert.True(Find(Manifest, Connected("east", Read(bad, isComplete: true))).Length < 10);
        }
    }

    private const string Announcing = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: GatewayClass
        metadata: {name: CLASS}
        spec: {controllerName: example.com/c}
        status: {supportedFeatures: [{name: Gateway}, {name: HTTPRoute}, FEATURES]}
        """;

    private const string Retrying = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: shop}
        spec: {gatewayClassName: CLASS, listeners: [{name: web, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: shop}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - matches: [{method: POST}]
            backendRefs: [{name: cart, port: 80}]
        """;

    private static string[] Unsupported(string className, params ObservedCluster[] clusters) =>
        [.. WorkspaceFixture.Parse(Retrying.Replace("CLASS", className, StringComparison.Ordinal)).With(clusters).Findings().Where(one => one.Contains("unsupported-feature", StringComparison.Ordinal))];

    private static ObservedCluster Announces(string context, string className, string features = "{name: ReferenceGrant}") =>
        LiveFixture.Cluster(Announcing.Replace("CLASS", className, StringComparison.Ordinal).Replace("FEATURES", features, StringComparison.Ordinal), context);

    [Fact]
    public void What_the_class_of_a_cluster_announces_counts_first_then_the_table_then_nothing()
    {
        // A class that nobody knows.
        Assert.Empty(Unsupported("ours"));
        Assert.Contains("Warning unsupported-feature The controller `example.com/c` does not support", Assert.Single(Unsupported("ours", Announces("east", "ours"))), StringComparison.Ordinal);
        Assert.Contains("according to `supportedFeatures` of GatewayClass `ours` at east (EKS)", Unsupported("ours", Announces("east", "ours"))[0], StringComparison.Ordinal);
        Assert.Empty(Unsupported("ours", Announces("east", "ours", "{name: HTTPRouteMethodMatching}")));
        // What one of several clusters lacks does not work there.
        Assert.Single(Unsupported("ours", Announces("east", "ours", "{name: HTTPRouteMethodMatching}"), Announces("west", "ours")));
        // One that the table knows: what the cluster announces is newer.
        Assert.NotEmpty(Unsupported("gke-l7-rilb"));
        Assert.Empty(Unsupported("gke-l7-rilb", Announces("east", "gke-l7-rilb", "{name: HTTPRouteMethodMatching}")));
    }

    [Fact]
    public void A_change_of_the_class_is_seen_and_all_else_is_kept()
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.OnDisk("m.yaml", Retrying.Replace("CLASS", "ours", StringComparison.Ordinal)));
        bool Finds(params ObservedCluster[] clusters) => new Analysis(host.Apply(new WorkspaceChange.ClustersObserved(LiveClusters.Of(clusters)))).Diagnose("m.yaml")
            .Any(one => one.Diagnostic.Code == "unsupported-feature");
        Assert.False(Finds());
        Assert.True(Finds(Announces("east", "ours")));
        object before = host.Current.Resolver;
        Assert.True(Finds(Announces("east", "ours")));
        Assert.Same(before, host.Current.Resolver);
        Assert.False(Finds(Announces("east", "ours", "{name: HTTPRouteMethodMatching}")));
        Assert.False(Finds());
    }
}
