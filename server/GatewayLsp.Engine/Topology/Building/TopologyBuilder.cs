namespace GatewayLsp.Engine.Topology.Building;

/// <summary>
/// Puts down as a graph what resolution and routing know. Nothing is decided here that they do not decide. Services and
/// workloads are in it as far as traffic leads to them.
/// </summary>
internal static class TopologyBuilder
{
    public static TopologyGraph Build(Analysis analysis, CancellationToken cancel) =>
        analysis.Workspace.HasClusters ? FleetTopology.Build(analysis, cancel) : new ClusterGraph(analysis.Workspace, cancel).Complete(analysis, cancel);
}
