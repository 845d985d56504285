namespace GatewayLsp.Engine.Model;

/// <summary>Makes the typed view of an object: once, then it is kept with the object and so with its document.</summary>
public static class ObjectViews
{
    /// <summary>Null for kinds without a view, and for versions that no API server serves any more and that look different.</summary>
    public static ObjectView? View(this ManifestObject one) => one.KnownView ??= Make(one);

    public static T? View<T>(this ManifestObject one) where T : ObjectView => one.View() as T;

    private static ObjectView? Make(ManifestObject one) => (one.Gvk.Group, one.Kind) switch
    {
        (ApiGroups.Gateway, _) when one.Gvk.Version == "v1alpha1" => null,
        (ApiGroups.Gateway, "GatewayClass") => new GatewayClass(one),
        (ApiGroups.Gateway, "Gateway") => new Gateway(one),
        (ApiGroups.Gateway, "ListenerSet") or (ApiGroups.GatewayExperimental, "XListenerSet") => new ListenerSet(one),
        (ApiGroups.Gateway, "HTTPRoute") => new HttpRoute(one),
        (ApiGroups.Gateway, "GRPCRoute") => new GrpcRoute(one),
        (ApiGroups.Gateway, "TLSRoute") => new StreamRoute(one, RouteKind.Tls),
        (ApiGroups.Gateway, "TCPRoute") => new StreamRoute(one, RouteKind.Tcp),
        (ApiGroups.Gateway, "UDPRoute") => new StreamRoute(one, RouteKind.Udp),
        (ApiGroups.Gateway, "ReferenceGrant") => new ReferenceGrant(one),
        (ApiGroups.Gateway, "BackendTLSPolicy") => new BackendTlsPolicy(one),
        (ApiGroups.Core, "Service") => new Service(one),
        (ApiGroups.MultiCluster or ApiGroups.GkeMultiCluster, "ServiceImport") => new ServiceImport(one),
        (ApiGroups.Discovery, "EndpointSlice") => new EndpointSlice(one),
        (ApiGroups.Core, "Secret") => new Secret(one),
        (ApiGroups.Core, "ConfigMap") => new ConfigMap(one),
        (ApiGroups.Core, "Namespace") => new NamespaceView(one),
        _ => null,
    };
}
