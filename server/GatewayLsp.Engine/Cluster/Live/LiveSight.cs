using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>An object of a manifest beside what a cluster has of it.</summary>
/// <param name="Resource">Null when the cluster has none, or it is not known; <paramref name="Presence"/> tells which.</param>
public sealed record LiveSight(ManifestObject Object, ObservedCluster Cluster, ObjectKey Key, Presence Presence, ObservedResource? Resource)
{
    internal static IEnumerable<LiveSight> Of(Workspace workspace, string path)
    {
        if (workspace.Live.IsEmpty || workspace.File(path) is not { } file)
        {
            yield break;
        }
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            ImmutableArray<ObservedCluster> clusters = workspace.Live.For(workspace, path, slot.Document);
            foreach (ManifestObject one in clusters.IsEmpty ? [] : ManifestObject.Of(slot.Document))
            {
                foreach (ObservedCluster cluster in clusters)
                {
                    if (LiveLookup.KeyIn(cluster, one, workspace) is { } key)
                    {
                        yield return new LiveSight(one, cluster, key, cluster.Has(key), cluster.Find(key));
                    }
                }
            }
        }
    }
}
