using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Export;

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

    private static TopologyGraph Of(params (string Folder, string Text)[] files)
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
        return new Analysis(host.Current).Topology();
    }

    private static string Route(string group, string kind) =>
        $"---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: shop\nspec:\n  parentRefs:\n  - name: front\n  rules:\n  - backendRefs:\n    - group: \"{group}\"\n      kind: {kind}\n      name: cart\n      port: 80\n";

    private const string Service = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: cart\nspec:\n  selector:\n    app: cart\n  ports:\n  - port: 80\n";

    private sealed record ByFolder : IClusterPaths
    {
        public string? ClusterOf(string path) => path.Split('/')[0] is not "base" and var folder ? folder : null;
    }
}
