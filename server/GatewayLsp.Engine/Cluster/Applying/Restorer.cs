using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>What became of an undo.</summary>
/// <param name="IsComplete">The object is as it was before, as far as this apply changed it.</param>
/// <param name="Note">For the user: what was done, or what remains and why.</param>
public sealed record UndoResult(bool IsComplete, string Note)
{
    /// <summary>The cluster gave no answer: it can be tried again when it does.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>What remains belongs to others, or is kept nowhere: to try again would change nothing.</summary>
    public bool IsLeft { get; init; }

    /// <summary>As the journal tells it.</summary>
    public JournalEvent Event => IsComplete ? JournalEvent.Undone : IsLeft ? JournalEvent.Left : JournalEvent.NotUndone;
}

/// <summary>Takes writes back: created objects are deleted, changed ones restored. What others changed since is left alone.</summary>
/// <param name="catalog">Tells which lists have keys: of such the items are restored one by one.</param>
public sealed class Restorer(IClusterClient client, TimeProvider time, SchemaCatalog catalog)
{
    private const int MaxTries = 6;

    /// <summary>Looks at what is to be deleted, until nothing is in it: 3 s in all.</summary>
    private const int MaxLooks = 5;

    public async Task<UndoResult> UndoAsync(UndoStep step, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            Answered<ObservedResource> current = await ClusterCalls.GetAsync(client, step.Address, time, cancellation).ConfigureAwait(false);
            if (!current.IsOk && current.Error.Kind != ClusterErrorKind.NotFound)
            {
                return new UndoResult(false, $"could not be read: {current.Error.Message}") { IsUnanswered = current.Error.IsTransient };
            }
            (UndoResult? result, ClusterError? error) = step.Before is null
                ? await RemoveAsync(step, current.Value, cancellation).ConfigureAwait(false)
                : await RestoreAsync(step, current.Value, cancellation).ConfigureAwait(false);
            if (result is not null)
            {
                return result;
            }
            bool isRetried = error!.IsTransient || error.Kind is ClusterErrorKind.Conflict or ClusterErrorKind.NotFound;
            if (!isRetried || attempt + 1 >= MaxTries || time.GetElapsedTime(start) > ClusterCalls.Patience)
            {
                return new UndoResult(false, $"could not be undone: {error.Message}") { IsUnanswered = error.IsTransient };
            }
            await ClusterCalls.PauseAsync(attempt, error.RetryAfter, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The object as it will be once it is undone; null: it will be gone.</summary>
    /// <param name="kept">Fields that others changed since, which stay.</param>
    public static JsonObject? Restored(UndoStep step, JsonObject current, SchemaCatalog catalog, out ImmutableArray<string> kept)
    {
        kept = [];
        if (step.Before is null)
        {
            return null;
        }
        (JsonObject merged, List<string> left) = ThreeWayMerge.Undo(CleanedObject.Core(step.Before), CleanedObject.Core(step.After ?? current), CleanedObject.Core(current),
            catalog.FindAny(step.Address.Kind.Gvk));
        kept = [.. left];
        return merged;
    }

    private async Task<(UndoResult?, ClusterError?)> RemoveAsync(UndoStep step, ObservedResource? current, CancellationToken cancellation)
    {
        if (current is null)
        {
            return (new UndoResult(true, "is not there, as before"), null);
        }
        JsonObject tree = current.ToTree()!;
        if (step.IsSure ? step.After?["metadata"].At("uid").Text() is { } uid && uid != current.Uid : !ManagedFields.HasOurs(tree))
        {
            return (new UndoResult(false, "was created by somebody else meanwhile and is left alone") { IsLeft = true }, null);
        }
        for (int attempt = 0; await ContentGuard.WhyKeptAsync(client, step.Address, tree, cancellation).ConfigureAwait(false) is { } why; attempt++)
        {
            // Pods, slices and imports go some moments after what they came from.
            if (attempt + 1 >= MaxLooks)
            {
                return (new UndoResult(false, why), null);
            }
            await ClusterCalls.PauseAsync(attempt, null, time, cancellation).ConfigureAwait(false);
        }
        Answered<Deleted> deleted = await client.DeleteAsync(step.Address, new DeleteOptions { Uid = current.Uid }, cancellation).ConfigureAwait(false);
        if (!deleted.IsOk)
        {
            return (null, deleted.Error);
        }
        return deleted.Value.IsPending
            ? (new UndoResult(false, "is marked for deletion; finalizers hold it back"), null)
            : (new UndoResult(true, "deleted"), null);
    }

    private async Task<(UndoResult?, ClusterError?)> RestoreAsync(UndoStep step, ObservedResource? current, CancellationToken cancellation)
    {
        if (current is null)
        {
            return (new UndoResult(false, "was deleted by somebody else meanwhile and is left so") { IsLeft = true }, null);
        }
        JsonObject before = step.Before!;
        if (before["metadata"].At("uid").Text() is { } uid && uid != current.Uid)
        {
            return (new UndoResult(false, "was deleted and created anew by somebody else and is left alone") { IsLeft = true }, null);
        }
        JsonObject tree = current.ToTree()!;
        if (before["metadata"].At("resourceVersion").Text() == current.ResourceVersion)
        {
            return (new UndoResult(true, "is as before"), null);
        }
        if (step.IsMasked)
        {
            return (new UndoResult(false, "is a Secret: its earlier values were in memory only and went with the process that applied it") { IsLeft = true }, null);
        }
        JsonObject wanted = Restored(step, tree, catalog, out ImmutableArray<string> kept)!;
        ObservedResource now = current;
        if (!JsonTrees.Same(wanted, CleanedObject.Core(tree)))
        {
            var body = (JsonObject)wanted.DeepClone();
            if (tree["status"] is { } status)
            {
                body["status"] = status.DeepClone();
            }
            body["metadata"]!["uid"] = current.Uid;
            body["metadata"]!["resourceVersion"] = current.ResourceVersion;
            Answered<Written> replaced = await client.ReplaceAsync(step.Address, body.ToUtf8(), new WriteOptions { FieldValidation = "Ignore" }, cancellation).ConfigureAwait(false);
            if (!replaced.IsOk)
            {
                return (null, replaced.Error);
            }
            now = replaced.Value.Resource;
            if (!JsonTrees.Same(wanted, CleanedObject.Core(now.ToTree()!)))
            {
                return (new UndoResult(false, "was put back, but the server made something else of it"), null);
            }
        }
        if (!kept.IsEmpty)
        {
            return (new UndoResult(false, $"restored but for what others changed since: {string.Join(", ", kept)}") { IsLeft = true }, null);
        }
        bool isOwned = await GiveBackAsync(step, before, tree, now, cancellation).ConfigureAwait(false);
        return (new UndoResult(true, isOwned ? "restored" : "restored; the server keeps this tool as the owner of the fields that changed"), null);
    }

    /// <summary>Who owns which field is part of the earlier state: without it the next apply of others would be a conflict with us.</summary>
    private async Task<bool> GiveBackAsync(UndoStep step, JsonObject before, JsonObject undone, ObservedResource now, CancellationToken cancellation)
    {
        JsonArray? fields = ManagedFields.Restored(before, step.After, undone);
        if (fields is null || JsonTrees.Same(fields, now.ToTree()!["metadata"].At("managedFields")))
        {
            return true;
        }
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["uid"] = now.Uid, ["resourceVersion"] = now.ResourceVersion, ["managedFields"] = fields },
        };
        Answered<Written> patched = await client.PatchAsync(step.Address, PatchKind.Merge, patch.ToUtf8(), new WriteOptions { FieldValidation = "Ignore" }, null, cancellation)
            .ConfigureAwait(false);
        return patched.IsOk;
    }
}
