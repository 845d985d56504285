using System.Globalization;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>The words above an object about its state in connected clusters: <c>primary: programmed, differs in 2 fields | remote: not applied</c>.</summary>
internal static class LiveLens
{
    private const int MaxClusters = 4;

    /// <summary>Null when there is no such object, or no cluster that it may be in.</summary>
    public static LensText? Of(Workspace world, ObjectKey key)
    {
        if (world.Index.Find(key) is not [var first, ..] || world.Live.For(world.Whole, first.Path, first.Object.Document) is not { IsEmpty: false } clusters)
        {
            return null;
        }
        var parts = new List<string>();
        foreach (ObservedCluster cluster in clusters.Take(MaxClusters))
        {
            parts.Add($"{cluster.Target.Label}: {Words(world, first, cluster)}");
        }
        if (clusters.Length > MaxClusters)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"and {clusters.Length - MaxClusters} more"));
        }
        return new LensText(string.Join(" | ", parts), []);
    }

    private static string Words(Workspace world, IndexedObject one, ObservedCluster cluster)
    {
        if (LiveLookup.KeyIn(cluster, one.Object, world) is not { } key)
        {
            return "not known";
        }
        string stale = cluster.State == ConnectionState.Lost ? " (stale)" : "";
        if (cluster.Find(key) is not { } live)
        {
            return cluster.State is ConnectionState.Idle or ConnectionState.Connecting ? "connecting"
                : cluster.Has(key) == Presence.Absent ? "not applied" + stale : "not known";
        }
        string drift = LiveDrift.Of(one.Object, live, cluster, world) is { Length: > 0 and var count }
            ? string.Create(CultureInfo.InvariantCulture, $", differs in {count} {(count == 1 ? "field" : "fields")}") : "";
        return LiveSummary.StateOf(live) + drift + stale;
    }
}
