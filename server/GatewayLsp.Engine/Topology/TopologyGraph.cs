using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayLsp.Engine.Topology;

/// <summary>
/// The way of requests through a workspace: nodes and directed edges, both in an order that depends on their content alone.
/// Immutable; both ends of every edge are in the graph, and no identifier occurs twice.
/// </summary>
public sealed class TopologyGraph
{
    public static readonly TopologyGraph Empty = new([], []);

    private FrozenDictionary<string, TopologyNode>? _nodesById;
    private FrozenDictionary<string, TopologyEdge>? _edgesById;

    private TopologyGraph(ImmutableArray<TopologyNode> nodes, ImmutableArray<TopologyEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
    }

    /// <summary>By kind, then parent, place in it, identifier.</summary>
    public ImmutableArray<TopologyNode> Nodes { get; }

    /// <summary>By their source, kind, place there, identifier.</summary>
    public ImmutableArray<TopologyEdge> Edges { get; }

    private FrozenDictionary<string, TopologyNode> NodesById => _nodesById ??= Nodes.ToFrozenDictionary(node => node.Id, StringComparer.Ordinal);

    private FrozenDictionary<string, TopologyEdge> EdgesById => _edgesById ??= Edges.ToFrozenDictionary(edge => edge.Id, StringComparer.Ordinal);

    public TopologyNode? Node(string id) => NodesById.GetValueOrDefault(id);

    public TopologyEdge? Edge(string id) => EdgesById.GetValueOrDefault(id);

    public static TopologyGraph Of(IEnumerable<TopologyNode> nodes, IEnumerable<TopologyEdge> edges)
    {
        TopologyNode[] sorted = [.. nodes];
        Array.Sort(sorted, Compare);
        TopologyEdge[] lines = [.. edges];
        Array.Sort(lines, Compare);
        return new TopologyGraph([.. sorted], [.. lines]);
    }

    /// <summary>The nodes that pass, and the edges between them.</summary>
    public TopologyGraph Where(Func<TopologyNode, bool> isKept, Func<TopologyEdge, bool>? isEdgeKept = null)
    {
        ImmutableArray<TopologyNode> nodes = [.. Nodes.Where(isKept)];
        if (nodes.Length == Nodes.Length && isEdgeKept is null)
        {
            return this;
        }
        var ids = nodes.Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return new TopologyGraph(nodes, [.. Edges.Where(edge => ids.Contains(edge.From) && ids.Contains(edge.To) && isEdgeKept?.Invoke(edge) != false)]);
    }

    /// <summary>True when both have the same nodes and edges, in content.</summary>
    public bool HasSameContent(TopologyGraph other) => Nodes.AsSpan().SequenceEqual(other.Nodes.AsSpan()) && Edges.AsSpan().SequenceEqual(other.Edges.AsSpan());

    private static int Compare(TopologyNode a, TopologyNode b)
    {
        int order = a.Kind.CompareTo(b.Kind);
        order = order != 0 ? order : string.CompareOrdinal(a.Parent ?? a.Id, b.Parent ?? b.Id);
        order = order != 0 ? order : a.Index.CompareTo(b.Index);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }

    private static int Compare(TopologyEdge a, TopologyEdge b)
    {
        int order = string.CompareOrdinal(a.From, b.From);
        order = order != 0 ? order : a.Kind.CompareTo(b.Kind);
        order = order != 0 ? order : a.Index.CompareTo(b.Index);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}
