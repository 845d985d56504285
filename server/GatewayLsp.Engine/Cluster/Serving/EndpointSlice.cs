using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GatewayLsp.Engine.Cluster.Serving;

/// <summary>What counts of an EndpointSlice. Read once for each state of it.</summary>
internal sealed class EndpointSlice
{
    private static readonly ConditionalWeakTable<ObservedResource, EndpointSlice> Known = [];

    private EndpointSlice(string? owner, bool isImport, string? source, ImmutableArray<Endpoint> endpoints) =>
        (Owner, IsImport, Source, Endpoints) = (owner, isImport, source, endpoints);

    /// <param name="Identity">The same for the addresses that a pod has in several families, which have a slice each.</param>
    internal readonly record struct Endpoint(string Identity, string Pod, bool IsReady);

    /// <summary>Name of the Service or ServiceImport; null when the slice does not tell.</summary>
    public string? Owner { get; }

    /// <summary>Of a ServiceImport.</summary>
    public bool IsImport { get; }

    /// <summary>The cluster that the endpoints are in, where it is told.</summary>
    public string? Source { get; }

    public ImmutableArray<Endpoint> Endpoints { get; }

    public static EndpointSlice Of(ObservedResource slice) => Known.GetValue(slice, Read);

    private static EndpointSlice Read(ObservedResource slice)
    {
        string? import = slice.Label(LiveEndpoints.ImportLabel);
        string? source = slice.Label(LiveEndpoints.ClusterLabel);
        string family = slice.Body.TryGetProperty("addressType"u8, out JsonElement type) ? Text(type) : "";
        var found = ImmutableArray.CreateBuilder<Endpoint>();
        if (slice.Body.TryGetProperty("endpoints"u8, out JsonElement endpoints) && endpoints.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in endpoints.EnumerateArray())
            {
                string pod = Text(Child(Child(one, "targetRef"), "name"));
                JsonElement addresses = Child(one, "addresses");
                string address = addresses.ValueKind == JsonValueKind.Array && addresses.GetArrayLength() > 0 ? Text(addresses[0]) : "";
                // `ready` left out means ready.
                bool isReady = Child(Child(one, "conditions"), "ready").ValueKind != JsonValueKind.False;
                found.Add(new Endpoint(pod.Length > 0 ? $"{source}/{pod}" : $"{source}/{family}/{address}", pod, isReady));
            }
        }
        return new EndpointSlice(import ?? slice.Label(LiveEndpoints.ServiceLabel), import is not null, source, found.DrainToImmutable());
    }

    private static JsonElement Child(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out JsonElement child) ? child : default;

    private static string Text(JsonElement node) => node.ValueKind == JsonValueKind.String ? node.GetString()! : "";
}
