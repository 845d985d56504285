using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Engine.Topology;

/// <summary>What an edge says of its two ends. Edges lead the way of requests.</summary>
public enum TopologyEdgeKind : byte
{
    /// <summary>Client to Gateway or front of a Service.</summary>
    Enters,

    /// <summary>GatewayClass to the Gateways that name it; no request goes along it.</summary>
    Implements,

    /// <summary>Gateway to a ListenerSet that joins it.</summary>
    Joins,

    /// <summary>Gateway or ListenerSet to its listeners.</summary>
    Listens,

    /// <summary>Listener, or front of a Service, to the routes that are attached to it (or want to be: see the state).</summary>
    Attaches,

    /// <summary>Route to its rules.</summary>
    Matches,

    /// <summary>Rule to a backend, with its share.</summary>
    Sends,

    /// <summary>Rule to the backend that gets copies.</summary>
    Mirrors,

    /// <summary>Rule to the service that is asked whether a request may pass.</summary>
    Asks,

    /// <summary>Rule to the listener or host that a redirect sends the client to.</summary>
    Redirects,

    /// <summary>ServiceImport to the Services or clusters that export it.</summary>
    Exports,

    /// <summary>Service to the workloads whose pods it selects.</summary>
    Selects,
}

/// <summary>A directed edge. Equal by content.</summary>
public sealed record TopologyEdge
{
    /// <summary>Made of both ends, the kind, and what else tells two edges apart.</summary>
    public required string Id { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required TopologyEdgeKind Kind { get; init; }

    /// <summary>Place among the edges of its kind that leave the same node.</summary>
    public int Index { get; init; }

    /// <summary>What to write at it: a share, hostnames, a status code. May be empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>Exact part of the rule's requests; null for edges that no weight decides on.</summary>
    public Share? Share { get; init; }

    /// <summary>Of the Service; null when not known or not of interest.</summary>
    public int? Port { get; init; }

    /// <summary>Server name of the TLS connection that a BackendTLSPolicy asks for; null for plain text.</summary>
    public string? Tls { get; init; }

    public TopologyState State { get; init; }

    public EquatableArray<TopologyReason> Reasons { get; init; }

    public EquatableArray<TopologyFact> Facts { get; init; }

    /// <summary>The reference that makes it.</summary>
    public TopologyPlace? Place { get; init; }

    public TopologyMark Mark { get; init; }

    /// <summary>In comparisons, the label before the change; null where it is the same.</summary>
    public string? LabelBefore { get; init; }
}
