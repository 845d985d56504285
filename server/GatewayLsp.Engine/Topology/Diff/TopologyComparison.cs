namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>Two graphs in one, with marks on what came, went and changed: what a change does to the traffic.</summary>
public static class TopologyComparison
{
    /// <summary>Where things stand in files is not compared.</summary>
    private const NodeFields IgnoredOfNodes = NodeFields.Place | NodeFields.Index | NodeFields.Mark;

    private const EdgeFields IgnoredOfEdges = EdgeFields.Place | EdgeFields.Index | EdgeFields.Mark | EdgeFields.LabelBefore;

    public static TopologyGraph Of(TopologyGraph before, TopologyGraph after)
    {
        before = RuleAlignment.Run(before, after);
        var nodes = new List<TopologyNode>(after.Nodes.Length);
        foreach (TopologyNode node in after.Nodes)
        {
            nodes.Add(before.Node(node.Id) is not { } known ? node with { Mark = TopologyMark.Added }
                : (TopologyFields.Of(WithoutCount(known), WithoutCount(node)) & ~IgnoredOfNodes) == NodeFields.None ? node
                : node with { Mark = TopologyMark.Changed, Facts = WithWas(known, node) });
        }
        foreach (TopologyNode node in before.Nodes)
        {
            if (after.Node(node.Id) is null)
            {
                nodes.Add(node with { Mark = TopologyMark.Removed });
            }
        }
        var edges = new List<TopologyEdge>(after.Edges.Length);
        foreach (TopologyEdge edge in after.Edges)
        {
            edges.Add(before.Edge(edge.Id) is not { } known ? edge with { Mark = TopologyMark.Added }
                : (TopologyFields.Of(known, edge) & ~IgnoredOfEdges) == EdgeFields.None ? edge
                : edge with { Mark = TopologyMark.Changed, LabelBefore = known.Label == edge.Label ? null : known.Label });
        }
        foreach (TopologyEdge edge in before.Edges)
        {
            if (after.Edge(edge.Id) is null)
            {
                edges.Add(edge with { Mark = TopologyMark.Removed });
            }
        }
        return TopologyGraph.Of(nodes, edges);
    }

    /// <summary>That one more route is attached is told by the route and its edge.</summary>
    private static TopologyNode WithoutCount(TopologyNode node) =>
        node.Kind == TopologyNodeKind.Listener ? node with { Facts = [.. node.Facts.Where(fact => fact.Name != "attachedRoutes")] } : node;

    private static EquatableArray<TopologyFact> WithWas(TopologyNode before, TopologyNode after) =>
        before.Label == after.Label && before.Detail == after.Detail ? after.Facts
            : [.. after.Facts, new TopologyFact("was", before.Detail.Length == 0 ? before.Label : $"{before.Label} ({before.Detail})")];
}
