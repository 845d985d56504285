using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Routing;

/// <summary>What is known of an object that traffic is sent to.</summary>
public enum BackendState
{
    /// <summary>It is there and may be used.</summary>
    Valid,

    /// <summary>It is not in the workspace, which does not claim to hold everything; taken as valid.</summary>
    Unknown,

    /// <summary>Requests to it fail: see the problem.</summary>
    Invalid,
}

/// <summary>A backend that a rule or filter names, and what became of the reference.</summary>
/// <param name="Port">Of the Service; null when the kind needs none or it is not known.</param>
/// <param name="Problem">Reason in the words of the specification (<c>BackendNotFound</c>, <c>RefNotPermitted</c> ...); null when all is well.</param>
/// <param name="Explanation">The problem in a sentence.</param>
/// <param name="ServerName">SNI that a BackendTLSPolicy has the gateway use; null when the connection is in plain text.</param>
public sealed record BackendTarget(
    string Group, string Kind, string Namespace, string Name, int? Port, BackendState State = BackendState.Valid, string? Problem = null,
    string? Explanation = null, string? ServerName = null)
{
    /// <summary>The clusters that requests to it go to; empty where clusters play no part.</summary>
    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary><c>east and north</c>; empty where clusters play no part.</summary>
    public string ClusterNames => Clusters.IsEmpty ? "" : Naming.List(Clusters);

    /// <summary>Beside each of the clusters, its ready endpoints; empty unless they are known of all of them.</summary>
    public ImmutableArray<int> ReadyEndpoints { get; init; } = [];

    public bool IsValid => State != BackendState.Invalid;

    public override string ToString() =>
        (Kind == "Service" && Group.Length == 0 ? "" : Kind + " ") + $"{Namespace}/{Name}" + (Port is { } port ? $":{port}" : "");
}
