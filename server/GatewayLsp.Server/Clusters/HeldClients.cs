using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;

namespace GatewayLsp.Server.Clusters;

/// <summary>Clients that serve until this is disposed of, once.</summary>
internal sealed class HeldClients(ImmutableArray<IClusterClient> clients, Action end) : IDisposable
{
    public ImmutableArray<IClusterClient> Clients => clients;

    public void Dispose() => end();
}
