using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>
/// The graphs of all clusters as one: what is an object of a cluster has its name ahead in its identifier; clients from outside and
/// hosts are the same for all. Imports, and Services of a mesh, lead to the Services of the clusters that serve them.
/// </summary>
internal static class FleetTopology
{
    public static TopologyGraph Build(Analysis analysis, CancellationToken cancel)
    {
        Workspace whole = analysis.Workspace;
        var drafts = new SortedDictionary<string, ClusterGraph>(StringComparer.Ordinal);
        foreach (Workspace world in whole.AllWorlds)
        {
            drafts[world.Cluster!] = new ClusterGraph(world, cancel);
        }
        var ways = new List<(string From, string Cluster, ObjectKey Service)>();
        foreach ((string cluster, ClusterGraph graph) in drafts)
        {
            foreach ((string id, ObjectKey key) in cluster.Length == 0 ? [] : graph.Backends())
            {
                ways.AddRange(graph.Elsewhere(key).Where(drafts.ContainsKey).Select(other => (Prefixed(id, cluster), other, key with { Group = ApiGroups.Core, Kind = "Service" })));
            }
        }
        foreach ((_, string other, ObjectKey service) in ways)
        {
            drafts[other].Add(service);
        }
        var nodes = new Dictionary<string, TopologyNode>(StringComparer.Ordinal);
        var edges = new Dictionary<string, TopologyEdge>(StringComparer.Ordinal);
        foreach ((string cluster, ClusterGraph graph) in drafts)
        {
            // What is of no cluster is in each of them: a graph of its own would show it once more, without what it belongs to.
            if (cluster.Length == 0 && drafts.Count > 1)
            {
                continue;
            }
            Take(graph.Complete(analysis, cancel), cluster, nodes, edges);
        }
        foreach ((string from, string other, ObjectKey service) in ways)
        {
            string to = TopologyIds.Of(service, other);
            string id = TopologyIds.Edge(from, TopologyEdgeKind.Exports, to);
            edges[id] = new TopologyEdge { Id = id, From = from, To = to, Kind = TopologyEdgeKind.Exports };
        }
        // Where the slices of an import name a cluster that is drawn itself, its Services tell more.
        foreach (ClusterSettings one in whole.Settings.Clusters.Clusters)
        {
            nodes.Remove(TopologyIds.Cluster(one.Name));
            nodes.Remove(TopologyIds.Cluster(one.Context ?? ""));
        }
        return TopologyGraph.Of(nodes.Values, edges.Values.Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To)));
    }

    private static void Take(TopologyGraph graph, string cluster, Dictionary<string, TopologyNode> nodes, Dictionary<string, TopologyEdge> edges)
    {
        foreach (TopologyNode node in graph.Nodes)
        {
            TopologyNode placed = IsOfAll(node.Id) ? node : node with { Id = Prefixed(node.Id, cluster), Parent = node.Parent is { } parent ? Prefixed(parent, cluster) : null, Cluster = cluster };
            nodes.TryAdd(placed.Id, placed);
        }
        foreach (TopologyEdge edge in graph.Edges)
        {
            string id = cluster.Length == 0 ? edge.Id : $"@{cluster}:{edge.Id}";
            edges.TryAdd(id, edge with { Id = id, From = Prefixed(edge.From, cluster), To = Prefixed(edge.To, cluster) });
        }
    }

    private static string Prefixed(string id, string cluster) => cluster.Length == 0 || IsOfAll(id) ? id : $"@{cluster}:{id}";

    private static bool IsOfAll(string id) => id == TopologyIds.ExternalClients || id.StartsWith("host:", StringComparison.Ordinal) || id.StartsWith("cluster:", StringComparison.Ordinal);
}
