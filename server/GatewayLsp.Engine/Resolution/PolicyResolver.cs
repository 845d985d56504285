using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>Decides on a BackendTLSPolicy: which Gateways come to its targets, who else claims them, whom it trusts.</summary>
internal static class PolicyResolver
{
    public static ResolvedPolicy Resolve(Resolver resolver, BackendTlsPolicy policy)
    {
        var snapshot = new Dependencies(resolver);
        var targets = ImmutableArray.CreateBuilder<ResolvedTarget>();
        var ancestors = new HashSet<ResolvedGateway>(ReferenceEqualityComparer.Instance);
        foreach (PolicyTarget target in policy.TargetRefs)
        {
            Presence presence = PresenceOf(snapshot, target);
            ImmutableArray<ResolvedGateway> gateways = Gateways(snapshot, target, presence);
            ancestors.UnionWith(gateways);
            targets.Add(new ResolvedTarget(target, presence, Winner(snapshot, policy, target), gateways));
        }
        return new ResolvedPolicy(policy, snapshot)
        {
            Targets = targets.DrainToImmutable(),
            CaIssues = CertificateResolver.All(policy.CaCertificateRefs, reference => CertificateResolver.Ca(snapshot, policy, reference)),
            Ancestors = InOrder(ancestors),
        };
    }

    private static Presence PresenceOf(Dependencies snapshot, PolicyTarget target)
    {
        if (!target.IsKnown)
        {
            return Presence.Unknown;
        }
        Presence presence = snapshot.PresenceOf(target.Key);
        if (presence != Presence.Present || target.SectionName is null || snapshot.Find<Service>(target.Key) is not { } service)
        {
            // Targets of other kinds are for implementations.
            return presence == Presence.Absent && target is not { Group: ApiGroups.Core, Kind: "Service" } ? Presence.Unknown : presence;
        }
        bool isUncertain = service.Object.Document.IsTemplate;
        foreach (ServicePort port in service.Ports)
        {
            if (port.Name == target.SectionName)
            {
                return Presence.Present;
            }
            isUncertain |= port.IsTemplated;
        }
        return isUncertain ? Presence.Unknown : Presence.Absent;
    }

    /// <summary>Of the policies for the same target and port, the oldest, then the first by name.</summary>
    private static BackendTlsPolicy? Winner(Dependencies snapshot, BackendTlsPolicy policy, PolicyTarget target)
    {
        BackendTlsPolicy? winner = null;
        foreach (ObjectView view in snapshot.Referring(target.Key, ReferenceRole.PolicyTarget))
        {
            if (view is BackendTlsPolicy other && !ReferenceEquals(other, policy) && ObjectView.CompareAge(other, policy) < 0
                && (winner is null || ObjectView.CompareAge(other, winner) < 0)
                && other.TargetRefs.Any(one => one.IsKnown && one.Key == target.Key && one.SectionName == target.SectionName))
            {
                winner = other;
            }
        }
        return target.IsKnown ? winner : null;
    }

    private static ImmutableArray<ResolvedGateway> Gateways(Dependencies snapshot, PolicyTarget target, Presence presence)
    {
        if (!target.IsKnown)
        {
            return [];
        }
        var gateways = new HashSet<ResolvedGateway>(ReferenceEqualityComparer.Instance);
        foreach (ObjectView view in snapshot.Referring(target.Key, ReferenceRole.Backend, ReferenceRole.Mirror, ReferenceRole.Authorization))
        {
            if (view is not Route route)
            {
                continue;
            }
            ResolvedRoute resolved = snapshot.Route(route);
            if (!resolved.Backends.Any(backend => backend.Ref.Key == target.Key && IsSamePort(backend, target, presence)))
            {
                continue;
            }
            foreach (ResolvedParent parent in resolved.Parents)
            {
                if (parent is { Outcome: AttachOutcome.Attached, Gateway: { } gateway })
                {
                    gateways.Add(gateway);
                }
            }
        }
        return InOrder(gateways);
    }

    /// <summary>A port that is not there is asked for by nobody; then who comes to the Service at all has to be told.</summary>
    private static bool IsSamePort(ResolvedBackend backend, PolicyTarget target, Presence presence) =>
        backend.Issue?.Problem != ReferenceProblem.NotPermitted
        && (target.SectionName is null || presence != Presence.Present || backend.Port is not { } port || port.Name == target.SectionName);

    private static ImmutableArray<ResolvedGateway> InOrder(IEnumerable<ResolvedGateway> gateways) =>
        [.. gateways.OrderBy(one => one.Gateway.Namespace, StringComparer.Ordinal).ThenBy(one => one.Gateway.Name, StringComparer.Ordinal)];
}
