using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// Reads the definitions of Gateway API from clusters, once for each state of them: they are large, and rarely change. Users
/// who may not read them get the bundled ones.
/// </summary>
internal sealed class DefinitionReader(Action<string, ClusterDefinitions> onRead)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (string Stamp, ClusterDefinitions? Read)> _known = new(StringComparer.Ordinal);

    /// <summary>What was read of the context's present definitions; null while that is not done, which begins with the question.</summary>
    public ClusterDefinitions? Of(ObservedCluster cluster, ClusterDirectory directory)
    {
        ImmutableArray<ObservedResource> wanted = Wanted(cluster);
        if (wanted.IsEmpty)
        {
            return null;
        }
        string context = cluster.Target.Context;
        string stamp = string.Join('|', wanted.Select(one => $"{one.Uid}:{one.ResourceVersion}"));
        lock (_gate)
        {
            if (_known.TryGetValue(context, out var known) && known.Stamp == stamp)
            {
                return known.Read;
            }
            // What is known of another cluster with the very same definitions is true here.
            foreach ((string other, ClusterDefinitions? read) in _known.Values)
            {
                if (other == stamp && read is not null)
                {
                    _known[context] = (stamp, read);
                    return read;
                }
            }
            _known[context] = (stamp, null);
        }
        _ = Task.Run(() => ReadAsync(context, stamp, wanted, directory));
        return null;
    }

    private async Task ReadAsync(string context, string stamp, ImmutableArray<ObservedResource> wanted, ClusterDirectory directory)
    {
        Answered<IClusterClient> client = directory.Connect(context);
        var texts = new List<ReadOnlyMemory<byte>>();
        foreach (ObservedResource one in client.IsOk ? wanted : [])
        {
            Answered<ObservedResource> found = await client.Value!.GetAsync(one.Address, CancellationToken.None).ConfigureAwait(false);
            if (found.IsOk)
            {
                texts.Add(found.Value.Json);
            }
        }
        if (texts.Count == 0)
        {
            return;
        }
        ClusterDefinitions definitions = ClusterDefinitions.Read(texts);
        lock (_gate)
        {
            _known[context] = (stamp, definitions);
        }
        onRead(context, definitions);
    }

    private static ImmutableArray<ObservedResource> Wanted(ObservedCluster cluster)
    {
        ServedKind definition = ServedKind.CustomResourceDefinition;
        if (!cluster.Kinds.TryGetValue(definition.GroupKind, out ObservedKind? kind))
        {
            return [];
        }
        var wanted = ImmutableArray.CreateBuilder<ObservedResource>();
        foreach ((ObjectKey key, ObservedResource one) in kind.Resources)
        {
            int dot = key.Name.IndexOf('.', StringComparison.Ordinal);
            if (dot > 0 && SchemaCatalog.IsGatewayApiGroup(key.Name[(dot + 1)..]))
            {
                wanted.Add(one);
            }
        }
        wanted.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return wanted.DrainToImmutable();
    }
}
