namespace GatewayLsp.Engine.Model;

/// <summary>API groups that the model reads.</summary>
public static class ApiGroups
{
    public const string Core = "";
    public const string Gateway = "gateway.networking.k8s.io";
    public const string GatewayExperimental = "gateway.networking.x-k8s.io";
    public const string MultiCluster = "multicluster.x-k8s.io";
    public const string GkeMultiCluster = "net.gke.io";
    public const string Discovery = "discovery.k8s.io";
}
