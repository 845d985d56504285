namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>In which order kinds are applied: what others refer to comes first. Undoing goes the other way round.</summary>
public static class ApplyOrder
{
    public static int Of(string group, string kind) => (group, kind) switch
    {
        ("", "Namespace") => 0,
        ("apiextensions.k8s.io", _) => 1,
        ("gateway.networking.k8s.io", "GatewayClass") => 2,
        ("", "ServiceAccount" or "Secret" or "ConfigMap") or ("rbac.authorization.k8s.io", _) => 3,
        ("", "Service") or (_, "ServiceExport" or "ServiceImport") => 4,
        ("apps" or "batch", _) or ("", "Pod") => 5,
        ("gateway.networking.k8s.io", "ReferenceGrant") => 6,
        ("gateway.networking.k8s.io", "Gateway") => 7,
        (_, "ListenerSet" or "XListenerSet") => 8,
        (_, _) when kind.EndsWith("Policy", StringComparison.Ordinal) || kind.EndsWith("Configuration", StringComparison.Ordinal) => 9,
        (_, _) when kind.EndsWith("Route", StringComparison.Ordinal) => 11,
        _ => 10,
    };
}
