using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>One object that a rollback would touch.</summary>
/// <param name="ChangedSince">Fields that others changed since the apply; they stay as they are, unless <see cref="DeletesChanges"/>.</param>
/// <param name="Obstacle">Why it can't be undone, or not all of it; null when it can.</param>
public sealed record RollbackStep(UndoStep Undo, ObservedResource? Live, ObjectDiff Diff, ImmutableArray<string> ChangedSince, string? Obstacle)
{
    /// <summary>The apply created the object and others changed it since: it goes, and what they changed goes with it.</summary>
    public bool DeletesChanges => Undo.Before is null && !ChangedSince.IsEmpty;
}

/// <summary>The way back from an apply, for the user to look at.</summary>
public sealed record RollbackPlan(ClusterTarget Target, JournalRecord Record, ImmutableArray<RollbackStep> Steps)
{
    public ClusterError? Error { get; init; }

    /// <summary>The kinds as the cluster defines them, as far as that could be read.</summary>
    public SchemaCatalog Catalog { get; init; } = SchemaCatalog.Bundled;

    /// <summary>Others changed objects since: only by explicit choice.</summary>
    public bool IsContested => Steps.Any(step => !step.ChangedSince.IsEmpty);

    public bool HasChanges => Steps.Any(step => step.Diff.HasChanges);

    /// <summary>What becomes of the changes of others when it is carried out all the same, in words; the end of a sentence.</summary>
    public string Consequence
    {
        get
        {
            string gone = string.Join(", ", Steps.Where(step => step.DeletesChanges).Select(step => step.Undo.Address.Key));
            bool isSomeKept = Steps.Any(step => !step.ChangedSince.IsEmpty && !step.DeletesChanges);
            return gone.Length == 0 ? "all else is taken back and their changes stay"
                : $"all is taken back, and what the apply created is deleted with their changes: {gone}{(isSomeKept ? "; their other changes stay" : "")}";
        }
    }
}

/// <summary>Takes a recorded apply back: the last one, or one whose process was ended in the middle.</summary>
public sealed class Rollback(IClusterClient client, TimeProvider time)
{
    public async Task<RollbackPlan> PlanAsync(JournalRecord record, CancellationToken cancellation)
    {
        SchemaCatalog catalog = await CatalogAsync(record, cancellation).ConfigureAwait(false);
        var steps = ImmutableArray.CreateBuilder<RollbackStep>();
        foreach (UndoStep undo in record.Written.Reverse())
        {
            Answered<ObservedResource> live = await client.GetAsync(undo.Address, cancellation).ConfigureAwait(false);
            if (!live.IsOk && live.Error.Kind != ClusterErrorKind.NotFound)
            {
                return new RollbackPlan(client.Target, record, []) { Error = live.Error };
            }
            steps.Add(Step(undo, live.Value, catalog));
        }
        return new RollbackPlan(client.Target, record, steps.ToImmutable()) { Catalog = catalog };
    }

    /// <summary>Carries it out. Each undo is recorded in the log of the apply.</summary>
    public async Task<ApplyResult> RunAsync(RollbackPlan plan, IJournalLog log, IProgress<ApplyProgress>? progress, CancellationToken cancellation)
    {
        var restorer = new Restorer(client, time, plan.Catalog);
        var objects = ImmutableArray.CreateBuilder<AppliedObject>(plan.Steps.Length);
        string context = client.Target.Context;
        bool isClean = true;
        foreach (RollbackStep step in plan.Steps)
        {
            ResourceAddress address = step.Undo.Address;
            if (cancellation.IsCancellationRequested)
            {
                objects.Add(new AppliedObject(context, address, ObjectOutcome.NotReached));
                continue;
            }
            progress?.Report(new ApplyProgress(ApplyPhase.Undoing, context, address.Key, objects.Count, plan.Steps.Length));
            Answered<ObservedResource> live = await client.GetAsync(address, cancellation).ConfigureAwait(false);
            UndoResult result;
            if ((live.IsOk || live.Error.Kind == ClusterErrorKind.NotFound) && (live.Value?.Uid != step.Live?.Uid || !CleanedObject.SameCore(live.Value?.ToTree(), step.Live?.ToTree())))
            {
                result = new UndoResult(false, "was changed by somebody else since the difference was shown and is left alone");
            }
            else if (log.Append(new JournalEntry(JournalEvent.Undoing, step.Undo.Index, time.GetUtcNow())) is { } reason)
            {
                return new ApplyResult(ApplyOutcome.PartlyRolledBack, $"The journal can't be written: {reason}", objects.ToImmutable());
            }
            else
            {
                result = await restorer.UndoAsync(step.Undo, CancellationToken.None).ConfigureAwait(false);
            }
            log.Append(new JournalEntry(result.Event, step.Undo.Index, time.GetUtcNow()) { Note = result.Note });
            isClean &= result.IsComplete;
            objects.Add(new AppliedObject(context, address, result.IsComplete ? ObjectOutcome.RolledBack : ObjectOutcome.NotRolledBack, result.Note));
        }
        if (cancellation.IsCancellationRequested)
        {
            return new ApplyResult(ApplyOutcome.PartlyRolledBack, "Cancelled; a rollback can be asked for again.", objects.ToImmutable());
        }
        ApplyOutcome outcome = isClean ? ApplyOutcome.RolledBack : ApplyOutcome.PartlyRolledBack;
        log.Append(new JournalEntry(JournalEvent.Ended, -1, time.GetUtcNow()) { Outcome = outcome });
        return new ApplyResult(outcome, "", objects.ToImmutable());
    }

    /// <summary>A rollback must be possible also where definitions can't be read: then the bundled ones count.</summary>
    private async Task<SchemaCatalog> CatalogAsync(JournalRecord record, CancellationToken cancellation)
    {
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return SchemaCatalog.Bundled;
        }
        ClusterDefinitions? definitions = await DefinitionCalls.ReadAsync(
            client, served.Value, record.Written.Select(undo => undo.Address.Kind.GroupKind), cancellation).ConfigureAwait(false);
        return definitions?.Catalog ?? SchemaCatalog.Bundled;
    }

    private static RollbackStep Step(UndoStep undo, ObservedResource? live, SchemaCatalog catalog)
    {
        ObjectKey key = undo.Address.Key;
        SchemaNode? schema = catalog.FindAny(undo.Address.Kind.Gvk);
        if (live is null)
        {
            return new RollbackStep(undo, null, ObjectDiffer.Compare(key, null, null, schema) with { Kind = DiffKind.Unchanged }, [],
                undo.Before is null ? null : "It was deleted by somebody else since and is left so.");
        }
        JsonObject tree = live.ToTree()!;
        if (undo.IsMasked && undo.Before is not null)
        {
            return new RollbackStep(undo, live, ObjectDiffer.Compare(key, tree, tree, schema), [], "The earlier values of a Secret are kept nowhere: put them back yourself.");
        }
        JsonObject? restored = Restorer.Restored(undo, tree, catalog, out ImmutableArray<string> kept);
        // A write that was cut short may not have happened: then there is nothing that others could have changed.
        ImmutableArray<string> changed = CleanedObject.SameCore(undo.Before, tree) ? []
            : undo.After is null || undo.IsMasked ? kept
            : [.. ObjectDiffer.Compare(key, undo.After, tree, schema).Fields.Select(field => field.Path)];
        return new RollbackStep(undo, live, ObjectDiffer.Compare(key, tree, restored, schema, undo.Before), changed, null);
    }
}
