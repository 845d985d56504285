using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>References to the settings of a GatewayClass or Gateway, which are of any kind that an implementation likes.</summary>
internal static class ParametersResolver
{
    public static bool IsFine(Dependencies snapshot, ObjectRef parameters, bool isOfClass)
    {
        if (!parameters.IsKnown)
        {
            return true;
        }
        if (isOfClass && parameters.WrittenNamespace is null)
        {
            // A cluster-scoped kind, then; of those that we know by heart, none is one that a class could refer to.
            bool isNamespaced = parameters.Group == ApiGroups.Core && parameters.Kind is "ConfigMap" or "Secret";
            return !isNamespaced && IsThere(snapshot, parameters.Key with { Namespace = "" });
        }
        return IsThere(snapshot, parameters.Key);
    }

    /// <summary>Settings come with the installation of a controller, so that manifests of Gateways and routes seldom have them beside them.</summary>
    private static bool IsThere(Dependencies snapshot, ObjectKey key) => snapshot.PresenceOf(key) != Presence.Absent
        || (snapshot.AreParametersElsewhere && IsOfImplementations(key.Group, key.Kind) && !snapshot.Declares(key.Group, key.Kind, key.Namespace));

    private static bool IsOfImplementations(string group, string kind) => (group, kind) switch
    {
        (ApiGroups.Core, "ConfigMap") => true,
        ("gateway.envoyproxy.io", "EnvoyProxy") => true,
        ("gateway.nginx.org", "NginxProxy") => true,
        ("gateway.kgateway.dev" or "gateway.gloo.solo.io", "GatewayParameters") => true,
        ("agentgateway.dev", "AgentgatewayParameters") => true,
        ("cilium.io", "CiliumGatewayClassConfig") => true,
        ("projectcontour.io", "ContourDeployment") => true,
        ("gateway-operator.konghq.com", "GatewayConfiguration") => true,
        ("consul.hashicorp.com", "GatewayClassConfig") => true,
        ("gateway.k8s.aws", "LoadBalancerConfiguration") => true,
        _ => false,
    };
}
