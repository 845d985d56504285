using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Filtering;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>Parts of a graph.</summary>
public sealed class TopologyFilterTests
{
    private static readonly TopologyGraph Shop = TopologyCheck.Graph(TopologyFixtures.Shop);

    [Fact]
    public void A_namespace_comes_with_the_way_to_it_and_on()
    {
        TopologyGraph shown = new TopologyFilter { Namespaces = ["shop"] }.Apply(Shop);
        Assert.NotNull(shown.Node("client:external"));
        Assert.NotNull(shown.Node("Gateway/infra/front#listener:https"));
        Assert.NotNull(shown.Node("Deployment/shop/cart"));
        Assert.Null(shown.Node("Gateway/infra/front#listener:http"));
        Assert.Null(shown.Node("HTTPRoute/infra/upgrade"));
    }

    [Fact]
    public void A_host_comes_with_the_routes_that_take_it()
    {
        Assert.Equal(["HTTPRoute/infra/upgrade", "HTTPRoute/shop/store"], RoutesFor("store.example.com"));
        Assert.Equal(["HTTPRoute/infra/upgrade"], RoutesFor("Other.Example.com"));
        Assert.Equal(["HTTPRoute/infra/upgrade", "HTTPRoute/shop/store"], RoutesFor("x.org", "store.example.com"));

        static IEnumerable<string> RoutesFor(params string[] hosts) =>
            new TopologyFilter { Hosts = [.. hosts] }.Apply(Shop).Nodes.Where(node => node.Kind == TopologyNodeKind.Route).Select(node => node.Id);
    }

    [Fact]
    public void A_redirect_keeps_what_it_leads_to()
    {
        TopologyGraph shown = new TopologyFilter { Object = new ObjectKey("gateway.networking.k8s.io", "HTTPRoute", "infra", "upgrade") }.Apply(Shop);
        Assert.NotNull(shown.Node("Gateway/infra/front#listener:https"));
        Assert.Null(shown.Node("HTTPRoute/shop/store"));
    }

    [Fact]
    public void A_Gateway_comes_without_the_others()
    {
        TopologyGraph graph = TopologyCheck.Graph(TopologyFixtures.ManyClusters);
        TopologyGraph shown = new TopologyFilter { Gateways = [new ObjectName("istio-system", "crossing")] }.Apply(graph);
        Assert.Equal(["client:clusters", "GatewayClass/istio-east-west", "Gateway/istio-system/crossing", "Gateway/istio-system/crossing#listener:mesh"], shown.Nodes.Select(node => node.Id));
        Assert.Contains("ServiceImport.net.gke.io/catalog/catalog", new TopologyFilter { Clusters = ["west"] }.Apply(graph).Nodes.Select(node => node.Id));
        Assert.Empty(new TopologyFilter { Gateways = [new ObjectName("no", "such")] }.Apply(graph).Nodes);
    }

    [Fact]
    public void A_file_comes_with_what_others_add()
    {
        TopologyGraph graph = TopologyCheck.Graph("#file: a.yaml\n" + TopologyFixtures.Shop + "#file: b.yaml\n" + TopologyFixtures.Mesh);
        TopologyGraph shown = new TopologyFilter { Paths = new HashSet<string> { "b.yaml" } }.Apply(graph);
        Assert.NotNull(shown.Node("client:mesh"));
        Assert.Null(shown.Node("Gateway/infra/front"));
    }

    [Fact]
    public void Without_rules_routes_lead_to_backends()
    {
        TopologyGraph shown = new TopologyFilter { CollapseRules = true, CollapseWorkloads = true }.Apply(Shop);
        Assert.Equal(
        [
            "HTTPRoute/infra/upgrade Redirects Gateway/infra/front#listener:https \"301\"",
            "HTTPRoute/shop/store Sends Service/shop/cart \"/cart/* 90 %\"",
            "HTTPRoute/shop/store Sends Service/shop/canary \"/cart/* 10 %\"",
            "HTTPRoute/shop/store Sends Service/shop/web \"rest: /*\"",
            "HTTPRoute/shop/store Mirrors Service/shop/shadow \"/cart/* copy of 5 %\"",
        ], TopologyCheck.Edges(shown, TopologyEdgeKind.Sends, TopologyEdgeKind.Mirrors, TopologyEdgeKind.Redirects));
        Assert.Equal(":8080 · Deployment cart", shown.Node("Service/shop/cart")!.Detail);
        Assert.DoesNotContain(shown.Nodes, node => node.Kind is TopologyNodeKind.Rule or TopologyNodeKind.Workload);
    }
}
