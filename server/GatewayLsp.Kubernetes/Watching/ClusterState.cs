using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Kubernetes.Watching;

/// <summary>The growing state of one cluster. Each change makes a new snapshot that shares nearly all with the one before.</summary>
internal sealed class ClusterState(ObservedCluster first, WatcherOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _news = new(0, 1);
    private ObservedCluster _current = first;
    private long _bytes;

    public ObservedCluster Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Completes when there is something to publish.</summary>
    public Task WaitForNewsAsync(CancellationToken cancellation) => _news.WaitAsync(cancellation);

    public void Change(Func<ObservedCluster, ObservedCluster> change)
    {
        lock (_gate)
        {
            ObservedCluster next = change(_current);
            if (ReferenceEquals(next, _current))
            {
                return;
            }
            _current = next;
        }
        Tell();
    }

    public void Change(GroupKind kind, Func<ObservedKind, ObservedKind> change) => Change(cluster =>
    {
        ObservedKind before = cluster.Kinds.GetValueOrDefault(kind) ?? new ObservedKind(kind);
        ObservedKind after = change(before);
        return ReferenceEquals(before, after) ? cluster : cluster with { Kinds = cluster.Kinds.SetItem(kind, after) };
    });

    /// <summary>What a kind is known to be, with no objects of it.</summary>
    public void Settle(GroupKind kind, ServedKind? served, Readability readability) => Change(kind, before =>
    {
        Count(before.Resources, ObservedKind.NoResources);
        return before with { Served = served, Readability = readability, Namespaces = [], Resources = ObservedKind.NoResources, SyncedAt = time.GetUtcNow() };
    });

    /// <summary>Forgets a kind that is no longer in use.</summary>
    public void Drop(GroupKind kind) => Change(cluster =>
    {
        if (!cluster.Kinds.TryGetValue(kind, out ObservedKind? gone))
        {
            return cluster;
        }
        Count(gone.Resources, ObservedKind.NoResources);
        return cluster with { Kinds = cluster.Kinds.Remove(kind) };
    });

    /// <summary>All objects of a namespace (or of all, when it is empty) as a list gave them.</summary>
    /// <param name="isWhole">False when there are more than are kept.</param>
    public void Replace(ServedKind served, string @namespace, IReadOnlyCollection<ObservedResource> listed, bool isWhole) => Change(served.GroupKind, before =>
    {
        ImmutableDictionary<ObjectKey, ObservedResource>.Builder next =
            @namespace.Length == 0 ? ObservedKind.NoResources.ToBuilder() : before.Resources.RemoveRange(before.Resources.Keys.Where(key => key.Namespace == @namespace)).ToBuilder();
        bool isFull = !isWhole;
        long room = options.MaxBytes - (_bytes - SizeOf(before.Resources)) - SizeOf(next);
        foreach (ObservedResource one in listed)
        {
            room -= one.Json.Length;
            if (next.Count >= options.MaxObjectsPerKind || room < 0)
            {
                isFull = true;
                break;
            }
            // What did not change keeps its object, and with it whatever others derived from it.
            next[one.Key] = before.Resources.TryGetValue(one.Key, out ObservedResource? same) && same.Uid == one.Uid && same.ResourceVersion == one.ResourceVersion ? same : one;
        }
        ImmutableDictionary<ObjectKey, ObservedResource> resources = next.ToImmutable();
        Count(before.Resources, resources);
        return before with
        {
            Served = served,
            Resources = resources,
            Readability = isFull ? Readability.TooMany : @namespace.Length == 0 ? Readability.Everywhere : Readability.SomeNamespaces,
            Namespaces = @namespace.Length == 0 ? [] : before.Namespaces.Add(@namespace),
            SyncedAt = time.GetUtcNow(),
        };
    });

    /// <summary>The user lost the right to a namespace, or it is no longer looked into.</summary>
    public void DropNamespace(GroupKind kind, string @namespace) => Change(kind, before =>
    {
        ImmutableDictionary<ObjectKey, ObservedResource> resources = before.Resources.RemoveRange(before.Resources.Keys.Where(key => key.Namespace == @namespace));
        Count(before.Resources, resources);
        return before with { Resources = resources, Namespaces = before.Namespaces.Remove(@namespace) };
    });

    public void Take(WatchEvent happened, GroupKind kind) => Change(kind, before =>
    {
        if (happened.Resource is not { } resource)
        {
            return before;
        }
        ImmutableDictionary<ObjectKey, ObservedResource> resources = before.Resources;
        Readability readability = before.Readability;
        int old = resources.TryGetValue(resource.Key, out ObservedResource? known) ? known.Json.Length : 0;
        if (happened.Kind == WatchEventKind.Deleted)
        {
            resources = resources.Remove(resource.Key);
            _bytes -= old;
        }
        else if (known is null && (resources.Count >= options.MaxObjectsPerKind || _bytes + resource.Json.Length > options.MaxBytes))
        {
            readability = Readability.TooMany;
        }
        else
        {
            resources = resources.SetItem(resource.Key, resource);
            _bytes += resource.Json.Length - old;
        }
        return before with { Resources = resources, Readability = readability, SyncedAt = time.GetUtcNow() };
    });

    /// <summary>The kind is still as it was. Not worth publishing by itself.</summary>
    public void Confirm(GroupKind kind)
    {
        lock (_gate)
        {
            if (_current.Kinds.TryGetValue(kind, out ObservedKind? known))
            {
                DateTimeOffset now = time.GetUtcNow();
                _current = _current with { ContactAt = now, Kinds = _current.Kinds.SetItem(kind, known with { SyncedAt = now }) };
            }
        }
    }

    private void Tell()
    {
        lock (_gate)
        {
            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }

    private void Count(ImmutableDictionary<ObjectKey, ObservedResource> before, ImmutableDictionary<ObjectKey, ObservedResource> after) =>
        _bytes += SizeOf(after) - SizeOf(before);

    private static long SizeOf(IEnumerable<KeyValuePair<ObjectKey, ObservedResource>> resources)
    {
        long size = 0;
        foreach ((_, ObservedResource one) in resources)
        {
            size += one.Json.Length;
        }
        return size;
    }
}
