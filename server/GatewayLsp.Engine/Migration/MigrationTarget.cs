using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Migration;

/// <summary>What an object of Gateway API is called today, whatever the version or group that it was written for.</summary>
internal readonly record struct MigrationTarget(string ApiVersion, string Kind)
{
    public const string Group = "gateway.networking.k8s.io";
    public const string OldGroup = "networking.x-k8s.io";
    public const string ExperimentalGroup = "gateway.networking.x-k8s.io";

    /// <summary>Version that all of these kinds have reached in release 1.6, in both channels.</summary>
    public const string V1 = Group + "/v1";

    /// <summary>Null for objects that are none of Gateway API's, and for kinds that have no successor.</summary>
    public static MigrationTarget? Of(ManifestObject one)
    {
        string? kind = one.Kind switch
        {
            "GatewayClass" or "Gateway" or "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" or "ReferenceGrant" or "BackendTLSPolicy"
                or "ListenerSet" => one.Kind,
            "ReferencePolicy" => "ReferenceGrant",
            "XListenerSet" => "ListenerSet",
            "BackendPolicy" when one.Gvk.Group == OldGroup => "BackendTLSPolicy",
            _ => null,
        };
        return kind is not null && IsOurs(one.Gvk.Group) ? new MigrationTarget(V1, kind) : null;
    }

    public bool IsRoute => Kind.EndsWith("Route", StringComparison.Ordinal);

    /// <summary>Only Kubernetes itself may name groups under k8s.io, and none of them but ours ever had these kinds: anything else is a slip of a pen.</summary>
    private static bool IsOurs(string group) =>
        group is "k8s.io" or "x-k8s.io" or "extensions" || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".x-k8s.io", StringComparison.Ordinal);
}
