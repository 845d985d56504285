using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// Every place of the kinds that we know where an object refers to another. Defaults of group and kind are those of the
/// Gateway API specification. Kinds are told by group and name; a path that a version does not have finds nothing.
/// </summary>
internal static class ReferenceTable
{
    private const string Gateway = "gateway.networking.k8s.io";
    private const string GatewayX = "gateway.networking.x-k8s.io";
    private const string Gke = "networking.gke.io";
    private const string Core = "";

    private static readonly FrozenDictionary<(string Group, string Kind), ImmutableArray<ReferenceRule>> Rules = Build();

    /// <summary>The places of a kind; none for a kind that refers to nothing we know.</summary>
    public static ImmutableArray<ReferenceRule> Of(string group, string kind) => Rules.GetValueOrDefault((group, kind), []);

    private static FrozenDictionary<(string, string), ImmutableArray<ReferenceRule>> Build()
    {
        ImmutableArray<ReferenceRule> parents = [Rule("spec.parentRefs[]", ReferenceRole.Parent, ReferenceShape.Object, Gateway, "Gateway")];
        ImmutableArray<ReferenceRule> backends = [Rule("spec.rules[].backendRefs[]", ReferenceRole.Backend, ReferenceShape.Object, Core, "Service")];
        ImmutableArray<ReferenceRule> certificates = [Rule("spec.listeners[].tls.certificateRefs[]", ReferenceRole.Certificate, ReferenceShape.Object, Core, "Secret")];
        ImmutableArray<ReferenceRule> policy = [Rule("spec.targetRef", ReferenceRole.PolicyTarget, ReferenceShape.Local, Core, ""), Rule("spec.targetRefs[]", ReferenceRole.PolicyTarget, ReferenceShape.Local, Core, "")];
        ImmutableArray<ReferenceRule> streamRoute = [.. parents, .. backends];
        ImmutableArray<ReferenceRule> filteredRoute = [.. streamRoute, .. Filters("spec.rules[].filters[]"), .. Filters("spec.rules[].backendRefs[].filters[]")];
        ImmutableArray<ReferenceRule> listenerSet = [Rule("spec.parentRef", ReferenceRole.Parent, ReferenceShape.Object, Gateway, "Gateway"), .. certificates];
        ImmutableArray<ReferenceRule> export = [Rule("metadata.name", ReferenceRole.Export, ReferenceShape.Name, Core, "Service")];

        var rules = new Dictionary<(string, string), ImmutableArray<ReferenceRule>>
        {
            [(Gateway, "GatewayClass")] = [Rule("spec.parametersRef", ReferenceRole.Parameters, ReferenceShape.Object, Core, "")],
            [(Gateway, "Gateway")] =
            [
                Rule("spec.gatewayClassName", ReferenceRole.Class, ReferenceShape.Name, Gateway, "GatewayClass"),
                .. certificates,
                Rule("spec.listeners[].tls.frontendValidation.caCertificateRefs[]", ReferenceRole.CaCertificate, ReferenceShape.Object, Core, ""),
                Rule("spec.tls.frontend.default.validation.caCertificateRefs[]", ReferenceRole.CaCertificate, ReferenceShape.Object, Core, ""),
                Rule("spec.tls.frontend.perPort[].tls.validation.caCertificateRefs[]", ReferenceRole.CaCertificate, ReferenceShape.Object, Core, ""),
                Rule("spec.tls.backend.clientCertificateRef", ReferenceRole.ClientCertificate, ReferenceShape.Object, Core, "Secret"),
                Rule("spec.backendTLS.clientCertificateRef", ReferenceRole.ClientCertificate, ReferenceShape.Object, Core, "Secret"),
                Rule("spec.infrastructure.parametersRef", ReferenceRole.Parameters, ReferenceShape.Local, Core, ""),
            ],
            [(Gateway, "ListenerSet")] = listenerSet,
            [(GatewayX, "XListenerSet")] = listenerSet,
            [(Gateway, "HTTPRoute")] = filteredRoute,
            [(Gateway, "GRPCRoute")] = filteredRoute,
            [(Gateway, "TLSRoute")] = streamRoute,
            [(Gateway, "TCPRoute")] = streamRoute,
            [(Gateway, "UDPRoute")] = streamRoute,
            [(Gateway, "ReferenceGrant")] = [Rule("spec.to[]", ReferenceRole.Grant, ReferenceShape.Local, Core, "")],
            [(Gateway, "BackendTLSPolicy")] =
            [
                .. policy,
                Rule("spec.validation.caCertificateRefs[]", ReferenceRole.CaCertificate, ReferenceShape.Local, Core, ""),
            ],
            [(GatewayX, "XBackendTrafficPolicy")] = policy,
            [(GatewayX, "XMesh")] = [Rule("spec.parametersRef", ReferenceRole.Parameters, ReferenceShape.Object, Core, "")],
            [("networking.k8s.io", "Ingress")] =
            [
                Rule("spec.ingressClassName", ReferenceRole.Class, ReferenceShape.Name, "networking.k8s.io", "IngressClass"),
                Rule("spec.defaultBackend.service", ReferenceRole.Backend, ReferenceShape.IngressService, Core, "Service"),
                Rule("spec.defaultBackend.resource", ReferenceRole.Backend, ReferenceShape.Typed, Core, ""),
                Rule("spec.rules[].http.paths[].backend.service", ReferenceRole.Backend, ReferenceShape.IngressService, Core, "Service"),
                Rule("spec.rules[].http.paths[].backend.resource", ReferenceRole.Backend, ReferenceShape.Typed, Core, ""),
                Rule("spec.tls[].secretName", ReferenceRole.Certificate, ReferenceShape.Name, Core, "Secret"),
            ],
            [("multicluster.x-k8s.io", "ServiceExport")] = export,
            [("net.gke.io", "ServiceExport")] = export,
            [("application-networking.k8s.aws", "ServiceExport")] = export,
            [(Gke, "GCPGatewayPolicy")] = policy,
            [(Gke, "GCPBackendPolicy")] = policy,
            [(Gke, "HealthCheckPolicy")] = policy,
            [(Gke, "GCPTrafficDistributionPolicy")] = policy,
            [("discovery.k8s.io", "EndpointSlice")] =
            [
                // The key has dots of its own.
                new ReferenceRule([new PathStep("metadata", false), new PathStep("labels", false), new PathStep("kubernetes.io/service-name", false)],
                    ReferenceRole.Endpoints, ReferenceShape.Name, Core, "Service"),
            ],
        };
        foreach (((string, string) kind, ImmutableArray<ReferenceRule> places) in WorkloadReferences.All())
        {
            rules.Add(kind, places);
        }
        return rules.ToFrozenDictionary();
    }

    /// <summary>What a filter of an HTTPRoute or GRPCRoute may refer to.</summary>
    private static ImmutableArray<ReferenceRule> Filters(string path) =>
    [
        Rule(path + ".requestMirror.backendRef", ReferenceRole.Mirror, ReferenceShape.Object, Core, "Service"),
        Rule(path + ".externalAuth.backendRef", ReferenceRole.Authorization, ReferenceShape.Object, Core, "Service"),
        Rule(path + ".extensionRef", ReferenceRole.Extension, ReferenceShape.Local, Core, ""),
    ];

    private static ReferenceRule Rule(string path, ReferenceRole role, ReferenceShape shape, string group, string kind) =>
        new(PathStep.Parse(path), role, shape, group, kind);
}
