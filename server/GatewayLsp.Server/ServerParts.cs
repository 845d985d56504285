using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Configuration;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Disk;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Publishing;

namespace GatewayLsp.Server;

/// <summary>What handlers are made of; one set for each connection.</summary>
internal sealed record ServerParts(
    Session Session,
    IClient Client,
    ConfigurationSync Configuration,
    DiskWorker Disk,
    PulledSets Pulled,
    ClientWatch Watch,
    Log Log,
    TopologyPublisher Topology,
    ClusterSession Clusters,
    LiveTopology Live,
    DeploySession Deploys,
    Action Stop);
