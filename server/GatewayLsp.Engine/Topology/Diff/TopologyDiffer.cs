using System.Collections.Immutable;

namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>The steps from one graph to another, and the way back to a graph: <c>Apply(a, Diff(a, b))</c> has the content of b.</summary>
public static class TopologyDiffer
{
    /// <summary>First what moved, then what went, what came, what changed; each in the order of the graph.</summary>
    public static ImmutableArray<TopologyPatch> Diff(TopologyGraph before, TopologyGraph after)
    {
        if (ReferenceEquals(before, after))
        {
            return [];
        }
        var patches = ImmutableArray.CreateBuilder<TopologyPatch>();
        ImmutableArray<TopologyPatch.LinesShifted> shifts = LineShifts.Find(before, after);
        patches.AddRange(shifts);
        foreach (TopologyEdge edge in before.Edges)
        {
            if (after.Edge(edge.Id) is null)
            {
                patches.Add(new TopologyPatch.EdgeRemoved(edge.Id));
            }
        }
        foreach (TopologyNode node in before.Nodes)
        {
            if (after.Node(node.Id) is null)
            {
                patches.Add(new TopologyPatch.NodeRemoved(node.Id));
            }
        }
        foreach (TopologyNode node in after.Nodes)
        {
            if (before.Node(node.Id) is not { } known)
            {
                patches.Add(new TopologyPatch.NodeAdded(node));
            }
            else if (TopologyFields.Of(known with { Place = LineShifts.Apply(known.Place, shifts) }, node) is var fields and not NodeFields.None)
            {
                patches.Add(new TopologyPatch.NodeChanged(node, fields));
            }
        }
        foreach (TopologyEdge edge in after.Edges)
        {
            if (before.Edge(edge.Id) is not { } known)
            {
                patches.Add(new TopologyPatch.EdgeAdded(edge));
            }
            else if (TopologyFields.Of(known with { Place = LineShifts.Apply(known.Place, shifts) }, edge) is var fields and not EdgeFields.None)
            {
                patches.Add(new TopologyPatch.EdgeChanged(edge, fields));
            }
        }
        return patches.DrainToImmutable();
    }

    /// <summary>The graph after the patches; what is about nodes and edges that are not there is passed over.</summary>
    public static TopologyGraph Apply(TopologyGraph graph, IEnumerable<TopologyPatch> patches)
    {
        var nodes = graph.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        var edges = graph.Edges.ToDictionary(edge => edge.Id, StringComparer.Ordinal);
        foreach (TopologyPatch patch in patches)
        {
            switch (patch)
            {
                case TopologyPatch.LinesShifted shift:
                    foreach (TopologyNode node in nodes.Values.ToArray())
                    {
                        nodes[node.Id] = node with { Place = LineShifts.Apply(node.Place, [shift]) };
                    }
                    foreach (TopologyEdge edge in edges.Values.ToArray())
                    {
                        edges[edge.Id] = edge with { Place = LineShifts.Apply(edge.Place, [shift]) };
                    }
                    break;
                case TopologyPatch.NodeRemoved removed:
                    nodes.Remove(removed.Id);
                    break;
                case TopologyPatch.EdgeRemoved removed:
                    edges.Remove(removed.Id);
                    break;
                case TopologyPatch.NodeAdded added:
                    nodes[added.Node.Id] = added.Node;
                    break;
                case TopologyPatch.EdgeAdded added:
                    edges[added.Edge.Id] = added.Edge;
                    break;
                case TopologyPatch.NodeChanged changed when nodes.TryGetValue(changed.After.Id, out TopologyNode? known):
                    nodes[known.Id] = known.With(changed.After, changed.Fields);
                    break;
                case TopologyPatch.EdgeChanged changed when edges.TryGetValue(changed.After.Id, out TopologyEdge? known):
                    edges[known.Id] = known.With(changed.After, changed.Fields);
                    break;
            }
        }
        return TopologyGraph.Of(nodes.Values, edges.Values);
    }
}
