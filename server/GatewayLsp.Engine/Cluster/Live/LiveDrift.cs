using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>In which fields an object of a manifest differs from the one that a cluster has.</summary>
internal static class LiveDrift
{
    /// <summary>
    /// What an apply of the manifest would change. Fields that only the cluster has count for the kinds of Gateway API, whose
    /// specs nobody else writes; those of other kinds are mostly filled in by the cluster itself. Null when it can't be told: a
    /// template, damaged text, an object of which only the metadata is known.
    /// </summary>
    public static ImmutableArray<FieldChange>? Of(ManifestObject one, ObservedResource live, ObservedCluster cluster, Workspace workspace)
    {
        if (live.IsMetadataOnly || live.Gvk != one.Gvk || ManifestJson.Of(one) is not { } written || live.ToTree() is not { } there)
        {
            return null;
        }
        bool isGateway = one.Gvk.Group == ApiGroups.Gateway;
        ObjectDiff diff = ObjectDiffer.Compare(live.Key, there, (JsonObject)written.DeepClone(), cluster.CatalogOver(workspace.Catalog).FindAny(one.Gvk), written);
        return diff.Fields.RemoveAll(field => field.Path == "status" || field.Path.StartsWith("status.", StringComparison.Ordinal)
            || (field.Kind == FieldChangeKind.Removed && !(isGateway && field.Path.StartsWith("spec.", StringComparison.Ordinal))));
    }
}
