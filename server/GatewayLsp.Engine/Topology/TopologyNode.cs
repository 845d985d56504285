using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Topology;

/// <summary>What a node stands for. In the order of the traffic, which is also the order of nodes in a graph.</summary>
public enum TopologyNodeKind : byte
{
    /// <summary>Who sends requests: from outside, from other clusters, or pods of a mesh.</summary>
    Client,

    GatewayClass,
    Gateway,
    ListenerSet,
    Listener,

    /// <summary>The front of a Service that routes of a mesh are for: what clients name, as opposed to the pods behind it.</summary>
    Frontend,

    Route,
    Rule,
    ServiceImport,
    Service,

    /// <summary>A backend or parent of any other kind.</summary>
    Other,

    /// <summary>A host outside that a redirect leads to.</summary>
    ExternalHost,

    Workload,

    /// <summary>A cluster that exports a Service.</summary>
    Cluster,
}

/// <summary>Where a node or edge is written.</summary>
public readonly record struct TopologyPlace(string Path, LineRange Range);

/// <summary>A node of the graph. Equal by content.</summary>
public sealed record TopologyNode
{
    /// <summary>Made of identities, so that it stays through edits: <c>Gateway/shop/front</c>, <c>Gateway/shop/front#listener:http</c>.</summary>
    public required string Id { get; init; }

    public required TopologyNodeKind Kind { get; init; }

    /// <summary>The object that it is or is a part of; null for what is no object.</summary>
    public ObjectKey? Object { get; init; }

    /// <summary>The node that it is a part of: a listener's Gateway, a rule's route. Null for whole objects.</summary>
    public string? Parent { get; init; }

    /// <summary>Place among the parts of its parent; 0 for whole objects.</summary>
    public int Index { get; init; }

    public required string Label { get; init; }

    /// <summary>A second line: protocol and port, class, hostnames. May be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Name of the cluster it is in; empty for the workspace's own.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>Empty for what has none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The network (<c>topology.istio.io/network</c>); empty where none is said.</summary>
    public string Network { get; init; } = "";

    /// <summary>Absent and unknown ones are drawn all the same: something refers to them.</summary>
    public Presence Presence { get; init; } = Presence.Present;

    public TopologyState State { get; init; }

    /// <summary>The heaviest first.</summary>
    public EquatableArray<TopologyReason> Reasons { get; init; }

    public EquatableArray<TopologyFact> Facts { get; init; }

    /// <summary>What to show for it; null for what is written nowhere.</summary>
    public TopologyPlace? Place { get; init; }

    public TopologyMark Mark { get; init; }

    /// <summary>The values of a fact, in order.</summary>
    public IEnumerable<string> FactsNamed(string name)
    {
        foreach (TopologyFact fact in Facts)
        {
            if (fact.Name == name)
            {
                yield return fact.Value;
            }
        }
    }
}
