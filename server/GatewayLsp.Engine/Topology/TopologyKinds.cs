using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology;

/// <summary>Kinds whose objects may be on the way of requests, as far as the kind alone tells.</summary>
internal static class TopologyKinds
{
    public static bool MayHave(ObjectKey key) => key.Group switch
    {
        ApiGroups.Core => key.Kind is "Service",
        "apps" => key.Kind is "Deployment" or "StatefulSet" or "DaemonSet",
        _ => key.Kind is "Gateway" or "GatewayClass" or "ListenerSet" or "XListenerSet" or "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute"
            or "ServiceImport" or "ServiceExport",
    };
}
