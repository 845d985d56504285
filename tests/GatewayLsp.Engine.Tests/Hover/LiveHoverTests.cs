using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Hover;

/// <summary>Hover and lens on an object that connected clusters have, or lack.</summary>
public sealed class LiveHoverTests
{
    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: ed$0ge
          namespace: shop
        spec:
          gatewayClassName: ours
          listeners:
          - {name: web, port: 80, protocol: HTTP}
        """;

    private const string Route = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: sh$0op
          namespace: shop
        spec:
          rules:
          - backendRefs:
            - {name: cart, port: 80}
            - {name: gone, port: 80}
        """;

    private const string Programmed = """

        status:
          addresses: [{value: 10.0.0.1}]
          conditions:
          - {type: Accepted, status: "True", reason: Accepted}
          - {type: Programmed, status: "True", reason: Programmed}
          listeners:
          - {name: web, attachedRoutes: 3, conditions: []}
        """;

    private static string Live(string manifest) => manifest.Replace("$0", "", StringComparison.Ordinal);

    [Fact]
    public void Says_what_is_there_and_how_it_is()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Gateway).With(LiveFixture.Cluster(Live(Gateway) + Programmed), LiveFixture.Cluster("", "west"));
        string hover = fixture.Hover();
        Assert.Contains("**east (EKS)**: programmed\n- addresses: `10.0.0.1`\n- attached routes: `web` 3\n\n**west (EKS)**: not applied", hover, StringComparison.Ordinal);
        Assert.Equal(["east (EKS): programmed | west (EKS): not applied"], fixture.Lenses());
    }

    [Fact]
    public void Says_what_differs()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Gateway).With(LiveFixture.Cluster(Live(Gateway).Replace("port: 80", "port: 8080", StringComparison.Ordinal) + Programmed));
        Assert.Contains("- differs from this file in `spec.listeners[name=\"web\"].port`", fixture.Hover(), StringComparison.Ordinal);
        Assert.Equal(["east (EKS): programmed, differs in 1 field"], fixture.Lenses());
    }

    [Fact]
    public void Bad_conditions_come_in_words()
    {
        string live = Live(Gateway) + "\nstatus:\n  conditions:\n  - {type: Programmed, status: \"False\", reason: AddressNotAssigned, message: \"pool *empty*\"}\n";
        Assert.Contains("**east (EKS)**: not programmed (AddressNotAssigned)\n- **Programmed = False**: there is no address for it (`AddressNotAssigned`). pool \\*empty\\*",
            WorkspaceFixture.Parse(Gateway).With(LiveFixture.Cluster(live)).Hover(), StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_ready_endpoints()
    {
        string live = Live(Route) + """

            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: cart-1, namespace: shop, labels: {kubernetes.io/service-name: cart}}
            addressType: IPv4
            endpoints:
            - {addresses: [10.0.0.1], conditions: {ready: true}}
            - {addresses: [10.0.0.2], conditions: {ready: false}}
            """;
        Assert.Contains("**east (EKS)**: applied, no status yet\n- ready endpoints: `cart` 1 of 2, `gone` does not exist",
            WorkspaceFixture.Parse(Route).With(LiveFixture.Cluster(live)).Hover(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_lost_cluster_the_age_is_told()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Gateway).With(LiveFixture.Cluster(Live(Gateway) + Programmed, state: ConnectionState.Lost));
        Assert.Contains("**east (EKS)**: programmed (the cluster does not answer; last seen 2026-05-04 03:02:01 UTC)", fixture.Hover(), StringComparison.Ordinal);
        Assert.Equal(["east (EKS): programmed (stale)"], fixture.Lenses());
    }

    [Fact]
    public void What_may_not_be_read_is_not_known()
    {
        ObservedCluster cluster = LiveFixture.Cluster("");
        var kind = new Engine.Resolution.GroupKind("gateway.networking.k8s.io", "Gateway");
        cluster = cluster with { Kinds = cluster.Kinds.SetItem(kind, cluster.Kinds[kind] with { Readability = Readability.Forbidden }) };
        Assert.Contains("**east (EKS)**: not known whether it is applied", WorkspaceFixture.Parse(Gateway).With(cluster).Hover(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_that_only_a_cluster_has_is_found_there()
    {
        const string Manifest = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: shop}
            spec:
              rules:
              - backendRefs:
                - name: ca$0rt
            """;
        const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {ports: [{name: http, port: 80}]}\n";
        Assert.StartsWith("**Service/shop/cart** is not in this workspace; it is in east (EKS).\n\nPorts: `80` http",
            WorkspaceFixture.Parse(Manifest).With(LiveFixture.Cluster(Service)).Hover(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_older_cluster_would_drop_is_told()
    {
        const string Definition = """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
             "metadata": {"name": "httproutes.gateway.networking.k8s.io", "annotations": {"gateway.networking.k8s.io/bundle-version": "v1.3.0", "gateway.networking.k8s.io/channel": "standard"}},
             "spec": {"group": "gateway.networking.k8s.io", "scope": "Namespaced", "names": {"kind": "HTTPRoute", "plural": "httproutes"},
              "versions": [{"name": "v1", "served": true, "storage": true, "schema": {"openAPIV3Schema": {"type": "object", "description": "long", "properties": {
                "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
                "spec": {"type": "object", "properties": {"parentRefs": {"type": "array", "items": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}},
                  "rules": {"type": "array", "items": {"type": "object", "properties": {"backendRefs": {"type": "array", "items": {"type": "object", "x-kubernetes-preserve-unknown-fields": true}}}}}}}}}}}]}}
            """;
        ObservedCluster cluster = LiveFixture.Cluster(Definition) with
        {
            Definitions = ClusterDefinitions.Read([System.Text.Encoding.UTF8.GetBytes(Definition)]),
        };
        string manifest = Route.Replace("  - backendRefs:", "  - timeouts: {request: 10s}\n    mistake: 1\n    backendRefs:", StringComparison.Ordinal);
        Assert.Contains("- This cluster has Gateway API 1.3 standard: `spec.rules[0].timeouts` would be dropped.", WorkspaceFixture.Parse(manifest).With(cluster).Hover(), StringComparison.Ordinal);
        Assert.NotNull(SchemaCatalog.Bundled.Find(new Gvk("gateway.networking.k8s.io", "v1", "HTTPRoute"), Channel.Standard));
    }

    [Fact]
    public void Without_clusters_nothing_is_said()
    {
        WorkspaceFixture fixture = WorkspaceFixture.Parse(Gateway);
        Assert.DoesNotContain("applied", fixture.Hover(), StringComparison.Ordinal);
        Assert.Empty(fixture.Lenses());
    }
}
