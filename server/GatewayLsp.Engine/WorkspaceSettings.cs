using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine;

/// <summary>What the user may set (section <c>gatewayLsp</c>); equal settings give equal results.</summary>
public sealed record WorkspaceSettings
{
    public static readonly WorkspaceSettings Default = new();

    public Channel Channel { get; init; } = Channel.Standard;

    /// <summary>The minor version of Gateway API that the manifests are for (4 is 1.4); null for the bundled one.</summary>
    public int? GatewayApiMinor { get; init; }

    /// <summary>True when everything that is deployed stands in the workspace, so that what is not there is absent, not unknown.</summary>
    public bool IsComplete { get; init; }

    /// <summary>
    /// True when the settings that classes and Gateways refer to may be kept elsewhere although all else stands in the workspace; those
    /// of kinds that implementations have, and only while none of their like is here.
    /// </summary>
    public bool AreParametersElsewhere { get; init; }

    /// <summary>Kinds of which all objects stand in the workspace, as those that a cluster listed to the end: what is not there of these is absent.</summary>
    public ImmutableHashSet<GroupKind> WholeKinds { get; init; } = [];

    public bool Validate { get; init; } = true;

    /// <summary>Codes that are not reported.</summary>
    public ImmutableHashSet<string> DisabledRules { get; init; } = [];

    /// <summary>GatewayClass, controller name or <c>mesh</c> to an implementation, with its version if need be: <c>istio@1.30</c>.</summary>
    public ImmutableDictionary<string, string> Implementations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The clusters that the workspace has manifests of.</summary>
    public ClusterMap Clusters { get; init; } = ClusterMap.None;

    public bool Equals(WorkspaceSettings? other) =>
        other is not null && Channel == other.Channel && GatewayApiMinor == other.GatewayApiMinor && IsComplete == other.IsComplete && Validate == other.Validate
        && AreParametersElsewhere == other.AreParametersElsewhere && WholeKinds.SetEquals(other.WholeKinds) && DisabledRules.SetEquals(other.DisabledRules) && SameImplementations(other)
        && Clusters.Equals(other.Clusters);

    public override int GetHashCode() => HashCode.Combine(Channel, IsComplete, Validate, DisabledRules.Count, Implementations.Count);

    private bool SameImplementations(WorkspaceSettings other) =>
        Implementations.Count == other.Implementations.Count
        && Implementations.All(one => other.Implementations.TryGetValue(one.Key, out string? value) && value == one.Value);
}
