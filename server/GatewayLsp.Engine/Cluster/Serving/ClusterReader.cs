using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Serving;

/// <summary>Reads once what carries requests at a cluster: Gateways, routes, what they refer to, endpoints. No Secrets, no ConfigMaps.</summary>
public static class ClusterReader
{
    public const string GatewayGroup = "gateway.networking.k8s.io";

    private const int MaxPages = 40;

    /// <summary>The kinds that are read; also those that a watch of the same things needs.</summary>
    public static ImmutableArray<GroupKind> Kinds { get; } =
    [
        new(GatewayGroup, "GatewayClass"), new(GatewayGroup, "Gateway"), new(GatewayGroup, "ListenerSet"), new(GatewayGroup, "HTTPRoute"), new(GatewayGroup, "GRPCRoute"),
        new(GatewayGroup, "TLSRoute"), new(GatewayGroup, "TCPRoute"), new(GatewayGroup, "UDPRoute"), new(GatewayGroup, "ReferenceGrant"), new(GatewayGroup, "BackendTLSPolicy"),
        new("", "Namespace"), new("", "Service"), new("discovery.k8s.io", "EndpointSlice"), new("multicluster.x-k8s.io", "ServiceImport"), new("net.gke.io", "ServiceImport"),
    ];

    /// <summary>The state of the cluster. An unreachable one is a state, too: <see cref="ConnectionState.Failed"/> with its error.</summary>
    /// <param name="namespaces">Where to look when the user may not list all namespaces.</param>
    public static async Task<ObservedCluster> ReadAsync(IClusterClient client, IReadOnlyCollection<string> namespaces, TimeProvider time, CancellationToken cancellation)
    {
        var cluster = new ObservedCluster(client.Target);
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return cluster with { State = ConnectionState.Failed, Error = served.Error };
        }
        var kinds = ImmutableDictionary.CreateBuilder<GroupKind, ObservedKind>();
        foreach (GroupKind wanted in Kinds)
        {
            (ObservedKind? kind, ClusterError? error) = await ReadKindAsync(client, served.Value, wanted, namespaces, time, cancellation).ConfigureAwait(false);
            if (kind is null)
            {
                return cluster with { State = ConnectionState.Failed, Error = error };
            }
            kinds[wanted] = kind;
        }
        return cluster with { State = ConnectionState.Connected, Served = served.Value, ContactAt = time.GetUtcNow(), Kinds = kinds.ToImmutable() };
    }

    private static async Task<(ObservedKind? Kind, ClusterError? Error)> ReadKindAsync(IClusterClient client, ServedKinds served, GroupKind wanted,
        IReadOnlyCollection<string> namespaces, TimeProvider time, CancellationToken cancellation)
    {
        var kind = new ObservedKind(wanted);
        if (served.Find(wanted.Group, wanted.Kind) is not { } found)
        {
            bool isAbsent = served.Knows(wanted.Group, wanted.Kind) == Presence.Absent;
            return (kind with { Readability = isAbsent ? Readability.NotServed : Readability.Unknown }, null);
        }
        kind = kind with { Served = found, SyncedAt = time.GetUtcNow() };
        var resources = ObservedKind.NoResources.ToBuilder();
        (bool isWhole, ClusterError? error) = await ListAsync(client, new ListRequest(found), resources, cancellation).ConfigureAwait(false);
        if (error is null)
        {
            return (kind with { Readability = isWhole ? Readability.Everywhere : Readability.TooMany, Resources = resources.ToImmutable() }, null);
        }
        if (error.Kind != ClusterErrorKind.Forbidden)
        {
            return (null, error);
        }
        if (!found.IsNamespaced)
        {
            return (kind with { Readability = Readability.Forbidden }, null);
        }
        var readable = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (string space in namespaces)
        {
            (_, ClusterError? refusal) = await ListAsync(client, new ListRequest(found, space), resources, cancellation).ConfigureAwait(false);
            if (refusal is null)
            {
                readable.Add(space);
            }
            else if (refusal.Kind != ClusterErrorKind.Forbidden)
            {
                return (null, refusal);
            }
        }
        return (kind with { Readability = readable.Count == 0 ? Readability.Forbidden : Readability.SomeNamespaces, Namespaces = readable.ToImmutable(), Resources = resources.ToImmutable() }, null);
    }

    private static async Task<(bool IsWhole, ClusterError? Error)> ListAsync(IClusterClient client, ListRequest request,
        ImmutableDictionary<ObjectKey, ObservedResource>.Builder resources, CancellationToken cancellation)
    {
        for (int page = 0; page < MaxPages; page++)
        {
            Answered<ResourcePage> answer = await client.ListAsync(request, cancellation).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                return (false, answer.Error);
            }
            foreach (ObservedResource one in answer.Value.Items)
            {
                resources[one.Key] = one;
            }
            if (answer.Value.Continue is not { } next)
            {
                return (true, null);
            }
            request = request with { Continue = next };
        }
        return (false, null);
    }
}
