using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster;

public enum ConnectionState : byte
{
    /// <summary>Nothing was asked yet.</summary>
    Idle,
    Connecting,

    /// <summary>Every kind that may be read is being watched.</summary>
    Connected,

    /// <summary>It answered before and does not now; what is shown is its last state.</summary>
    Lost,

    /// <summary>It never answered.</summary>
    Failed,
}

/// <summary>How far the objects of a kind are known.</summary>
public enum Readability : byte
{
    /// <summary>Not listed yet.</summary>
    Unknown,

    /// <summary>All of them.</summary>
    Everywhere,

    /// <summary>Those of <see cref="ObservedKind.Namespaces"/>; others may exist.</summary>
    SomeNamespaces,

    /// <summary>The user may read none.</summary>
    Forbidden,

    /// <summary>The cluster has no such kind.</summary>
    NotServed,

    /// <summary>More objects than are kept; those that are kept are up to date, others may exist.</summary>
    TooMany,
}

/// <summary>The objects of a kind at one moment.</summary>
public sealed record ObservedKind(GroupKind GroupKind)
{
    public static readonly ImmutableDictionary<ObjectKey, ObservedResource> NoResources = ImmutableDictionary<ObjectKey, ObservedResource>.Empty;

    /// <summary>Null until discovery answered, and when not served.</summary>
    public ServedKind? Served { get; init; }

    public Readability Readability { get; init; }

    /// <summary>The namespaces that can be read, for <see cref="Readability.SomeNamespaces"/>.</summary>
    public ImmutableSortedSet<string> Namespaces { get; init; } = [];

    public ImmutableDictionary<ObjectKey, ObservedResource> Resources { get; init; } = NoResources;

    /// <summary>Last moment at which the objects were surely these; null before the first list.</summary>
    public DateTimeOffset? SyncedAt { get; init; }

    /// <summary>Whether an object with that name exists, as far as its namespace can be read.</summary>
    public Presence Has(string @namespace, string name)
    {
        if (Resources.ContainsKey(new ObjectKey(GroupKind.Group, GroupKind.Kind, @namespace, name)))
        {
            return Presence.Present;
        }
        return Readability switch
        {
            Readability.Everywhere or Readability.NotServed => Presence.Absent,
            Readability.SomeNamespaces when Namespaces.Contains(@namespace) => Presence.Absent,
            _ => Presence.Unknown,
        };
    }
}

/// <summary>What is known of a cluster at one moment, with its age. Immutable.</summary>
public sealed record ObservedCluster(ClusterTarget Target)
{
    public ConnectionState State { get; init; }

    public ClusterVersion? Version { get; init; }

    /// <summary>Null until discovery answered.</summary>
    public ServedKinds? Served { get; init; }

    /// <summary>Why the last try failed; null while all is well.</summary>
    public ClusterError? Error { get; init; }

    /// <summary>Last moment at which the cluster answered.</summary>
    public DateTimeOffset? ContactAt { get; init; }

    /// <summary>Kinds that were asked for.</summary>
    public ImmutableDictionary<GroupKind, ObservedKind> Kinds { get; init; } = ImmutableDictionary<GroupKind, ObservedKind>.Empty;

    /// <summary>Its own definitions of the kinds of Gateway API; null until they were read, and for users who may not read them.</summary>
    public ClusterDefinitions? Definitions { get; init; }

    /// <summary>A catalogue with the cluster's own kinds in it, as far as they are known.</summary>
    public SchemaCatalog CatalogOver(SchemaCatalog own) => Definitions?.Over(own) ?? own;

    public ObservedResource? Find(ObjectKey key) =>
        Kinds.TryGetValue(new GroupKind(key.Group, key.Kind), out ObservedKind? kind) ? kind.Resources.GetValueOrDefault(key) : null;

    public Presence Has(ObjectKey key) =>
        Kinds.TryGetValue(new GroupKind(key.Group, key.Kind), out ObservedKind? kind) ? kind.Has(key.Namespace, key.Name) : Presence.Unknown;
}
