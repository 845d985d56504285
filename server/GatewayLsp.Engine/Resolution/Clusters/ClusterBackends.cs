using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>How requests come to a Service of a cluster.</summary>
public enum ClusterReach : byte
{
    /// <summary>It is in the cluster of the route.</summary>
    Own,

    /// <summary>The cluster exports it (ServiceExport).</summary>
    Exported,

    /// <summary>Both clusters are in one Istio mesh, where Services of the same name are one.</summary>
    Mesh,

    /// <summary>Not at all, as far as the manifests tell.</summary>
    None,
}

/// <summary>A cluster that has the Service behind a backend.</summary>
/// <param name="ReadyEndpoints">Of the Service in that cluster; null where nothing tells.</param>
public sealed record BackendCluster(string Name, ClusterReach Reach, Service? Service, int? ReadyEndpoints = null);

/// <summary>The clusters behind a backend. Without clusters there is nothing to tell.</summary>
internal static class ClusterBackends
{
    private const string Lattice = "application-networking.k8s.aws";

    /// <summary>Those of a Service that a route names: its own, others of the mesh; where it is in none of these, whoever has it.</summary>
    public static ImmutableArray<BackendCluster> OfService(Dependencies snapshot, ObjectKey key)
    {
        if (snapshot.Cluster is not { } own)
        {
            return [];
        }
        ImmutableArray<ClusterObjects> found = snapshot.InFleet(key);
        if (found.IsEmpty || (found.Length == 1 && found[0].Cluster == own))
        {
            return [];
        }
        ImmutableArray<string> mesh = snapshot.Meshed();
        var clusters = ImmutableArray.CreateBuilder<BackendCluster>();
        foreach (ClusterObjects one in found)
        {
            ClusterReach reach = one.Cluster == own ? ClusterReach.Own : mesh.Contains(own) && mesh.Contains(one.Cluster) ? ClusterReach.Mesh : ClusterReach.None;
            clusters.Add(new BackendCluster(one.Cluster, reach, ServiceOf(one.Objects), ReadyIn(snapshot, one.Cluster, key)));
        }
        // Where one is within reach, the others are simply other Services.
        ImmutableArray<BackendCluster> reached = [.. clusters.Where(one => one.Reach != ClusterReach.None)];
        return reached.IsEmpty ? clusters.DrainToImmutable() : reached is [{ Reach: ClusterReach.Own }] ? [] : reached;
    }

    /// <summary>Those that export the Service of an import: same namespace and name, export of the same API.</summary>
    public static ImmutableArray<BackendCluster> OfImport(Dependencies snapshot, ObjectRef import) => OfImport(snapshot, import.Key);

    public static ImmutableArray<BackendCluster> OfImport(Dependencies snapshot, ObjectKey import)
    {
        if (snapshot.Cluster is null)
        {
            return [];
        }
        ImmutableArray<ClusterObjects> exports = snapshot.InFleet(ExportOf(import));
        if (exports.IsEmpty)
        {
            return [];
        }
        var key = new ObjectKey(ApiGroups.Core, "Service", import.Namespace, import.Name);
        ImmutableArray<ClusterObjects> services = snapshot.InFleet(key);
        var clusters = ImmutableArray.CreateBuilder<BackendCluster>(exports.Length);
        foreach (ClusterObjects export in exports)
        {
            clusters.Add(new BackendCluster(export.Cluster, ClusterReach.Exported, ServiceOf(services.FirstOrDefault(one => one.Cluster == export.Cluster).Objects), ReadyIn(snapshot, export.Cluster, key)));
        }
        return clusters.MoveToImmutable();
    }

    /// <summary>The export that makes an import of that identity.</summary>
    public static ObjectKey ExportOf(ObjectKey import) => import with { Kind = "ServiceExport" };

    /// <summary>The groups that have ServiceExport and ServiceImport.</summary>
    public static ImmutableArray<string> Groups { get; } = [ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster, Lattice];

    private static int? ReadyIn(Dependencies snapshot, string cluster, ObjectKey service) =>
        snapshot.Ask(resolver => EndpointsAnswer.Of(resolver, cluster, service)).Ready;

    private static Service? ServiceOf(ImmutableList<IndexedObject>? objects) => objects is null ? null : KindGroups.Canonical(objects)?.Object.View<Service>();
}
