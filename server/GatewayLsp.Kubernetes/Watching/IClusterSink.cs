using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>Takes what watchers see. Called from their threads, one call at a time a cluster; should return soon.</summary>
public interface IClusterSink
{
    /// <summary>The newest state; states in between may be left out.</summary>
    void Publish(ObservedCluster cluster);

    /// <summary>A sentence for the log, each said once: what the user may not read, and the like.</summary>
    void Notice(ClusterTarget target, string message);
}
