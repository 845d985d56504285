using System.Collections.Immutable;

namespace GatewayLsp.Engine.Schemas;

/// <summary>A kind of somebody else that has the name of one that we know.</summary>
/// <param name="Owner">Project that defines it, such as <c>Istio</c>.</param>
/// <param name="Ours">The kind that it is easily taken for.</param>
public sealed record ForeignKind(string Group, string Kind, string Owner, Gvk Ours)
{
    /// <summary>Markdown: what the object is and what it is not.</summary>
    public string Note => $"This is {Name} (`{Group}`), not the `{Kind}` of {OursName}. Gateway LSP leaves it alone.";

    private string Name => Owner.StartsWith("the ", StringComparison.Ordinal) ? $"the `{Kind}` of {Owner}" : $"{Owner}'s `{Kind}`";

    private string OursName => Ours.Group switch
    {
        "gateway.networking.k8s.io" => "Gateway API",
        "" => "Kubernetes",
        _ => $"`{Ours.Group}`",
    };
}

/// <summary>
/// Kinds that share a name with ours: recognized by group, named in hovers, never validated as ours. A kind found by its
/// name alone would make a false alarm of every Istio Gateway.
/// </summary>
public static class ForeignKinds
{
    private const string GatewayGroup = "gateway.networking.k8s.io";

    public static readonly ImmutableArray<ForeignKind> All =
    [
        new("networking.istio.io", "Gateway", "Istio", new(GatewayGroup, "v1", "Gateway")),
        new("gateway.solo.io", "Gateway", "Gloo Edge", new(GatewayGroup, "v1", "Gateway")),
        new("stunner.l7mp.io", "UDPRoute", "STUNner", new(GatewayGroup, "v1", "UDPRoute")),
        new("networking.x-k8s.io", "HTTPRoute", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "HTTPRoute")),
        new("networking.x-k8s.io", "Gateway", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "Gateway")),
        new("networking.x-k8s.io", "GatewayClass", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "GatewayClass")),
        new("networking.x-k8s.io", "TCPRoute", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "TCPRoute")),
        new("networking.x-k8s.io", "TLSRoute", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "TLSRoute")),
        new("networking.x-k8s.io", "UDPRoute", "the first Gateway API alpha (v1alpha1)", new(GatewayGroup, "v1", "UDPRoute")),
        new("serving.knative.dev", "Service", "Knative Serving", new("", "v1", "Service")),
        new("extensions", "Ingress", "the removed `extensions` API", new("networking.k8s.io", "v1", "Ingress")),
        new("extensions", "Deployment", "the removed `extensions` API", new("apps", "v1", "Deployment")),
        new("extensions", "DaemonSet", "the removed `extensions` API", new("apps", "v1", "DaemonSet")),
        new("extensions", "ReplicaSet", "the removed `extensions` API", new("apps", "v1", "ReplicaSet")),
        new("extensions", "NetworkPolicy", "the removed `extensions` API", new("networking.k8s.io", "v1", "NetworkPolicy")),
        new("config.openshift.io", "Ingress", "OpenShift", new("networking.k8s.io", "v1", "Ingress")),
        new("networking.internal.knative.dev", "Ingress", "Knative Networking", new("networking.k8s.io", "v1", "Ingress")),
        new("crd.projectcalico.org", "NetworkPolicy", "Calico", new("networking.k8s.io", "v1", "NetworkPolicy")),
        new("projectcalico.org", "NetworkPolicy", "Calico", new("networking.k8s.io", "v1", "NetworkPolicy")),
        new("policy.linkerd.io", "HTTPRoute", "Linkerd", new(GatewayGroup, "v1", "HTTPRoute")),
    ];

    /// <summary>The foreign kind of this group and name; null when it is none that we know.</summary>
    public static ForeignKind? Find(string group, string kind)
    {
        foreach (var foreign in All)
        {
            if (foreign.Kind == kind && foreign.Group == group)
            {
                return foreign;
            }
        }

        return null;
    }
}
