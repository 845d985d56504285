using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>One target of a BackendTLSPolicy.</summary>
/// <param name="Presence">Of the Service, and of the port that <c>sectionName</c> names.</param>
/// <param name="Winner">The policy that comes first for the same target and port; null when this one does.</param>
/// <param name="Gateways">Those that reach the target through routes, in order of namespace and name.</param>
public sealed record ResolvedTarget(PolicyTarget Ref, Presence Presence, BackendTlsPolicy? Winner, ImmutableArray<ResolvedGateway> Gateways);

/// <summary>A BackendTLSPolicy with its targets and CA certificates decided.</summary>
public sealed class ResolvedPolicy
{
    internal ResolvedPolicy(BackendTlsPolicy policy, Dependencies dependencies)
    {
        Policy = policy;
        Dependencies = dependencies;
    }

    public BackendTlsPolicy Policy { get; }

    public ImmutableArray<ResolvedTarget> Targets { get; internal init; } = [];

    public ImmutableArray<ReferenceIssue> CaIssues { get; internal init; } = [];

    /// <summary>True when none of the CA certificates that it refers to can be used.</summary>
    public bool HasNoCaCertificate => CaIssues.Length > 0 && CaIssues.Length == Policy.CaCertificateRefs.Length;

    /// <summary>True when it asks for a set of well-known CA certificates that does not exist.</summary>
    public bool HasUnknownCaSet => Policy.WellKnownCaCertificates is { } set && set != "System";

    /// <summary>Every Gateway that it is a policy of.</summary>
    public ImmutableArray<ResolvedGateway> Ancestors { get; internal init; } = [];

    internal Dependencies Dependencies { get; }

    /// <summary>The mark of the snapshot that it was last found to hold in.</summary>
    internal object? Checked { get; set; }
}
