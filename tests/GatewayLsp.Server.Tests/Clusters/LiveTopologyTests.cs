using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Topology;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using GatewayLsp.Server.Topology;
using GatewayLsp.Testing;

namespace GatewayLsp.Server.Tests.Clusters;

/// <summary>Graphs of what clusters have: of the clusters of one moment, by the settings and definitions of now.</summary>
public sealed class LiveTopologyTests
{
    private const string Shop = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: edge, namespace: default}
        spec:
          gatewayClassName: c
          listeners: [{name: web, port: 80, protocol: HTTP}]
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: shop, namespace: default}
        spec:
          parentRefs: [{name: edge}]
          rules:
          - backendRefs: [{name: shop, port: 80}]

        """;

    private const string Widget = """
        apiVersion: example.com/v1
        kind: Widget
        metadata: {name: one, namespace: default}
        spec: {size: 1, color: red}

        """;

    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, properties: {size: {type: integer, default: 1}, color: {type: string}}}

        """;

    private static readonly ObservedCluster East = LiveFixture.Cluster(Shop, "east");
    private static readonly ObservedCluster West = LiveFixture.Cluster(Shop, "west");

    /// <summary>The second look at the clusters finds one of them gone.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cluster_that_is_lost_meanwhile_is_not_on_one_side_of_a_difference_only(bool isWatched)
    {
        int looks = 0;
        var live = new LiveTopology(() => looks++ == 0 ? Observed(East, West) : Observed(East));
        Snapshot snapshot = Of(WorkspaceFixture.Parse(Shop).Workspace);
        TopologyGraph graph = isWatched
            ? live.Watched(TopologySource.Difference, ["east", "west"], snapshot, CancellationToken.None)
            : live.Difference(["east", "west"], snapshot, CancellationToken.None);
        Assert.Equal(["east (EKS)/shop None", "west (EKS)/shop None"], Routes(graph));
        Assert.Equal(1, looks);
    }

    [Fact]
    public void A_view_keeps_the_clusters_that_are_there_and_a_question_names_the_one_that_is_not()
    {
        var live = new LiveTopology(() => Observed(East));
        Snapshot snapshot = Of(WorkspaceFixture.Parse(Shop).Workspace);
        Assert.Equal(["/shop None"], Routes(live.Watched(TopologySource.Live, ["east", "west"], snapshot, CancellationToken.None)));
        Assert.Empty(live.Watched(TopologySource.Live, ["west"], snapshot, CancellationToken.None).Nodes);
        Assert.Empty(new LiveTopology(() => Observed()).Watched(TopologySource.Live, [], snapshot, CancellationToken.None).Nodes);
        Assert.Equal("`west` is not connected.", Assert.Throws<RpcErrorException>(() => live.Live(["east", "west"], snapshot, CancellationToken.None)).Message);
    }

    [Fact]
    public void Settings_that_name_clusters_otherwise_or_say_something_else_are_followed()
    {
        var objects = new LiveWorkspace();
        Analysis first = objects.Of([East, West], WorkspaceFixture.Parse(Shop).Workspace, CancellationToken.None);
        Assert.Equal(["east (EKS)/shop None", "west (EKS)/shop None"], Routes(first.Topology()));

        var named = WorkspaceSettings.Default with { IsComplete = true, Clusters = new ClusterMap([new ClusterSettings("shops") { Context = "east" }], null) };
        Analysis second = objects.Of([East, West], WorkspaceFixture.Parse(Shop, named).Workspace, CancellationToken.None);
        Assert.Equal(["shops/shop None", "west/shop None"], Routes(second.Topology()));
        Assert.False(second.Workspace.Settings.IsComplete, "What a cluster lacks is not wrong: not all of it can be read.");

        var told = named with { Implementations = named.Implementations.Add("c", "istio") };
        Analysis third = objects.Of([East, West], WorkspaceFixture.Parse(Shop, told).Workspace, CancellationToken.None);
        Assert.Equal("istio", third.Workspace.Settings.Implementations["c"]);
        Assert.All(third.Workspace.Files, one => Assert.Same(second.Workspace.Files[one.Key].Manifest, one.Value.Manifest)); // no object was written anew
    }

    /// <summary>What the cluster filled in is left out as soon as the files define the kind, and stays where nothing tells that it is a default.</summary>
    [Fact]
    public void Definitions_of_the_files_tell_the_defaults_of_live_objects()
    {
        var objects = new LiveWorkspace();
        ImmutableArray<ObservedCluster> clusters = [LiveFixture.Cluster(Widget)];
        Assert.Contains("size: 1", TextOf(WorkspaceFixture.Parse(Shop).Workspace), StringComparison.Ordinal);
        string defined = TextOf(WorkspaceFixture.Parse(Definition).Workspace);
        Assert.DoesNotContain("size", defined, StringComparison.Ordinal);
        Assert.Contains("color: red", defined, StringComparison.Ordinal);
        Assert.Contains("size: 1", TextOf(WorkspaceFixture.Parse(Shop).Workspace), StringComparison.Ordinal);

        string TextOf(Workspace planned) => Assert.Single(objects.Of(clusters, planned, CancellationToken.None).Workspace.Files).Value.Manifest.GetText();
    }

    private static ImmutableDictionary<string, ObservedCluster> Observed(params ObservedCluster[] clusters) =>
        clusters.ToImmutableDictionary(one => one.Target.Context, StringComparer.Ordinal);

    private static Snapshot Of(Workspace workspace) =>
        new(new Analysis(workspace), ImmutableDictionary<string, OpenDocument>.Empty, new ClientFeatures(), ServerSettings.Default);

    /// <summary>Cluster, name and mark of each route.</summary>
    private static IEnumerable<string> Routes(TopologyGraph graph) =>
        graph.Nodes.Where(node => node.Kind == TopologyNodeKind.Route).Select(node => $"{node.Cluster}/{node.Object!.Value.Name} {node.Mark}").Order(StringComparer.Ordinal);
}
