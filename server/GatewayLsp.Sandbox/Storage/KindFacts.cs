using System.Collections.Immutable;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>What the schemas do not say of the kinds that every cluster has: short names, columns, subresources.</summary>
internal static class KindFacts
{
    private static readonly PrinterColumn Age = new("Age", "date", ".metadata.creationTimestamp");

    /// <summary>The built-in kinds that the sandbox serves; others of the catalogue are not served.</summary>
    public static readonly ImmutableHashSet<string> BuiltIn =
    [
        "Namespace", "Service", "Deployment", "ReplicaSet", "Pod", "ConfigMap", "Secret", "ServiceAccount", "EndpointSlice", "Endpoints",
        "Ingress", "IngressClass", "Node", "CustomResourceDefinition",
    ];

    public static ImmutableArray<string> ShortNames(string kind) => kind switch
    {
        "Namespace" => ["ns"],
        "Service" => ["svc"],
        "Deployment" => ["deploy"],
        "ReplicaSet" => ["rs"],
        "Pod" => ["po"],
        "ConfigMap" => ["cm"],
        "ServiceAccount" => ["sa"],
        "Endpoints" => ["ep"],
        "Event" => ["ev"],
        "Ingress" => ["ing"],
        "Node" => ["no"],
        "CustomResourceDefinition" => ["crd", "crds"],
        "GatewayClass" => ["gc"],
        "Gateway" => ["gtw"],
        "ListenerSet" => ["lset"],
        "ReferenceGrant" => ["refgrant"],
        "BackendTLSPolicy" => ["btlspolicy"],
        "XMesh" => ["mesh"],
        "XBackend" => ["xbackend"],
        "XBackendTrafficPolicy" => ["xbtrafficpolicy"],
        "ServiceExport" => ["svcex"],
        "ServiceImport" => ["svcim"],
        _ => [],
    };

    public static bool HasStatus(string kind) => kind is not ("ConfigMap" or "Secret" or "ServiceAccount" or "EndpointSlice" or "Endpoints" or "IngressClass" or "ReferenceGrant" or "Event" or "Lease");

    public static bool HasScale(string kind) => kind is "Deployment" or "ReplicaSet";

    public static ImmutableArray<PrinterColumn> Columns(string kind) => BuiltInColumns.Of(kind) ?? kind switch
    {
        "IngressClass" => [Text("Controller", ".spec.controller"), Age],
        "CustomResourceDefinition" => [Text("Created At", ".metadata.creationTimestamp")],
        "Event" => [Text("Last Seen", ".lastTimestamp"), Text("Type", ".type"), Text("Reason", ".reason"), Text("Object", ".involvedObject.name"), Text("Message", ".message")],
        "Lease" => [Text("Holder", ".spec.holderIdentity"), Age],
        "GatewayClass" => [Text("Controller", ".spec.controllerName"), Condition("Accepted"), Age, Text("Description", ".spec.description", 1)],
        "Gateway" => [Text("Class", ".spec.gatewayClassName"), Text("Address", ".status.addresses[*].value"), Condition("Programmed"), Age],
        "ListenerSet" => [Condition("Accepted"), Condition("Programmed"), Age],
        "HTTPRoute" or "GRPCRoute" => [Text("Hostnames", ".spec.hostnames"), Age],
        "ServiceImport" => [Text("Type", ".spec.type"), Text("IP", ".spec.ips"), Age],
        _ => [Age],
    };

    private static PrinterColumn Text(string name, string path, int priority = 0) => new(name, "string", path, priority);

    private static PrinterColumn Condition(string type) => new(type, "string", $".status.conditions[?(@.type==\"{type}\")].status");
}
