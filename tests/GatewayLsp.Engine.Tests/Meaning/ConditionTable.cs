namespace GatewayLsp.Engine.Tests.Meaning;

/// <summary>A condition of Gateway API 1.6 by its type, status and reason.</summary>
/// <param name="Status"><c>True</c>, <c>False</c>, <c>Unknown</c>; several where the reason is the same.</param>
/// <param name="When">What it stands for; for what is not predicted, why.</param>
/// <param name="Manifests">A workspace whose objects get the condition; null where nothing predicts it.</param>
public sealed record ConditionRow(string Object, string Type, string Status, string Reason, string When, string? Manifests);

/// <summary>Every condition of Gateway API 1.6, with manifests for those that are predicted: the source of <c>docs/conditions.md</c>.</summary>
internal static class ConditionTable
{
    private const string Head = "apiVersion: gateway.networking.k8s.io/v1\n";
    private const string Cluster = "A matter of the cluster or the implementation: ";
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: n}\nspec: {ports: [{port: 80}]}\n---\n";
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: other, namespace: n}\ntype: kubernetes.io/tls\n---\n";
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: empty, namespace: n}\ndata: {a: b}\n---\n";

    private static readonly string Plain = Gateway("[{name: http, port: 80, protocol: HTTP}]");
    private static readonly string TwoProtocols = Gateway("[{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: TCP}]");
    private static readonly string TwoHostnames = Gateway("[{name: a, port: 80, protocol: HTTP, hostname: a.io}, {name: b, port: 80, protocol: HTTP, hostname: a.io}]");
    private static readonly string HalfGood = Gateway("[{name: a, port: 80, protocol: HTTP}, {name: b, port: 81, protocol: Odd}]");
    private static readonly string NoneGood = Gateway("[{name: b, port: 81, protocol: Odd}]");
    private static readonly string BadClass = Head + "kind: GatewayClass\nmetadata: {name: c}\nspec: {controllerName: x.io/y, parametersRef: {group: '', kind: ConfigMap, name: p, namespace: n}}\n---\n";
    private static readonly string BadParameters = Gateway("[{name: http, port: 80, protocol: HTTP}]", "infrastructure: {parametersRef: {group: x.io, kind: P, name: p}}, ");
    private static readonly string NoCertificate = Secret + Gateway("[{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: none}]}}]");
    private static readonly string Open = "allowedListeners: {namespaces: {from: All}}, ";
    private static readonly string SetFits = Gateway("[{name: http, port: 80, protocol: HTTP}]", Open) + Set("[{name: x, port: 81, protocol: HTTP}]");
    private static readonly string SetHalf = Gateway("[{name: http, port: 80, protocol: HTTP}]", Open) + Set("[{name: x, port: 81, protocol: HTTP}, {name: y, port: 80, protocol: HTTP}, {name: z, port: 80, protocol: TCP}]");
    private static readonly string SetClash = Gateway("[{name: http, port: 80, protocol: HTTP}]", Open) + Set("[{name: y, port: 80, protocol: HTTP}, {name: z, port: 80, protocol: TCP}]");
    private static readonly string Attached = Plain + Service + Route("{parentRefs: [{name: g}], rules: [{backendRefs: [{name: s, port: 80}]}]}");

    public static readonly ConditionRow[] Rows =
    [
        Made("GatewayClass", "Accepted", "True", "Accepted", "Always, unless what follows is true: each class counts as that of an implementation at hand.", Head + "kind: GatewayClass\nmetadata: {name: c}\nspec: {controllerName: x.io/y}\n"),
        Made("GatewayClass", "Accepted", "False", "InvalidParameters", "`parametersRef` names an object that is not there, or a kind with namespaces without a namespace.", BadClass),
        Not("GatewayClass", "Accepted", "False", "Unsupported", Cluster + "which classes a controller takes."),
        Not("GatewayClass", "Accepted", "False", "UnsupportedVersion", Cluster + "the release of the CRDs that are installed."),
        Not("GatewayClass", "SupportedVersion", "True, False", "SupportedVersion, UnsupportedVersion", Cluster + "the release of the CRDs that are installed."),
        Not("GatewayClass", "Accepted", "Unknown", "Pending, Waiting", "Stands there until a controller has looked at the class."),

        Made("Gateway", "Accepted", "True", "Accepted", "The Gateway and all its listeners are good.", Plain),
        Made("Gateway", "Accepted", "True", "ListenersNotValid", "Some listeners can't be served, others can.", HalfGood),
        Made("Gateway", "Accepted", "False", "ListenersNotValid", "No listener can be served.", NoneGood),
        Made("Gateway", "Accepted", "False", "InvalidParameters", "`infrastructure.parametersRef` names an object that is not there.", BadParameters),
        Made("Gateway", "Accepted", "False", "UnsupportedAddress", "An address is of a type that no implementation is known to have.", Gateway("[{name: http, port: 80, protocol: HTTP}]", "addresses: [{type: odd.io/thing, value: x}], ")),
        Made("Gateway", "Accepted", "Unknown", "Pending", "Its GatewayClass is not accepted.", BadClass + Plain),
        Not("Gateway", "Accepted", "False", "Invalid", "What it stands for is rejected by the API server, or has a reason of its own above."),
        Made("Gateway", "Programmed", "True", "Programmed", "The Gateway is accepted.", Plain),
        Made("Gateway", "Programmed", "False", "Invalid", "The Gateway is not accepted.", NoneGood),
        Made("Gateway", "Programmed", "Unknown", "Pending", "Its GatewayClass is not accepted.", BadClass + Plain),
        Not("Gateway", "Programmed", "False", "NoResources, AddressNotAssigned, AddressNotUsable", Cluster + "capacity and addresses."),
        Made("Gateway", "ResolvedRefs", "True", "ResolvedRefs", "All references of the Gateway and its listeners are good.", Plain),
        Made("Gateway", "ResolvedRefs", "False", "RefNotPermitted", "`tls.backend.clientCertificateRef` leads into another namespace that has no ReferenceGrant for it.", Client("{name: c, namespace: m}")),
        Made("Gateway", "ResolvedRefs", "False", "InvalidClientCertificateRef", "`tls.backend.clientCertificateRef` names a Secret that is not there or holds no certificate with its key, or another kind.", Client("{name: c, group: x.io, kind: Odd}")),
        Made("Gateway", "ResolvedRefs", "False", "ListenersNotResolved", "References of listeners are not good.", NoCertificate),
        Made("Gateway", "InsecureFrontendValidationMode", "True", "ConfigurationChanged", "`tls.frontend` has the mode `AllowInsecureFallback` somewhere.", Frontend("{mode: AllowInsecureFallback, caCertificateRefs: [{group: '', kind: ConfigMap, name: empty}]}")),
        Not("Gateway", "Scheduled, Ready", "True, False, Unknown", "Scheduled, NotReconciled, Ready, ListenersNotReady", "Deprecated, or reserved for later releases."),

        Made("Listener", "Accepted", "True", "Accepted", "The listener can be served.", Plain),
        Made("Listener", "Accepted", "False", "UnsupportedProtocol", "Neither the specification nor an implementation that is known has the protocol.", HalfGood),
        Made("Listener", "Accepted", "False", "NoValidCACertificate", "Certificates of clients are to be checked, and no CA certificate can be used.", Frontend("{caCertificateRefs: [{group: '', kind: ConfigMap, name: empty}]}")),
        Made("Listener", "Accepted", "False", "HostnameConflict", "Another listener has the same port and hostname.", TwoHostnames),
        Made("Listener", "Accepted", "False", "ProtocolConflict", "The protocol of another listener can't share the port.", TwoProtocols),
        Not("Listener", "Accepted", "False", "PortUnavailable, UnsupportedValue", Cluster + "ports and values that it supports. Values that nobody has are rejected by the API server."),
        Made("Listener", "Programmed", "True", "Programmed", "The listener is accepted and has what it needs.", Plain),
        Made("Listener", "Programmed", "False", "Invalid", "The listener is not accepted, has no certificate, or takes no kind of route.", NoCertificate),
        Made("Listener", "Programmed", "False", "HostnameConflict", "As for `Accepted`.", TwoHostnames),
        Made("Listener", "Programmed", "False", "ProtocolConflict", "As for `Accepted`.", TwoProtocols),
        Not("Listener", "Programmed", "False, Unknown", "Pending", "Stands there until a controller has looked at the listener."),
        Made("Listener", "ResolvedRefs", "True", "ResolvedRefs", "All references are good.", Plain),
        Made("Listener", "ResolvedRefs", "False", "InvalidCertificateRef", "A certificate is of a wrong kind, not there, of a wrong type, or malformed.", NoCertificate),
        Made("Listener", "ResolvedRefs", "False", "InvalidRouteKinds", "`allowedRoutes.kinds` names kinds that the protocol can't carry.", Gateway("[{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}}]")),
        Made("Listener", "ResolvedRefs", "False", "RefNotPermitted", "A certificate is in another namespace that has no ReferenceGrant for it.", Gateway("[{name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: c, namespace: m}]}}]")),
        Made("Listener", "ResolvedRefs", "False", "InvalidCACertificateRef", "A CA certificate for clients is not there or malformed.", Frontend("{caCertificateRefs: [{group: '', kind: ConfigMap, name: empty}]}")),
        Made("Listener", "ResolvedRefs", "False", "InvalidCACertificateKind", "A CA certificate for clients is of a kind that can't hold one.", Frontend("{caCertificateRefs: [{group: x.io, kind: Odd, name: empty}]}")),
        Made("Listener", "Conflicted", "False", "NoConflicts", "No other listener is in its way.", Plain),
        Made("Listener", "Conflicted", "True", "HostnameConflict", "As for `Accepted`.", TwoHostnames),
        Made("Listener", "Conflicted", "True", "ProtocolConflict", "As for `Accepted`.", TwoProtocols),
        Made("Listener", "OverlappingTLSConfig", "True", "OverlappingHostnames", "Another listener with TLS on the port has a hostname that overlaps.", Gateway("[{name: a, port: 443, protocol: HTTPS, hostname: a.x.io}, {name: b, port: 443, protocol: HTTPS, hostname: '*.x.io'}]")),
        Made("Listener", "OverlappingTLSConfig", "True", "OverlappingCertificates", "Another listener with TLS on the port has a certificate for the same hostname.", CertificateNamesTests.Manifests("a.example.com wild", "b.example.com wild")),
        Not("Listener", "Ready, Detached", "True, False, Unknown", "Ready, Attached", "Deprecated, or reserved for later releases."),

        Made("ListenerSet", "Accepted", "True", "Accepted", "It has joined its Gateway, and all its listeners are good.", SetFits),
        Made("ListenerSet", "Accepted", "True", "ListenersNotValid", "Some of its listeners can't be served, others can.", SetHalf),
        Made("ListenerSet", "Accepted", "False", "ListenersNotValid", "No listener of it can be served.", SetClash),
        Made("ListenerSet", "Accepted", "False", "NotAllowed", "`allowedListeners` of the Gateway does not let it in.", Plain + Set("[{name: x, port: 81, protocol: HTTP}]")),
        Made("ListenerSet", "Accepted", "False", "ParentNotAccepted", "The Gateway is not there or not accepted.", BadParameters.Replace("infrastructure", Open + "infrastructure", StringComparison.Ordinal) + Set("[{name: x, port: 81, protocol: HTTP}]")),
        Made("ListenerSet", "Accepted", "Unknown", "Pending", "The Gateway's decision is not known, as when a template fills in its name.", Set("[{name: x, port: 81, protocol: HTTP}]").Replace("{name: g, namespace: n}", "{name: '{{ .x }}'}", StringComparison.Ordinal)),
        Not("ListenerSet", "Accepted", "False", "Invalid", "What it stands for is rejected by the API server."),
        Made("ListenerSet", "Programmed", "True", "Programmed", "It is accepted.", SetFits),
        Made("ListenerSet", "Programmed", "False", "ListenersNotValid", "As for `Accepted`.", SetClash),
        Made("ListenerSet", "Programmed", "False", "NotAllowed", "As for `Accepted`.", Plain + Set("[{name: x, port: 81, protocol: HTTP}]")),
        Made("ListenerSet", "Programmed", "False", "ParentNotProgrammed", "The Gateway is not there or not accepted.", BadParameters.Replace("infrastructure", Open + "infrastructure", StringComparison.Ordinal) + Set("[{name: x, port: 81, protocol: HTTP}]")),
        Not("ListenerSet", "Programmed", "False", "PortUnavailable", Cluster + "ports that it supports."),
        Made("Listener of a ListenerSet", "Conflicted", "True", "HostnameConflict", "A listener of the Gateway, of an older ListenerSet or of its own has the same port and hostname.", SetHalf),
        Made("Listener of a ListenerSet", "Conflicted", "True", "ProtocolConflict", "The protocol of such a listener can't share the port.", SetHalf),
        Not("Listener of a ListenerSet", "Accepted", "False", "ListenerConflict, TooManyListeners, PortUnavailable", Cluster + "how many listeners and which ports it supports. Conflicts have the reasons above."),

        Made("Route, by parent", "Accepted", "True", "Accepted", "The route is attached to a listener of the parent, or holds for a Service of a mesh.", Attached),
        Made("Route, by parent", "Accepted", "False", "NoMatchingParent", "There is no such parent, listener or port.", Plain + Route("{parentRefs: [{name: g, sectionName: none}]}")),
        Made("Route, by parent", "Accepted", "False", "NotAllowedByListeners", "The listeners do not take the route's kind or namespace.", Plain + Route("{parentRefs: [{name: g}]}", "TCPRoute")),
        Made("Route, by parent", "Accepted", "False", "NoMatchingListenerHostname", "The route and the listeners have no hostname in common.", Gateway("[{name: http, port: 80, protocol: HTTP, hostname: a.io}]") + Route("{parentRefs: [{name: g}], hostnames: [b.io]}")),
        Made("Route, by parent", "Accepted", "False", "UnsupportedValue", "No rule can be carried out: a filter or match is of a type that does not exist.", Plain + Route("{parentRefs: [{name: g}], rules: [{filters: [{type: Odd}]}]}")),
        Made("Route, by parent", "Accepted", "False", "IncompatibleFilters", "No rule can be carried out: a rule redirects and rewrites.", Plain + Route("{parentRefs: [{name: g}], rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: a.io}}, {type: RequestRedirect, requestRedirect: {hostname: b.io}}]}]}")),
        Not("Route, by parent", "Accepted", "False", "(no name)", "An HTTPRoute and a GRPCRoute with a hostname in common are attached to one listener: only the older one is to be accepted. The specification names no reason for the other, and several implementations take both: see [shared-hostname](rules/shared-hostname.md)."),
        Made("Route, by parent", "Accepted", "Unknown", "Pending", "The manifests do not tell enough, as when a template fills in a name.", Plain + Route("{parentRefs: [{name: '{{ .x }}'}]}")),
        Made("Route, by parent", "ResolvedRefs", "True", "ResolvedRefs", "All references are good.", Attached),
        Made("Route, by parent", "ResolvedRefs", "False", "InvalidKind", "A backend is of a kind that nothing can be sent to.", Backend("{name: s, group: apps, kind: Deployment}")),
        Made("Route, by parent", "ResolvedRefs", "False", "RefNotPermitted", "A backend is in another namespace that has no ReferenceGrant for it; checked before it is looked for.", Backend("{name: s, namespace: m, port: 80}")),
        Made("Route, by parent", "ResolvedRefs", "False", "BackendNotFound", "A Service is not there, or has no such port.", Backend("{name: none, port: 80}")),
        Not("Route, by parent", "ResolvedRefs", "False", "UnsupportedProtocol", Cluster + "which `appProtocol` of a Service it supports."),
        Made("Route, by parent", "PartiallyInvalid", "True", "UnsupportedValue", "Some rules can't be carried out, others can.", Plain + Route("{parentRefs: [{name: g}], rules: [{}, {filters: [{type: Odd}]}]}")),

        Made("BackendTLSPolicy, by ancestor", "Accepted", "True", "Accepted", "The policy holds for requests through the Gateway.", Attached + Policy("p", "hostname: a.io, wellKnownCACertificates: System")),
        Made("BackendTLSPolicy, by ancestor", "Accepted", "False", "Conflicted", "Another policy for the same target and section is older, or comes first by name.", Attached + Policy("p", "hostname: a.io, wellKnownCACertificates: System") + Policy("q", "hostname: a.io, wellKnownCACertificates: System")),
        Made("BackendTLSPolicy, by ancestor", "Accepted", "False", "TargetNotFound", "The target, or its port of that name, is not there.", Attached + Policy("p", "hostname: a.io, wellKnownCACertificates: System", ", sectionName: none")),
        Made("BackendTLSPolicy, by ancestor", "Accepted", "False", "Invalid", "`wellKnownCACertificates` names a set that does not exist.", Attached + Policy("p", "hostname: a.io, wellKnownCACertificates: Odd")),
        Made("BackendTLSPolicy, by ancestor", "Accepted", "False", "NoValidCACertificate", "No CA certificate can be used.", Attached + ConfigMap + Policy("p", "hostname: a.io, caCertificateRefs: [{group: '', kind: ConfigMap, name: empty}]")),
        Made("BackendTLSPolicy, by ancestor", "ResolvedRefs", "True", "ResolvedRefs", "All references are good.", Attached + Policy("p", "hostname: a.io, wellKnownCACertificates: System")),
        Made("BackendTLSPolicy, by ancestor", "ResolvedRefs", "False", "InvalidCACertificateRef", "A CA certificate is not there or malformed.", Attached + ConfigMap + Policy("p", "hostname: a.io, caCertificateRefs: [{group: '', kind: ConfigMap, name: empty}]")),
        Made("BackendTLSPolicy, by ancestor", "ResolvedRefs", "False", "InvalidKind", "A CA certificate is of a kind that can't hold one.", Attached + Policy("p", "hostname: a.io, caCertificateRefs: [{group: x.io, kind: Odd, name: empty}]")),

        Not("XMesh", "Accepted", "True, False, Unknown", "Accepted, InvalidParameters, Pending", "Experimental, and no object refers to it."),
    ];

    private static ConditionRow Made(string one, string type, string status, string reason, string when, string manifests) =>
        new(one, type, status, reason, when, manifests);

    private static ConditionRow Not(string one, string type, string status, string reason, string why) => new(one, type, status, reason, why, null);

    private static string Gateway(string listeners, string rest = "") =>
        $"{Head}kind: Gateway\nmetadata: {{name: g, namespace: n}}\nspec: {{{rest}gatewayClassName: c, listeners: {listeners}}}\n---\n";

    private static string Set(string listeners) =>
        $"{Head}kind: ListenerSet\nmetadata: {{name: set, namespace: n}}\nspec: {{parentRef: {{name: g, namespace: n}}, listeners: {listeners}}}\n---\n";

    private static string Route(string spec, string kind = "HTTPRoute") => $"{Head}kind: {kind}\nmetadata: {{name: r, namespace: n}}\nspec: {spec}\n---\n";

    private static string Backend(string backend) => Plain + Service + Route($"{{parentRefs: [{{name: g}}], rules: [{{backendRefs: [{backend}]}}]}}");

    private static string Client(string reference) => Gateway("[{name: http, port: 80, protocol: HTTP}]", $"tls: {{backend: {{clientCertificateRef: {reference}}}}}, ");

    private static string Frontend(string validation) =>
        ConfigMap + Gateway("[{name: https, port: 443, protocol: HTTPS}]", $"tls: {{frontend: {{default: {{validation: {validation}}}}}}}, ");

    private static string Policy(string name, string validation, string section = "") =>
        $"{Head}kind: BackendTLSPolicy\nmetadata: {{name: {name}, namespace: n}}\nspec: {{targetRefs: [{{group: '', kind: Service, name: s{section}}}], validation: {{{validation}}}}}\n---\n";
}
