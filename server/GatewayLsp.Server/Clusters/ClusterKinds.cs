using System.Collections.Immutable;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Server.Clusters;

/// <summary>Which kinds are worth watching: those that the way of requests is made of, and those that the manifests have objects of.</summary>
internal static class ClusterKinds
{
    private const int MaxKinds = 80;

    public static readonly ImmutableArray<GroupKind> Always =
    [
        .. ((string[])["GatewayClass", "Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ReferenceGrant", "BackendTLSPolicy"])
            .Select(kind => new GroupKind(ApiGroups.Gateway, kind)),
        new(ApiGroups.Core, "Service"), new(ApiGroups.Core, "Namespace"), new(ApiGroups.Core, "Secret"), new(ApiGroups.Core, "ConfigMap"),
        new(ApiGroups.Discovery, "EndpointSlice"),
        new(ApiGroups.MultiCluster, "ServiceImport"), new(ApiGroups.GkeMultiCluster, "ServiceImport"),
        ServedKind.CustomResourceDefinition.GroupKind,
    ];

    /// <summary>Many, often changing, and told by others: endpoints say which pods are ready.</summary>
    private static readonly ImmutableHashSet<string> Never = ["Pod", "ReplicaSet", "Event", "Lease", "Node", "Job", "ControllerRevision", "Endpoints", "List"];

    /// <summary>The kinds to watch, those of always first, and the namespaces that the manifests mention; both sorted.</summary>
    public static (ImmutableArray<GroupKind> Kinds, ImmutableArray<string> Namespaces) Of(Workspace workspace)
    {
        var kinds = new HashSet<GroupKind>();
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ObjectKey key in workspace.Index.Keys)
        {
            if (!Never.Contains(key.Kind))
            {
                kinds.Add(new GroupKind(key.Group, key.Kind));
            }
            if (key.Namespace.Length > 0)
            {
                namespaces.Add(key.Namespace);
            }
        }
        return (
            [.. Always, .. kinds.Except(Always).OrderBy(kind => kind.Group, StringComparer.Ordinal).ThenBy(kind => kind.Kind, StringComparer.Ordinal).Take(MaxKinds)],
            [.. namespaces]);
    }
}
