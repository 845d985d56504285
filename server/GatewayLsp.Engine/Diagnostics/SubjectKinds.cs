using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>The kinds of objects that rules of meaning look at, as a set.</summary>
[Flags]
internal enum SubjectKinds
{
    None = 0,
    HttpRoute = 1,
    GrpcRoute = 1 << 1,
    TlsRoute = 1 << 2,
    TcpRoute = 1 << 3,
    UdpRoute = 1 << 4,
    Gateway = 1 << 5,
    GatewayClass = 1 << 6,
    ListenerSet = 1 << 7,
    ReferenceGrant = 1 << 8,
    BackendTlsPolicy = 1 << 9,
    Service = 1 << 10,
    ServiceImport = 1 << 11,
    EndpointSlice = 1 << 12,
    Secret = 1 << 13,
    ConfigMap = 1 << 14,
    Namespace = 1 << 15,

    Routes = HttpRoute | GrpcRoute | TlsRoute | TcpRoute | UdpRoute,
}

internal static class Subjects
{
    public const int Count = 16;

    public static SubjectKinds KindOf(ObjectView view) => view switch
    {
        Route route => route.Type switch
        {
            RouteKind.Http => SubjectKinds.HttpRoute,
            RouteKind.Grpc => SubjectKinds.GrpcRoute,
            RouteKind.Tls => SubjectKinds.TlsRoute,
            RouteKind.Tcp => SubjectKinds.TcpRoute,
            _ => SubjectKinds.UdpRoute,
        },
        Gateway => SubjectKinds.Gateway,
        GatewayClass => SubjectKinds.GatewayClass,
        ListenerSet => SubjectKinds.ListenerSet,
        ReferenceGrant => SubjectKinds.ReferenceGrant,
        BackendTlsPolicy => SubjectKinds.BackendTlsPolicy,
        Service => SubjectKinds.Service,
        ServiceImport => SubjectKinds.ServiceImport,
        EndpointSlice => SubjectKinds.EndpointSlice,
        Secret => SubjectKinds.Secret,
        ConfigMap => SubjectKinds.ConfigMap,
        NamespaceView => SubjectKinds.Namespace,
        _ => SubjectKinds.None,
    };
}
