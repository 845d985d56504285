using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>
/// Values that connected clusters have for a field, behind those of the workspace and labelled with their clusters. A value
/// that both have is offered once, as the workspace's.
/// </summary>
internal static class LiveValues
{
    /// <summary>Behind everything that the workspace has, before what the schema merely lists.</summary>
    private const int Rank = 500;

    private static readonly string[] ImportGroups = [ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster];

    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        Workspace world = source.Request.Workspace;
        if (world.Live.IsEmpty || world.Live.For(world) is not { IsEmpty: false } clusters)
        {
            return;
        }
        var found = new LiveOffers(source, offers);
        foreach (ObservedCluster cluster in clusters)
        {
            Add(found, source, cluster);
        }
        found.Finish(Rank);
    }

    private static void Add(LiveOffers found, ValueSource source, ObservedCluster cluster)
    {
        switch (source.Schema.CompletionSource)
        {
            case CompletionSource.GatewayClassName:
                AddNames(found, cluster, ApiGroups.Gateway, "GatewayClass");
                break;
            case CompletionSource.ParentName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Gateway, source.TargetKind("Gateway"));
                break;
            case CompletionSource.ParentSection or CompletionSource.PolicyTargetSection:
                AddParts(found, source, cluster, part => part.Name.Length > 0 ? JsonValue.Of(part.Name) : null);
                break;
            case CompletionSource.ParentPort:
                AddParts(found, source, cluster, part => JsonValue.Of((long)part.Port));
                break;
            case CompletionSource.BackendName when source.TargetKind("Service") == "ServiceImport":
                foreach (string group in ImportGroups)
                {
                    if (source.TargetGroup is null || source.TargetGroup == group)
                    {
                        AddReferences(found, cluster, group, "ServiceImport");
                    }
                }
                break;
            case CompletionSource.BackendName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Core, source.TargetKind("Service"), withPort: true);
                if (source.Sibling("kind") is null && source.TargetGroup is null && source.MayHave("kind"))
                {
                    foreach (string group in ImportGroups)
                    {
                        AddReferences(found, cluster, group, "ServiceImport", withPort: true, head: $"group: {group}\nkind: ServiceImport");
                    }
                }
                break;
            case CompletionSource.BackendPort:
                AddPorts(found, source, cluster, part => JsonValue.Of((long)part.Port));
                break;
            case CompletionSource.ServicePortName:
                AddPorts(found, source, cluster, part => part.Name.Length > 0 ? JsonValue.Of(part.Name) : null);
                break;
            case CompletionSource.SecretName:
                AddReferences(found, cluster, ApiGroups.Core, source.TargetKind("Secret"));
                break;
            case CompletionSource.CaCertificateName:
                AddReferences(found, cluster, source.TargetGroup ?? ApiGroups.Core, source.TargetKind("ConfigMap"));
                break;
            case CompletionSource.ConfigMapName:
                AddReferences(found, cluster, ApiGroups.Core, "ConfigMap");
                break;
            case CompletionSource.ServiceName:
                AddReferences(found, cluster, ApiGroups.Core, "Service");
                break;
            case CompletionSource.PolicyTargetName or CompletionSource.ObjectName when source.TargetKind("") is { Length: > 0 } kind && source.TargetGroup is { } group:
                AddReferences(found, cluster, group, kind);
                break;
            case CompletionSource.Namespace:
                AddNames(found, cluster, ApiGroups.Core, "Namespace");
                break;
            default:
                break;
        }
    }

    private static IEnumerable<ObservedResource> Objects(ObservedCluster cluster, string group, string kind) =>
        cluster.Kinds.TryGetValue(new GroupKind(group, kind), out ObservedKind? known) ? known.Resources.Values.Take(LiveNames.Most) : [];

    private static void AddNames(LiveOffers found, ObservedCluster cluster, string group, string kind)
    {
        foreach (ObservedResource one in Objects(cluster, group, kind))
        {
            found.Add(JsonValue.Of(one.Name), kind, cluster, isNear: true);
        }
    }

    private static void AddReferences(LiveOffers found, ObservedCluster cluster, string group, string kind, bool withPort = false, string? head = null)
    {
        if (cluster.Kinds.TryGetValue(new GroupKind(group, kind), out ObservedKind? known) && !known.Resources.IsEmpty)
        {
            found.AddReferences(LiveNames.Of(known.Resources), cluster, withPort, head);
        }
    }

    /// <summary>Listeners of the parent that the reference names.</summary>
    private static void AddParts(LiveOffers found, ValueSource source, ObservedCluster cluster, Func<LivePart, JsonValue?> value)
    {
        string kind = source.TargetKind("Gateway");
        if (kind == "Service")
        {
            AddPorts(found, source, cluster, value);
            return;
        }
        if (source.Sibling("name") is { Length: > 0 } name && kind is "Gateway" or "ListenerSet"
            && cluster.Find(new ObjectKey(source.TargetGroup ?? ApiGroups.Gateway, kind, source.TargetNamespace, name)) is { } parent)
        {
            foreach (LivePart part in LiveParts.Of(parent, "listeners"))
            {
                if (value(part) is { } offered)
                {
                    found.Add(offered, $"{part.Protocol}:{part.Port}{(part.Hostname is { } host ? " " + host : "")} of {parent.Kind.Kind} {parent.Namespace}/{parent.Name}", cluster, isNear: true);
                }
            }
        }
    }

    private static void AddPorts(LiveOffers found, ValueSource source, ObservedCluster cluster, Func<LivePart, JsonValue?> value)
    {
        string kind = source.TargetKind("Service");
        if (source.Sibling("name") is not { Length: > 0 } name || kind is not ("Service" or "ServiceImport"))
        {
            return;
        }
        foreach (string group in kind == "Service" ? [ApiGroups.Core] : ImportGroups)
        {
            if (cluster.Find(new ObjectKey(group, kind, source.TargetNamespace, name)) is { } service)
            {
                foreach (LivePart part in LiveParts.Of(service, "ports"))
                {
                    if (value(part) is { } offered)
                    {
                        found.Add(offered, $"{(part.Name.Length > 0 ? part.Name + " " : "")}of {kind} {service.Namespace}/{service.Name}", cluster, isNear: true);
                    }
                }
            }
        }
    }
}
