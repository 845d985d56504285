using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Diff;
using GatewayLsp.Engine.Topology.Export;
using GatewayLsp.Testing;

namespace GatewayLsp.Engine.Tests.Topology;

/// <summary>The graph of several clusters: one for each, and the ways between them.</summary>
public sealed class FleetTopologyTests
{
    private const string Gateway = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: front\nspec:\n  gatewayClassName: istio\n  listeners:\n  - name: web\n    port: 80\n    protocol: HTTP\n";
    private const string Export = "---\napiVersion: multicluster.x-k8s.io/v1alpha1\nkind: ServiceExport\nmetadata:\n  name: cart\n";
    private const string Network = "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: istio-system\n  labels:\n    topology.istio.io/network: n\n";

    [Fact]
    public void The_same_name_in_two_clusters_is_two_nodes_and_clients_are_the_same()
    {
        TopologyGraph graph = Of(("east", Gateway), ("west", Gateway));
        Assert.Equal(["@east:Gateway/default/front east", "@west:Gateway/default/front west"], graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Gateway).Select(node => $"{node.Id} {node.Cluster}"));
        Assert.Single(graph.Nodes, node => node.Kind == TopologyNodeKind.Client);
        Assert.Equal(2, graph.Edges.Count(edge => edge.Kind == TopologyEdgeKind.Enters));
        Assert.All(graph.Nodes.Where(node => node.Parent is not null), node => Assert.NotNull(graph.Node(node.Parent!)));
    }

    [Fact]
    public void An_import_leads_to_the_Services_of_the_clusters_that_export()
    {
        TopologyGraph graph = Of(("west", Gateway + Route("multicluster.x-k8s.io", "ServiceImport")), ("east", Export + Service), ("north", Export + Service), ("south", Service));
        Assert.Equal(["@east:Service/default/cart", "@north:Service/default/cart"], graph.Edges.Where(edge => edge.Kind == TopologyEdgeKind.Exports).Select(edge => edge.To));
        Assert.Null(graph.Node("@south:Service/default/cart"));
    }

    [Fact]
    public void A_Service_of_a_mesh_leads_to_that_of_the_other_cluster()
    {
        TopologyGraph graph = Of(("west", Network + Gateway + Route("", "Service")), ("east", Network + Service));
        TopologyEdge edge = Assert.Single(graph.Edges, edge => edge.Kind == TopologyEdgeKind.Exports);
        Assert.Equal(("@west:Service/default/cart", "@east:Service/default/cart"), (edge.From, edge.To));
        Assert.Equal(TopologyState.Unknown, graph.Node(edge.From)!.State);
    }

    [Fact]
    public void Services_that_lead_to_each_other_are_drawn()
    {
        string all = Network + Gateway + Route("", "Service") + Service;
        TopologyGraph graph = Of(("west", all), ("east", all), ("north", Network + Service));
        Assert.Equal(4, graph.Edges.Count(edge => edge.Kind == TopologyEdgeKind.Exports));
        Assert.Contains("cluster west", SvgExporter.Write(graph), StringComparison.Ordinal);
        Assert.Contains("cart", SvgExporter.Write(Of(("west", Network + Gateway + Route("", "Service")), ("east", Network + Service))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_of_no_cluster_is_drawn_where_it_is_applied()
    {
        TopologyGraph graph = Of(("base", Gateway), ("west", Route("", "Service") + Service));
        Assert.Equal(["@west:Gateway/default/front"], graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Gateway).Select(node => node.Id));
        Assert.Contains(graph.Edges, edge => edge is { Kind: TopologyEdgeKind.Attaches, To: "@west:HTTPRoute/default/shop" });
    }

    [Fact]
    public void What_no_file_holds_is_not_drawn_beside_the_clusters()
    {
        TopologyGraph graph = Of(("base", Gateway + Route("", "Service")), ("west", Service));
        Assert.DoesNotContain(graph.Nodes, node => node.Cluster.Length == 0 && node.Kind != TopologyNodeKind.Client);
    }

    [Fact]
    public void Clusters_are_compared_although_their_rules_have_no_names()
    {
        string text = Gateway + Route("", "Service") + Service;
        TopologyGraph compared = TopologyComparison.Of(Of(("west", text)), Of(("west", text.Replace("  rules:\n", "  rules:\n  - matches: [{path: {value: /api}}]\n", StringComparison.Ordinal))));
        Assert.Equal(["@west:HTTPRoute/default/shop#rule:0"], compared.Nodes.Where(node => node.Mark == TopologyMark.Added).Select(node => node.Id));
        Assert.DoesNotContain(compared.Edges, edge => edge.Mark is TopologyMark.Removed or TopologyMark.Changed);
    }

    [Fact]
    public void Files_of_no_cluster_are_planned_for_each_of_the_clusters_asked_for()
    {
        Analysis analysis = AnalysisOf(("base", Gateway + Route("", "Service")), ("west", Service), ("north", Service));
        TopologyGraph graph = analysis.TopologyOf(["west", "east"]);
        Assert.Equal(["@east:HTTPRoute/default/shop", "@west:HTTPRoute/default/shop"], graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Route).Select(node => node.Id));
        Assert.Equal((Presence.Present, false), (graph.Node("@west:Service/default/cart")!.Presence, graph.Node("@east:Service/default/cart")!.Presence == Presence.Present));
    }

    [Fact]
    public void Beside_live_clusters_only_what_an_apply_would_change_is_marked()
    {
        const string Status = "status:\n  addresses:\n  - value: 192.0.2.1\n";
        const string Slice = "---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: cart-1\n  labels: {kubernetes.io/service-name: cart}\naddressType: IPv4\nendpoints:\n- addresses: [10.0.0.1]\n";
        const string Class = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata:\n  name: istio\nspec:\n  controllerName: istio.io/gateway-controller\n";
        TopologyGraph live = Of(("west", Gateway + Status + Class + Route("", "Service") + Service + Slice));
        Assert.All(TopologyLines(LiveComparison.Of(live, Of(("west", Gateway + Route("", "Service") + Service)))), one => Assert.DoesNotContain("[", one, StringComparison.Ordinal));
        // The Service is not in the files: they say nothing of it.
        Assert.All(TopologyLines(LiveComparison.Of(live, Of(("west", Gateway + Route("", "Service"))))), one => Assert.DoesNotContain("[", one, StringComparison.Ordinal));
        // Only the clusters have the route; only the files have the Service.
        TopologyGraph compared = LiveComparison.Of(Of(("west", Gateway + Route("", "Service"))), Of(("west", Gateway + Service)));
        Assert.Equal(TopologyMark.Removed, compared.Node("@west:HTTPRoute/default/shop")!.Mark);
        compared = LiveComparison.Of(Of(("west", Gateway + Route("", "Service"))), Of(("west", Gateway + Route("", "Service") + Service)));
        Assert.Equal(["@west:Service/default/cart"], compared.Nodes.Where(node => node.Mark == TopologyMark.Added).Select(node => node.Id));
        compared = LiveComparison.Of(live, Of(("west", Gateway.Replace("port: 80", "port: 81", StringComparison.Ordinal) + Route("", "Service") + Service)));
        Assert.Equal(["@west:Gateway/default/front#listener:web"], compared.Nodes.Where(node => node.Mark != TopologyMark.None).Select(node => node.Id));
    }

    private static IEnumerable<string> TopologyLines(TopologyGraph graph) => [.. TopologyCheck.Nodes(graph), .. TopologyCheck.Edges(graph)];

    private static TopologyGraph Of(params (string Folder, string Text)[] files) => AnalysisOf(files).Topology();

    private static Analysis AnalysisOf(params (string Folder, string Text)[] files)
    {
        var host = new AnalysisHost();
        host.Apply(new WorkspaceChange.Configured(new WorkspaceSettings
        {
            Clusters = new ClusterMap([.. files.Where(file => file.Folder != "base").Select(file => new ClusterSettings(file.Folder))], new ByFolder()),
        }));
        foreach ((string folder, string text) in files)
        {
            host.Apply(new WorkspaceChange.OnDisk(folder + "/x.yaml", text));
        }
        return new Analysis(host.Current);
    }

    private static string Route(string group, string kind) =>
        $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n    - group: \"{group}\"\n      kind: {kind}\n      name: cart\n      port: 80\n";

    private const string Service = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: cart\nspec:\n  selector:\n    app: cart\n  ports:\n  - port: 80\n";

    private sealed record ByFolder : IClusterPaths
    {
        public string? ClusterOf(string path) => path.Split('/')[0] is not "base" and var folder ? folder : null;
    }
}
