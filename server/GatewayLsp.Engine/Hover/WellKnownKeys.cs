using System.Collections.Frozen;

namespace GatewayLsp.Engine.Hover;

/// <summary>Labels and annotations that have a meaning by convention or to a controller.</summary>
internal static class WellKnownKeys
{
    private static readonly FrozenDictionary<string, string> Meanings = new Dictionary<string, string>
    {
        ["app"] = "By custom the name of the application; nothing depends on it but the selectors that name it.",
        ["version"] = "By custom the version of the application; Istio shows it in telemetry and splits traffic by it.",
        ["app.kubernetes.io/name"] = "Name of the application.",
        ["app.kubernetes.io/instance"] = "Tells this installation of the application from others.",
        ["app.kubernetes.io/version"] = "Version of the application.",
        ["app.kubernetes.io/component"] = "Part that this is in the architecture, such as `database`.",
        ["app.kubernetes.io/part-of"] = "The larger application that this belongs to.",
        ["app.kubernetes.io/managed-by"] = "Tool that looks after the object, such as `Helm`.",
        ["kubernetes.io/metadata.name"] = "Name of the namespace. The API server sets it on each namespace, so selectors can pick namespaces by name.",
        ["kubernetes.io/service-name"] = "Service that an EndpointSlice belongs to.",
        ["kubernetes.io/ingress.class"] = "Older way to choose the controller of an Ingress; `spec.ingressClassName` took its place.",
        ["kubectl.kubernetes.io/last-applied-configuration"] = "What kubectl applied last, to find out what was taken away since. Not to be written by hand.",
        ["kubectl.kubernetes.io/restartedAt"] = "Set by `kubectl rollout restart`: the change of the template makes new pods.",
        ["gateway.networking.k8s.io/gateway-name"] = "Gateway that a controller made this object for.",
        ["gateway.networking.k8s.io/gateway-class-name"] = "Class of the Gateway that a controller made this object for.",
        ["gateway.networking.k8s.io/policy"] = "Marks a CustomResourceDefinition as a policy of Gateway API: `Direct` or `Inherited`.",
        ["gateway.networking.k8s.io/bundle-version"] = "Release of Gateway API that a CustomResourceDefinition is of.",
        ["gateway.networking.k8s.io/channel"] = "Channel of Gateway API that a CustomResourceDefinition is of: `standard` or `experimental`.",
        ["networking.gke.io/certmap"] = "Certificate Manager map that a GKE Gateway serves its certificates from.",
        ["topology.kubernetes.io/zone"] = "Zone of the node or volume.",
        ["topology.kubernetes.io/region"] = "Region of the node or volume.",
        ["kubernetes.io/hostname"] = "Name of the node.",
        ["kubernetes.io/os"] = "Operating system of the node.",
        ["kubernetes.io/arch"] = "Processor architecture of the node.",
        ["istio-injection"] = "`enabled` makes Istio put its proxy into the pods of the namespace.",
        ["istio.io/rev"] = "Revision of Istio's control plane that looks after the object.",
        ["istio.io/dataplane-mode"] = "`ambient` takes the pods into Istio's mesh without a proxy beside each.",
        ["istio.io/use-waypoint"] = "Waypoint Gateway that Istio sends this traffic through.",
        ["cert-manager.io/issuer"] = "Issuer of this namespace that cert-manager gets the certificates of the listeners from.",
        ["cert-manager.io/cluster-issuer"] = "ClusterIssuer that cert-manager gets the certificates of the listeners from.",
        ["external-dns.alpha.kubernetes.io/hostname"] = "DNS names that ExternalDNS makes for the object.",
        ["pod-security.kubernetes.io/enforce"] = "Pod security standard that the namespace enforces: `privileged`, `baseline` or `restricted`.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What a label or annotation means; null when it is nobody's in particular.</summary>
    public static string? Describe(string key) => Meanings.GetValueOrDefault(key);
}
