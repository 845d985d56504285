using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology;

/// <summary>Identifiers of nodes and edges. They depend on identities alone, never on places or on what else is there.</summary>
internal static class TopologyIds
{
    public const string ExternalClients = "client:external";
    public const string OtherClusters = "client:clusters";

    /// <summary><c>Gateway/shop/front</c>; with the group behind the kind where it is none of the usual, with <c>@cluster:</c> ahead where there is one.</summary>
    public static string Of(ObjectKey key, string cluster = "")
    {
        string kind = key.Group is ApiGroups.Core or ApiGroups.Gateway or "apps" or "batch" ? key.Kind : key.Kind + "." + key.Group;
        string id = key.Namespace.Length == 0 ? $"{kind}/{key.Name}" : $"{kind}/{key.Namespace}/{key.Name}";
        return cluster.Length == 0 ? id : $"@{cluster}:{id}";
    }

    public static string Part(string owner, string what, string name) => $"{owner}#{what}:{name}";

    public static string Frontend(string service) => service + "#frontend";

    /// <summary>Pods of a namespace that a mesh route holds for; of all namespaces with the empty text.</summary>
    public static string MeshClients(string ns) => ns.Length == 0 ? "client:mesh" : "client:mesh/" + ns;

    public static string Cluster(string name) => "cluster:" + name;

    public static string ExternalHost(string host) => "host:" + host;

    public static string Edge(string from, TopologyEdgeKind kind, string to, string? detail = null) =>
        detail is null ? $"{from} {kind} {to}" : $"{from} {kind} {to} {detail}";
}
