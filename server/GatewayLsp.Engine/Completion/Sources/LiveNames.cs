using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>The objects of a kind in the order of their names: made once for each state of them, since a list of thousands is asked for at every keystroke.</summary>
internal static class LiveNames
{
    /// <summary>Objects that are looked at.</summary>
    public const int Most = 50_000;

    public static readonly Comparer<ObservedResource> ByName = Comparer<ObservedResource>.Create(Compare);

    private static readonly ConditionalWeakTable<ImmutableDictionary<ObjectKey, ObservedResource>, ObservedResource[]> Known = [];

    public static ObservedResource[] Of(ImmutableDictionary<ObjectKey, ObservedResource> resources) => Known.GetValue(resources, static all =>
    {
        ObservedResource[] sorted = [.. all.Values.Take(Most)];
        Array.Sort(sorted, Compare);
        return sorted;
    });

    /// <summary>By name, then by namespace.</summary>
    public static int Compare(ObservedResource a, ObservedResource b) =>
        string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName : string.CompareOrdinal(a.Namespace, b.Namespace);
}
