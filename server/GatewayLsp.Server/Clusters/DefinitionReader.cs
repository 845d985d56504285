using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Kubernetes;

namespace GatewayLsp.Server.Clusters;

/// <summary>
/// Reads the definitions of Gateway API and of the kinds in use from clusters, once for each state of them: they are large, and rarely
/// change. Clusters with the same definitions share them. Users who may not read them get the bundled ones.
/// </summary>
internal sealed class DefinitionReader(Action<string, ClusterDefinitions> onRead)
{
    /// <summary>Before definitions that could not be read are asked for again.</summary>
    private const long RetryAfter = 60_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <param name="Stamp">The state of the definitions.</param>
    /// <param name="Read">Null while they are being read.</param>
    /// <param name="Seen">The definitions and kinds that the stamp was made of.</param>
    private sealed record Known(string Stamp, string Digest, ClusterDefinitions? Read, (object? Definitions, ServedKinds? Served, int Kinds) Seen)
    {
        /// <summary>When they could not be read, in milliseconds of the system's clock; null while that is not so.</summary>
        public long? FailedAt { get; init; }

        public bool IsDue => FailedAt is { } at && Environment.TickCount64 - at > RetryAfter;
    }

    /// <summary>What was read of the context's present definitions; null while that is not done, which begins with the question.</summary>
    public ClusterDefinitions? Of(ObservedCluster cluster, ClusterDirectory directory)
    {
        string context = cluster.Target.Context;
        (object?, ServedKinds?, int) seen = (cluster.Kinds.GetValueOrDefault(ServedKind.CustomResourceDefinition.GroupKind)?.Resources, cluster.Served, cluster.Kinds.Count);
        lock (_gate)
        {
            // Nearly always: something else of the cluster changed.
            if (_known.TryGetValue(context, out Known? same) && same.Seen == seen && !same.IsDue)
            {
                return same.Read;
            }
        }
        ImmutableArray<ObservedResource> wanted = Wanted(cluster);
        if (wanted.IsEmpty)
        {
            return null;
        }
        ClusterDefinitions? before;
        string stamp = string.Join('|', wanted.Select(one => $"{one.Uid}:{one.ResourceVersion}"));
        lock (_gate)
        {
            if (_known.TryGetValue(context, out Known? known) && known.Stamp == stamp && !known.IsDue)
            {
                _known[context] = known with { Seen = seen };
                return known.Read;
            }
            // Until the new ones are read the old ones are nearer to the truth than the bundled ones.
            before = known?.Read;
            _known[context] = new Known(stamp, "", before, seen);
        }
        bool isAll = cluster.Kinds[ServedKind.CustomResourceDefinition.GroupKind].Readability == Readability.Everywhere;
        _ = Task.Run(() => ReadAsync(context, stamp, wanted, isAll, directory));
        return before;
    }

    /// <summary>The context is not connected any more.</summary>
    public void Forget(string context)
    {
        lock (_gate)
        {
            _known.Remove(context);
        }
    }

    private async Task ReadAsync(string context, string stamp, ImmutableArray<ObservedResource> wanted, bool isAll, ClusterDirectory directory)
    {
        Answered<IClusterClient> client = directory.Connect(context);
        ImmutableArray<ReadOnlyMemory<byte>> texts = client.IsOk
            ? await DefinitionCalls.FetchAsync(client.Value, wanted.Select(one => one.Name), CancellationToken.None).ConfigureAwait(false) : [];
        if (texts.IsEmpty)
        {
            lock (_gate)
            {
                if (_known.TryGetValue(context, out Known? failed) && failed.Stamp == stamp)
                {
                    _known[context] = failed with { FailedAt = Environment.TickCount64 };
                }
            }
            return;
        }
        isAll &= texts.Length == wanted.Length;
        string digest = $"{ClusterDefinitions.Digest(texts)} {isAll}";
        ClusterDefinitions definitions = Shared(digest) ?? ClusterDefinitions.Read(texts, isAll);
        lock (_gate)
        {
            if (!_known.TryGetValue(context, out Known? known) || known.Stamp != stamp)
            {
                return;
            }
            _known[context] = known with { Digest = digest, Read = definitions };
        }
        onRead(context, definitions);
    }

    private ClusterDefinitions? Shared(string digest)
    {
        lock (_gate)
        {
            foreach (Known one in _known.Values)
            {
                if (one.Digest == digest)
                {
                    return one.Read;
                }
            }
        }
        return null;
    }

    private static ImmutableArray<ObservedResource> Wanted(ObservedCluster cluster)
    {
        ServedKind definition = ServedKind.CustomResourceDefinition;
        if (!cluster.Kinds.TryGetValue(definition.GroupKind, out ObservedKind? kind))
        {
            return [];
        }
        HashSet<string> used = [.. cluster.Served is { } served ? cluster.Kinds.Keys.Select(one => DefinitionCalls.NameOf(served, one)).OfType<string>() : []];
        var wanted = ImmutableArray.CreateBuilder<ObservedResource>();
        foreach ((ObjectKey key, ObservedResource one) in kind.Resources)
        {
            int dot = key.Name.IndexOf('.', StringComparison.Ordinal);
            if (dot > 0 && (SchemaCatalog.IsGatewayApiGroup(key.Name[(dot + 1)..]) || used.Contains(key.Name)))
            {
                wanted.Add(one);
            }
        }
        wanted.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return wanted.DrainToImmutable();
    }
}
