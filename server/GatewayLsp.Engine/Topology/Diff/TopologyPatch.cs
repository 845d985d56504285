namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>One step from a graph to the next. Patches are applied in their order.</summary>
public abstract record TopologyPatch
{
    private TopologyPatch()
    {
    }

    /// <summary>Everything of a file that begins on that line (0-based) or below moved by so many lines; nothing else about it changed by that.</summary>
    public sealed record LinesShifted(string Path, int FromLine, int Delta) : TopologyPatch;

    public sealed record NodeRemoved(string Id) : TopologyPatch;

    public sealed record EdgeRemoved(string Id) : TopologyPatch;

    public sealed record NodeAdded(TopologyNode Node) : TopologyPatch;

    public sealed record EdgeAdded(TopologyEdge Edge) : TopologyPatch;

    /// <summary>Only the fields that are named count of <c>After</c>.</summary>
    public sealed record NodeChanged(TopologyNode After, NodeFields Fields) : TopologyPatch;

    /// <summary>Only the fields that are named count of <c>After</c>.</summary>
    public sealed record EdgeChanged(TopologyEdge After, EdgeFields Fields) : TopologyPatch;
}

[Flags]
public enum NodeFields
{
    None = 0,
    Kind = 1,
    Object = 1 << 1,
    Parent = 1 << 2,
    Index = 1 << 3,
    Label = 1 << 4,
    Detail = 1 << 5,
    Cluster = 1 << 6,
    Namespace = 1 << 7,
    Network = 1 << 8,
    Presence = 1 << 9,
    State = 1 << 10,
    Reasons = 1 << 11,
    Facts = 1 << 12,
    Place = 1 << 13,
    Mark = 1 << 14,
}

[Flags]
public enum EdgeFields
{
    None = 0,
    Index = 1,
    Label = 1 << 1,
    Share = 1 << 2,
    Port = 1 << 3,
    Tls = 1 << 4,
    State = 1 << 5,
    Reasons = 1 << 6,
    Facts = 1 << 7,
    Place = 1 << 8,
    Mark = 1 << 9,
    LabelBefore = 1 << 10,
}
