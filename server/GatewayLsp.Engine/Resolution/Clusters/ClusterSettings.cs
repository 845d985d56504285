using System.Collections.Immutable;

namespace GatewayLsp.Engine.Resolution.Clusters;

/// <summary>The part that a cluster plays in an Istio mesh of several.</summary>
public enum MeshRole : byte { Unknown, Primary, Remote }

/// <summary>A cluster whose manifests the workspace has, as the user describes it.</summary>
/// <param name="Name">Unique among the clusters of a workspace.</param>
public sealed record ClusterSettings(string Name)
{
    /// <summary>Context of the kubeconfig; null when it is not told.</summary>
    public string? Context { get; init; }

    public MeshRole Role { get; init; }

    /// <summary>The Istio mesh that it is in; null when it is not told. Any name: equal ones are one mesh.</summary>
    public string? Mesh { get; init; }

    /// <summary>Network of an Istio mesh (<c>topology.istio.io/network</c>); null when it is not told.</summary>
    public string? Network { get; init; }

    /// <summary>True for the cluster of a GKE fleet in which multi-cluster Gateways and their routes stand.</summary>
    public bool IsConfigCluster { get; init; }
}

/// <summary>Says by a file's path which cluster it is for. Paths are opaque to the engine; who made them knows. Equal ones answer alike.</summary>
public interface IClusterPaths
{
    /// <summary>Null for a file of no cluster.</summary>
    string? ClusterOf(string path);
}

/// <summary>The clusters of a workspace; equal when all is equal.</summary>
public sealed record ClusterMap(ImmutableArray<ClusterSettings> Clusters, IClusterPaths? Paths)
{
    public static readonly ClusterMap None = new([], null);

    public bool IsEmpty => Clusters.IsEmpty;

    public ClusterSettings? Find(string name)
    {
        foreach (ClusterSettings one in Clusters)
        {
            if (one.Name == name)
            {
                return one;
            }
        }
        return null;
    }

    public bool Equals(ClusterMap? other) => other is not null && Clusters.AsSpan().SequenceEqual(other.Clusters.AsSpan()) && Equals(Paths, other.Paths);

    public override int GetHashCode() => HashCode.Combine(Clusters.Length, Paths);
}
