using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>Reads what a plan is judged against: the Gateway API objects of a cluster and what they refer to. No Secrets.</summary>
internal static class ClusterObjects
{
    private const int MaxPages = 20;

    private const string GatewayGroup = "gateway.networking.k8s.io";

    private static readonly (string Group, string Kind)[] Kinds =
    [
        (GatewayGroup, "GatewayClass"), (GatewayGroup, "Gateway"), (GatewayGroup, "ListenerSet"), (GatewayGroup, "HTTPRoute"), (GatewayGroup, "GRPCRoute"),
        (GatewayGroup, "TLSRoute"), (GatewayGroup, "TCPRoute"), (GatewayGroup, "UDPRoute"), (GatewayGroup, "ReferenceGrant"), (GatewayGroup, "BackendTLSPolicy"),
        ("", "Service"), ("", "Namespace"), ("multicluster.x-k8s.io", "ServiceImport"), ("net.gke.io", "ServiceImport"),
    ];

    /// <summary>By identity, as JSON. Kinds that can't be read are left out; <c>Whole</c> are those that were listed to the end.</summary>
    public static async Task<(Dictionary<ObjectKey, ReadOnlyMemory<byte>> Objects, ImmutableHashSet<GroupKind> Whole)> ReadAsync(
        IClusterClient client, ServedKinds served, CancellationToken cancellation)
    {
        var found = new Dictionary<ObjectKey, ReadOnlyMemory<byte>>();
        var whole = ImmutableHashSet.CreateBuilder<GroupKind>();
        foreach ((string group, string name) in Kinds)
        {
            if (served.Find(group, name) is not { } kind)
            {
                if (served.Knows(group, name) == Presence.Absent)
                {
                    whole.Add(new GroupKind(group, name));
                }
                continue;
            }
            var request = new ListRequest(kind);
            for (int page = 0; page < MaxPages; page++)
            {
                Answered<ResourcePage> answer = await client.ListAsync(request, cancellation).ConfigureAwait(false);
                if (!answer.IsOk)
                {
                    break;
                }
                foreach (ObservedResource one in answer.Value.Items)
                {
                    found[one.Key] = one.Json;
                }
                if (answer.Value.Continue is not { } next)
                {
                    whole.Add(kind.GroupKind);
                    break;
                }
                request = request with { Continue = next };
            }
        }
        return (found, whole.ToImmutable());
    }

    /// <summary>Of the Gateway API that is installed; standard when it can't be told.</summary>
    public static async Task<Channel> ChannelAsync(IClusterClient client, CancellationToken cancellation)
    {
        Answered<ObservedResource> definition = await client.GetAsync(
            new ResourceAddress(ServedKind.CustomResourceDefinition, "", "httproutes." + GatewayGroup), cancellation).ConfigureAwait(false);
        return definition.IsOk && definition.Value.Annotation(GatewayGroup + "/channel") == "experimental" ? Channel.Experimental : Channel.Standard;
    }
}
