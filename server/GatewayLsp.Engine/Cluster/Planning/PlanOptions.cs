using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>The user's choices for a plan.</summary>
public sealed record PlanOptions
{
    /// <summary>Make namespaces that are missing.</summary>
    public bool CreateNamespaces { get; init; }

    /// <summary>Take fields that others own.</summary>
    public bool Force { get; init; }
}

/// <summary>What a plan needs to know of a cluster besides the objects themselves.</summary>
/// <param name="Channel">Of the Gateway API that is installed there.</param>
public sealed record TargetFacts(ServedKinds Served, Channel Channel);
