using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine;

/// <summary>What the user may set (section <c>gatewayLsp</c>); equal settings give equal results.</summary>
public sealed record WorkspaceSettings
{
    public static readonly WorkspaceSettings Default = new();

    public Channel Channel { get; init; } = Channel.Standard;

    /// <summary>True when everything that is deployed stands in the workspace, so that what is not there is absent, not unknown.</summary>
    public bool IsComplete { get; init; }

    public bool Validate { get; init; } = true;

    /// <summary>Codes that are not reported.</summary>
    public ImmutableHashSet<string> DisabledRules { get; init; } = [];

    public bool Equals(WorkspaceSettings? other) =>
        other is not null && Channel == other.Channel && IsComplete == other.IsComplete && Validate == other.Validate
        && DisabledRules.SetEquals(other.DisabledRules);

    public override int GetHashCode() => HashCode.Combine(Channel, IsComplete, Validate, DisabledRules.Count);
}
