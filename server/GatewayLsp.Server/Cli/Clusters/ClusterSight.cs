using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Serving;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Cli.Clusters;

/// <summary>How much of a cluster its user could see. What was not looked at is not well, it is unknown.</summary>
/// <param name="Unread">Kinds that could not be read, or not to the end.</param>
/// <param name="Partial">Kinds that were read in <paramref name="Namespaces"/> alone.</param>
/// <param name="IsEveryPartial">All that could be read at all.</param>
internal sealed record ClusterSight(ImmutableArray<string> Unread, ImmutableArray<string> Partial, bool IsEveryPartial, ImmutableArray<string> Namespaces)
{
    public static readonly string[] Routes = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    /// <summary>What health is judged by. Who may read no GatewayClass still learns from a Gateway whether its class took it.</summary>
    private static readonly ImmutableArray<GroupKind> Judged =
        [new(ClusterReader.GatewayGroup, "Gateway"), .. Routes.Select(kind => new GroupKind(ClusterReader.GatewayGroup, kind)), new("discovery.k8s.io", "EndpointSlice")];

    public bool IsWhole => Unread.IsEmpty && Partial.IsEmpty;

    public static ClusterSight Of(ObservedCluster cluster) => Of(cluster, Judged);

    public static ClusterSight Of(ObservedCluster cluster, IEnumerable<GroupKind> kinds)
    {
        // That it does not answer is told already.
        ObservedKind[] known = cluster.State != ConnectionState.Connected ? []
            : [.. kinds.Select(kind => cluster.Kinds.GetValueOrDefault(kind)).OfType<ObservedKind>().Where(kind => kind.Readability != Readability.NotServed)];
        ObservedKind[] partial = Array.FindAll(known, kind => kind.Readability == Readability.SomeNamespaces);
        ObservedKind[] unread = Array.FindAll(known, IsUnread);
        return new ClusterSight([.. unread.Select(kind => kind.GroupKind.Kind)], [.. partial.Select(kind => kind.GroupKind.Kind)], partial.Length + unread.Length == known.Length,
            [.. partial.SelectMany(kind => kind.Namespaces).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    public static bool IsUnread(ObservedKind kind) => kind.Readability is Readability.Unknown or Readability.Forbidden or Readability.TooMany;

    /// <summary>Without full stop; empty when all was seen.</summary>
    public override string ToString()
    {
        string some = Partial.IsEmpty ? "" : $"read in {(Namespaces.Length == 1 ? "namespace" : "namespaces")} {string.Join(", ", Namespaces)} alone{(IsEveryPartial ? "" : ": " + string.Join(", ", Partial))}";
        string none = Unread.IsEmpty ? "" : $"could not be read: {string.Join(", ", Unread)}";
        return Printable.Of(some.Length > 0 && none.Length > 0 ? $"{some}; {none}" : some + none);
    }

    /// <summary>As fields of a cluster's object.</summary>
    public void Json(Utf8JsonWriter json)
    {
        Names(json, "unread", Unread);
        Names(json, "partial", Partial);
        Names(json, "namespaces", Namespaces);
    }

    private static void Names(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(Printable.WellFormed(value));
        }
        json.WriteEndArray();
    }
}
