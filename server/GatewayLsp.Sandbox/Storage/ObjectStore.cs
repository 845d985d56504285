using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>Group and plural: objects are kept once, whatever the version they are asked for in.</summary>
internal readonly record struct ResourceName(string Group, string Plural)
{
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}

/// <summary>
/// All objects of one cluster, in memory, with one row of versions for all and a bounded history of changes for each
/// resource. Reading needs no lock; who writes holds <see cref="Gate"/> from the reading of the old object to the commit.
/// </summary>
internal sealed class ObjectStore(TimeProvider clock)
{
    /// <summary>Changes kept of a resource; a watch that wants older ones must list again.</summary>
    public const int MaxHistory = 2_000;

    /// <summary>Objects of one resource; beyond, nothing is created any more.</summary>
    public const int MaxObjects = 50_000;

    private sealed class Shelf
    {
        public ImmutableSortedDictionary<ObjectPlace, StoredObject> Objects = ImmutableSortedDictionary<ObjectPlace, StoredObject>.Empty;
        public ImmutableList<StoredChange> History = [];
        public long Forgotten;
        public TaskCompletionSource Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private readonly Dictionary<ResourceName, Shelf> _shelves = [];
    private readonly Dictionary<string, HashSet<(ResourceName Resource, ObjectPlace Place)>> _owned = new(StringComparer.Ordinal);
    private long _version = 1;
    private long _start;

    public Lock Gate { get; } = new();

    /// <summary>Called after each commit, with the gate held: must be quick and must not write.</summary>
    public Action<ResourceName, StoredChange>? Committed { get; set; }

    public long Version => Volatile.Read(ref _version);

    public TimeProvider Clock => clock;

    public StoredObject? Find(ResourceName resource, ObjectPlace place) => Objects(resource).GetValueOrDefault(place);

    public ImmutableSortedDictionary<ObjectPlace, StoredObject> Objects(ResourceName resource)
    {
        lock (Gate)
        {
            return Of(resource).Objects;
        }
    }

    /// <summary>The objects that name an owner by its uid. The gate must be held.</summary>
    public (ResourceName Resource, ObjectPlace Place)[] OwnedBy(string uid) => _owned.TryGetValue(uid, out var owned) ? [.. owned] : [];

    /// <summary>Objects and the version at which they were so.</summary>
    public (ImmutableSortedDictionary<ObjectPlace, StoredObject> Objects, long Version) Snapshot(ResourceName resource)
    {
        lock (Gate)
        {
            return (Of(resource).Objects, _version);
        }
    }

    public IEnumerable<ResourceName> Resources
    {
        get
        {
            lock (Gate)
            {
                return [.. _shelves.Keys];
            }
        }
    }

    /// <summary>Stores a body as the next version, whose number it writes into it. The gate must be held.</summary>
    public StoredObject Put(ResourceName resource, ObjectPlace place, JsonObject body)
    {
        Shelf shelf = Of(resource);
        long version = ++_version;
        body.Child("metadata")["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        var stored = new StoredObject(place, Json.InOrder(body), version);
        StoredObject? before = shelf.Objects.GetValueOrDefault(place);
        shelf.Objects = shelf.Objects.SetItem(place, stored);
        NoteOwners(resource, place, before?.Body, stored.Body);
        Commit(resource, shelf, new StoredChange(before is null ? ChangeType.Added : ChangeType.Modified, stored, before));
        return stored;
    }

    /// <summary>Puts an object back as it was in an earlier run, its version included. The gate must be held, and nobody may watch yet.</summary>
    public void Restore(ResourceName resource, ObjectPlace place, JsonObject body)
    {
        long version = long.TryParse(body.At("metadata", "resourceVersion").Text(), NumberStyles.None, CultureInfo.InvariantCulture, out long known) ? known : _version;
        Shelf shelf = Of(resource);
        NoteOwners(resource, place, shelf.Objects.GetValueOrDefault(place)?.Body, body);
        shelf.Objects = shelf.Objects.SetItem(place, new StoredObject(place, body, version));
        _version = Math.Max(_version, version);
    }

    /// <summary>Goes on behind the last version of an earlier run, whose history is not known. The gate must be held.</summary>
    public void Continue(long version)
    {
        _version = Math.Max(_version, version);
        _start = _version;
        Compact();
    }

    /// <summary>The gate must be held.</summary>
    public StoredObject? Remove(ResourceName resource, ObjectPlace place)
    {
        Shelf shelf = Of(resource);
        if (shelf.Objects.GetValueOrDefault(place) is not { } before)
        {
            return null;
        }
        shelf.Objects = shelf.Objects.Remove(place);
        NoteOwners(resource, place, before.Body, null);
        JsonObject last = before.Body.Copy();
        long version = ++_version;
        last.Child("metadata")["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
        Commit(resource, shelf, new StoredChange(ChangeType.Deleted, new StoredObject(place, last, version), before));
        return before;
    }

    /// <summary>
    /// What happened after a version, and a task that ends at the next change. Null when that is no longer known.
    /// </summary>
    public (IReadOnlyList<StoredChange> Changes, Task Next, long Version)? Since(ResourceName resource, long version)
    {
        lock (Gate)
        {
            Shelf shelf = Of(resource);
            if (version < shelf.Forgotten)
            {
                return null;
            }
            int first = shelf.History.Count;
            while (first > 0 && shelf.History[first - 1].Version > version)
            {
                first--;
            }
            return (first == shelf.History.Count ? [] : shelf.History.GetRange(first, shelf.History.Count - first), shelf.Changed.Task, _version);
        }
    }

    /// <summary>Forgets the history of all resources, as a compaction does.</summary>
    public void Compact()
    {
        lock (Gate)
        {
            foreach (Shelf shelf in _shelves.Values)
            {
                shelf.History = [];
                shelf.Forgotten = _version;
            }
        }
    }

    private void NoteOwners(ResourceName resource, ObjectPlace place, JsonObject? before, JsonObject? now)
    {
        foreach (string uid in OwnersOf(before))
        {
            if (_owned.TryGetValue(uid, out var owned) && owned.Remove((resource, place)) && owned.Count == 0)
            {
                _owned.Remove(uid);
            }
        }
        foreach (string uid in OwnersOf(now))
        {
            if (!_owned.TryGetValue(uid, out var owned))
            {
                _owned.Add(uid, owned = []);
            }
            owned.Add((resource, place));
        }
    }

    private static IEnumerable<string> OwnersOf(JsonObject? body) => body.At("metadata", "ownerReferences").Items().Select(owner => owner.At("uid").Text()).OfType<string>();

    private void Commit(ResourceName resource, Shelf shelf, StoredChange change)
    {
        shelf.History = shelf.History.Add(change);
        if (shelf.History.Count > MaxHistory)
        {
            shelf.Forgotten = shelf.History[0].Version;
            shelf.History = shelf.History.RemoveAt(0);
        }
        TaskCompletionSource changed = shelf.Changed;
        shelf.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
        Committed?.Invoke(resource, change);
    }

    private Shelf Of(ResourceName resource)
    {
        if (!_shelves.TryGetValue(resource, out Shelf? shelf))
        {
            // Nothing was ever there: any version of this run is one that the history reaches back to.
            _shelves.Add(resource, shelf = new Shelf { Forgotten = _start });
        }
        return shelf;
    }
}
