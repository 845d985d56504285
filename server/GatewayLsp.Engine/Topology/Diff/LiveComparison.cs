using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>
/// What clusters have beside what files say, in one graph. Marked is only what an apply would change, or what the clusters have
/// and the files lack: addresses, endpoints and health are the clusters' own, and of what the files do not hold they say nothing.
/// </summary>
public static class LiveComparison
{
    private const NodeFields IgnoredOfNodes =
        NodeFields.Place | NodeFields.Index | NodeFields.Mark | NodeFields.State | NodeFields.Reasons | NodeFields.Presence | NodeFields.Network | NodeFields.Facts | NodeFields.Detail;

    private const EdgeFields IgnoredOfEdges = EdgeFields.Place | EdgeFields.Index | EdgeFields.Mark | EdgeFields.LabelBefore | EdgeFields.State | EdgeFields.Reasons;

    /// <param name="live">What the clusters have.</param>
    /// <param name="planned">What the files say, without what connected clusters tell of it.</param>
    public static TopologyGraph Of(TopologyGraph live, TopologyGraph planned)
    {
        live = RuleAlignment.Run(live, planned);
        var nodes = new List<TopologyNode>(planned.Nodes.Length);
        foreach (TopologyNode node in planned.Nodes)
        {
            nodes.Add(live.Node(node.Id) is { } known ? Compared(known, node) : node.Presence == Presence.Present && IsWritten(node) ? node with { Mark = TopologyMark.Added } : node);
        }
        foreach (TopologyNode node in live.Nodes)
        {
            if (planned.Node(node.Id) is null)
            {
                nodes.Add(IsWritten(node) && IsKnown(node.Parent, planned) ? node with { Mark = TopologyMark.Removed } : node);
            }
        }
        var edges = new List<TopologyEdge>(planned.Edges.Length);
        foreach (TopologyEdge edge in planned.Edges)
        {
            edges.Add(live.Edge(edge.Id) is not { } known ? IsPlanned(edge, planned) ? edge with { Mark = TopologyMark.Added } : edge : Compared(known, edge));
        }
        foreach (TopologyEdge edge in live.Edges)
        {
            if (planned.Edge(edge.Id) is null)
            {
                edges.Add(IsMissed(edge, live, planned) ? edge with { Mark = TopologyMark.Removed } : edge);
            }
        }
        return TopologyGraph.Of(nodes, edges);
    }

    private static TopologyNode Compared(TopologyNode live, TopologyNode planned)
    {
        if (planned.Presence != Presence.Present)
        {
            return live; // the files do not hold it
        }
        if (live.Presence != Presence.Present)
        {
            return IsWritten(planned) ? planned with { Mark = TopologyMark.Added } : planned;
        }
        if ((TopologyFields.Of(live, planned) & ~IgnoredOfNodes) == NodeFields.None && HasSameFacts(live, planned))
        {
            TopologyNode telling = IsLiveTelling(live.State, planned.State) ? live : planned;
            return planned with { Detail = live.Detail, Facts = live.Facts, State = telling.State, Reasons = telling.Reasons };
        }
        string was = live.Detail.Length == 0 ? live.Label : $"{live.Label} ({live.Detail})";
        return planned with { Mark = TopologyMark.Changed, Facts = live.Label == planned.Label && live.Detail == planned.Detail ? planned.Facts : [.. planned.Facts, new TopologyFact("was", was)] };
    }

    private static TopologyEdge Compared(TopologyEdge live, TopologyEdge planned) =>
        (TopologyFields.Of(live, planned) & ~IgnoredOfEdges) == EdgeFields.None
            ? IsLiveTelling(live.State, planned.State) ? planned with { State = live.State, Reasons = live.Reasons } : planned
            : planned with { Mark = TopologyMark.Changed, LabelBefore = live.Label == planned.Label ? null : live.Label };

    /// <summary>The worse of both counts, and anything rather than that the files do not say enough.</summary>
    private static bool IsLiveTelling(TopologyState live, TopologyState planned) => planned == TopologyState.Unknown || live > planned;

    private static bool HasSameFacts(TopologyNode live, TopologyNode planned)
    {
        bool asksForAddress = planned.FactsNamed("address").Any();
        bool IsCompared(TopologyFact fact) => fact.Name switch
        {
            "attachedRoutes" or "readyEndpoints" => false,
            "address" => asksForAddress,
            _ => true,
        };
        return live.Facts.Where(IsCompared).SequenceEqual(planned.Facts.Where(IsCompared));
    }

    /// <summary>Somebody writes it as a manifest, or a part of one; the others follow from what is written, or run without a file of ours.</summary>
    private static bool IsWritten(TopologyNode node) =>
        node.Kind is not (TopologyNodeKind.Client or TopologyNodeKind.GatewayClass or TopologyNodeKind.Frontend or TopologyNodeKind.ExternalHost or TopologyNodeKind.Workload or TopologyNodeKind.Cluster);

    private static bool IsKnown(string? parent, TopologyGraph planned) => parent is null || planned.Node(parent) is not { Presence: not Presence.Present };

    private static bool IsPlanned(TopologyEdge edge, TopologyGraph planned) => planned.Node(edge.From) is { Presence: Presence.Present };

    /// <summary>An edge of a rule, or to a route, that the files would have if they wanted it.</summary>
    private static bool IsMissed(TopologyEdge edge, TopologyGraph live, TopologyGraph planned) =>
        planned.Node(edge.From) is not { Presence: not Presence.Present } && live.Node(edge.From) is { } from && live.Node(edge.To) is { } to
        && (IsWritten(from) || IsWritten(to)) && to.Kind is not (TopologyNodeKind.Workload or TopologyNodeKind.Cluster) && edge.Kind is not (TopologyEdgeKind.Implements or TopologyEdgeKind.Exports);
}
