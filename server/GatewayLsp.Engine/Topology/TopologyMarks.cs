namespace GatewayLsp.Engine.Topology;

/// <summary>How a node or edge is doing, as far as manifests tell. In order of weight: the heavier one counts where several apply.</summary>
public enum TopologyState : byte
{
    Ok,

    /// <summary>The files do not say enough.</summary>
    Unknown,

    /// <summary>It works, but hardly as it is meant.</summary>
    Warning,

    /// <summary>The API server would reject it, or a controller would report a negative condition.</summary>
    Error,
}

/// <summary>What a change did to a node or edge; set in comparisons alone.</summary>
public enum TopologyMark : byte { None, Added, Removed, Changed }

/// <summary>Why something is not well.</summary>
/// <param name="Code">Reason of a condition (<c>NoMatchingParent</c>) or code of a diagnostic (<c>unknown-field</c>).</param>
public readonly record struct TopologyReason(TopologyState State, string Code, string Message);

/// <summary>Something worth telling about a node or edge; names may repeat (docs/topology.md lists them).</summary>
public readonly record struct TopologyFact(string Name, string Value);
