using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Routing;

/// <summary>What BackendTLSPolicy makes of the connection to a backend.</summary>
internal static class BackendTls
{
    /// <summary>The target with the server name that its policy asks for; invalid when the policy leaves nothing to verify it with.</summary>
    public static BackendTarget Apply(Resolver resolver, BackendTarget target)
    {
        var key = new ObjectKey(target.Group, target.Kind, target.Namespace, target.Name);
        if (!target.IsValid || Find(resolver, key, target.Port) is not { } policy)
        {
            return target;
        }
        BackendTlsPolicy view = policy.Policy;
        BackendTarget secured = target with { ServerName = view.Hostname ?? "" };
        if (policy.HasNoCaCertificate)
        {
            return secured with
            {
                State = BackendState.Invalid,
                Problem = "NoValidCACertificate",
                Explanation = $"BackendTLSPolicy {view.FullName} refers to no CA certificate that can be used, so the backend can't be verified",
            };
        }
        return policy.HasUnknownCaSet
            ? secured with { State = BackendState.Invalid, Problem = "Invalid", Explanation = $"BackendTLSPolicy {view.FullName} names the unknown set {view.WellKnownCaCertificates}" }
            : secured;
    }

    /// <summary>The policy that is for the port rather than the whole Service, then the older one, then the first by name.</summary>
    private static ResolvedPolicy? Find(Resolver resolver, ObjectKey key, int? port)
    {
        string? portName = resolver.Find<Service>(key)?.Ports.FirstOrDefault(one => one.Port == port)?.Name;
        BackendTlsPolicy? best = null;
        bool isBestForPort = false;
        foreach (ObjectView view in resolver.Referring(key, ReferenceRole.PolicyTarget))
        {
            if (view is not BackendTlsPolicy policy)
            {
                continue;
            }
            foreach (PolicyTarget target in policy.TargetRefs)
            {
                bool isForPort = target.SectionName is not null;
                bool fits = target.IsKnown && target.Key == key && (!isForPort || target.SectionName == portName);
                if (fits && (best is null || (isForPort && !isBestForPort) || (isForPort == isBestForPort && ObjectView.CompareAge(policy, best) < 0)))
                {
                    best = policy;
                    isBestForPort = isForPort;
                }
            }
        }
        return best is null ? null : resolver.Policy(best);
    }
}
