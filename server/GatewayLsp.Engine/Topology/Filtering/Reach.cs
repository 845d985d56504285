namespace GatewayLsp.Engine.Topology.Filtering;

/// <summary>Parts of a graph by the ways through them.</summary>
internal static class Reach
{
    /// <summary>The nodes that are asked for, all ways that lead to them, and all ways on.</summary>
    public static TopologyGraph Around(TopologyGraph graph, Func<TopologyNode, bool> isSeed)
    {
        string[] seeds = [.. graph.Nodes.Where(isSeed).Select(node => node.Id)];
        HashSet<string> kept = Follow(graph, seeds, forward: true);
        kept.UnionWith(Follow(graph, seeds, forward: false));
        AddRedirectTargets(graph, kept);
        return graph.Where(node => kept.Contains(node.Id));
    }

    /// <summary>
    /// Everything that is reached along edges, the starts included. A redirect is no way on: the client comes back with a request of its own.
    /// </summary>
    public static HashSet<string> Follow(TopologyGraph graph, IReadOnlyCollection<string> starts, bool forward)
    {
        var next = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (TopologyEdge edge in graph.Edges)
        {
            if (edge.Kind != TopologyEdgeKind.Redirects)
            {
                (string from, string to) = forward ? (edge.From, edge.To) : (edge.To, edge.From);
                if (!next.TryGetValue(from, out List<string>? list))
                {
                    next[from] = list = [];
                }
                list.Add(to);
            }
        }
        var reached = new HashSet<string>(starts, StringComparer.Ordinal);
        var open = new Stack<string>(starts);
        while (open.TryPop(out string? id))
        {
            foreach (string to in next.GetValueOrDefault(id) ?? [])
            {
                if (reached.Add(to))
                {
                    open.Push(to);
                }
            }
        }
        return reached;
    }

    /// <summary>What redirects lead to stays with what it is a part of.</summary>
    public static void AddRedirectTargets(TopologyGraph graph, HashSet<string> kept)
    {
        foreach (TopologyEdge edge in graph.Edges)
        {
            if (edge.Kind == TopologyEdgeKind.Redirects && kept.Contains(edge.From) && kept.Add(edge.To) && graph.Node(edge.To)?.Parent is { } parent)
            {
                kept.Add(parent);
            }
        }
    }
}
