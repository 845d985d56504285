using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Live;

/// <summary>Reads from a cluster how it defines kinds. What can't be read, or is too much, is left out: then the bundled definition counts.</summary>
public static class DefinitionCalls
{
    /// <summary>Of one cluster: Gateway API has about a dozen.</summary>
    private const int MaxDefinitions = 64;

    /// <summary>All together, in bytes.</summary>
    private const int MaxSize = 24 << 20;

    /// <summary>The definitions of kinds, as far as they are no built-in ones; null when none could be read.</summary>
    /// <param name="served">What discovery said.</param>
    public static async Task<ClusterDefinitions?> ReadAsync(IClusterClient client, ServedKinds served, IEnumerable<GroupKind> kinds, CancellationToken cancellation)
    {
        GroupKind[] wanted = [.. kinds.Distinct()];
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (GroupKind kind in wanted)
        {
            if (NameOf(served, kind) is { } name)
            {
                names.Add(name);
            }
        }
        ImmutableArray<ReadOnlyMemory<byte>> texts = await FetchAsync(client, names, cancellation).ConfigureAwait(false);
        bool isComplete = texts.Length == names.Count && wanted.All(kind => served.Knows(kind.Group, kind.Kind) != Presence.Unknown);
        return texts.IsEmpty ? null : ClusterDefinitions.Read(texts, isComplete);
    }

    /// <param name="names">Of the definitions, in order.</param>
    public static async Task<ImmutableArray<ReadOnlyMemory<byte>>> FetchAsync(IClusterClient client, IEnumerable<string> names, CancellationToken cancellation)
    {
        var texts = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        int size = 0;
        foreach (string name in names.Take(MaxDefinitions))
        {
            Answered<ObservedResource> found = await client.GetAsync(new ResourceAddress(ServedKind.CustomResourceDefinition, "", name), cancellation).ConfigureAwait(false);
            if (found.IsOk && (size += found.Value.Json.Length) <= MaxSize)
            {
                texts.Add(found.Value.Json);
            }
            else if (!found.IsOk && found.Error.Kind is ClusterErrorKind.Forbidden)
            {
                break; // Whoever may not read one may read none.
            }
        }
        return texts.DrainToImmutable();
    }

    /// <summary>The name of the definition that a kind must have; null for built-in kinds and those that are not served.</summary>
    public static string? NameOf(ServedKinds served, GroupKind kind) =>
        kind.Group.Contains('.', StringComparison.Ordinal) && served.Find(kind.Group, kind.Kind) is { } known && SchemaCatalog.Bundled.Kind(known.Gvk) is not { Origin: KindOrigin.Kubernetes }
            ? $"{known.Plural}.{known.Group}" : null;
}
