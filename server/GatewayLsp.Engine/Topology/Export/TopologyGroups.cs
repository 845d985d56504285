namespace GatewayLsp.Engine.Topology.Export;

/// <summary>A cluster or, within it, a namespace, with the nodes that are in it. Those of no namespace are in the first group, without a name.</summary>
internal sealed record NamespaceGroup(string Cluster, string Namespace, List<TopologyNode> Nodes);

/// <summary>The nodes by cluster and namespace, in order of their names.</summary>
internal static class TopologyGroups
{
    public static IEnumerable<IGrouping<string, NamespaceGroup>> Of(TopologyGraph graph)
    {
        var groups = new SortedDictionary<(string Cluster, string Namespace), NamespaceGroup>(Comparer<(string Cluster, string Namespace)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Cluster, b.Cluster) is not 0 and var order ? order : string.CompareOrdinal(a.Namespace, b.Namespace)));
        foreach (TopologyNode node in graph.Nodes)
        {
            (string, string) key = (node.Cluster, node.Namespace);
            if (!groups.TryGetValue(key, out NamespaceGroup? group))
            {
                groups[key] = group = new NamespaceGroup(node.Cluster, node.Namespace, []);
            }
            group.Nodes.Add(node);
        }
        return groups.Values.GroupBy(group => group.Cluster, StringComparer.Ordinal);
    }
}
