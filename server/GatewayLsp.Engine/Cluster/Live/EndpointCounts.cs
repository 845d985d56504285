using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>The endpoints of a Service.</summary>
internal readonly record struct EndpointCount(int Ready, int All)
{
    public static EndpointCount operator +(EndpointCount a, EndpointCount b) => new(a.Ready + b.Ready, a.All + b.All);
}

/// <summary>Counts the endpoints of Services by their EndpointSlices. What a slice holds is read once.</summary>
internal static class EndpointCounts
{
    private const string ServiceLabel = "kubernetes.io/service-name";

    private static readonly ConditionalWeakTable<ObservedResource, Slice> Slices = [];

    /// <summary>Null when the cluster's slices, or those of the namespace, are not known.</summary>
    public static EndpointCount? Of(ObservedCluster cluster, string ns, string service)
    {
        if (!cluster.Kinds.TryGetValue(new GroupKind(ApiGroups.Discovery, "EndpointSlice"), out ObservedKind? kind)
            || !(kind.Readability == Readability.Everywhere || (kind.Readability == Readability.SomeNamespaces && kind.Namespaces.Contains(ns))))
        {
            return null;
        }
        var count = new EndpointCount();
        foreach ((ObjectKey key, ObservedResource one) in kind.Resources)
        {
            if (key.Namespace == ns && Slices.GetValue(one, Slice.Of) is { } slice && slice.Service == service)
            {
                count += slice.Count;
            }
        }
        return count;
    }

    private sealed record Slice(string Service, EndpointCount Count)
    {
        public static Slice Of(ObservedResource one)
        {
            int ready = 0;
            int all = 0;
            if (one.Body.TryGetProperty("endpoints"u8, out JsonElement endpoints) && endpoints.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement endpoint in endpoints.EnumerateArray())
                {
                    all++;
                    // The API says: not told means ready.
                    bool isReady = !(endpoint.ValueKind == JsonValueKind.Object && endpoint.TryGetProperty("conditions"u8, out JsonElement conditions)
                        && conditions.ValueKind == JsonValueKind.Object && conditions.TryGetProperty("ready"u8, out JsonElement told) && told.ValueKind == JsonValueKind.False);
                    ready += isReady ? 1 : 0;
                }
            }
            return new Slice(one.Label(ServiceLabel) ?? "", new EndpointCount(ready, all));
        }
    }
}
