using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>
/// Carries a confirmed plan out. First everything is looked at and run dry once more: nothing is written unless each object is
/// as it was shown. Then object by object, each write recorded before and after; when one fails, or the user cancels, what was
/// written is taken back, last first, at all targets. Use once.
/// </summary>
public sealed class ApplyRunner(IReadOnlyList<IClusterClient> clients, IJournal journal, TimeProvider time, IProgress<ApplyProgress>? progress = null)
{
    private readonly List<AppliedObject> _objects = [];
    private readonly List<TargetRun> _runs = [];
    private int _total;
    private int _done;

    /// <summary>Objects of a kind that is defined in the same apply can't be written before the server serves it.</summary>
    private static readonly TimeSpan NeededLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long the server may take to serve a kind whose definition was written and of which nothing else is; zero: it is not waited for.</summary>
    public TimeSpan EstablishLimit { get; init; } = NeededLimit;

    public async Task<ApplyResult> RunAsync(ApplyPlan plan, string id, CancellationToken cancellation)
    {
        if (plan.IsRefused)
        {
            return Result(ApplyOutcome.Refused, plan.Refusal);
        }
        foreach (TargetPlan target in plan.Targets)
        {
            _runs.Add(new TargetRun(target, clients.First(client => client.Target.Context == target.Target.Context)));
        }
        _total = _runs.Sum(run => run.Steps.Length);
        if (_total == 0)
        {
            return Result(ApplyOutcome.NothingToDo, "");
        }
        try
        {
            if (await CheckAsync(cancellation).ConfigureAwait(false) is { } objection)
            {
                return Result(ApplyOutcome.Refused, objection);
            }
        }
        catch (OperationCanceledException)
        {
            return Result(ApplyOutcome.Refused, "Cancelled before anything was written.");
        }
        try
        {
            return Begin(id) is { } reason
                ? Result(ApplyOutcome.Refused, $"The journal can't be written: {reason}")
                : await WriteAllAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            foreach (TargetRun run in _runs)
            {
                run.Log?.Dispose();
            }
        }
    }

    private ApplyResult Result(ApplyOutcome outcome, string message) => new(outcome, message, [.. _objects]);

    private void Tell(ApplyPhase phase, TargetRun run, int step, int total) =>
        progress?.Report(new ApplyProgress(phase, run.Plan.Target.Context, run.Steps[step].Key, _done++, total));

    /// <summary>Null when every object is as it was shown and the server takes every step; else why not.</summary>
    private async Task<string?> CheckAsync(CancellationToken cancellation)
    {
        foreach (TargetRun run in _runs)
        {
            for (int i = 0; i < run.Steps.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Tell(ApplyPhase.Checking, run, i, _total);
                PlanStep step = run.Steps[i];
                if (step.Basis == StepBasis.Predicted)
                {
                    continue;
                }
                Answered<ObservedResource> live = await run.Client.GetAsync(step.Address, cancellation).ConfigureAwait(false);
                if (!live.IsOk && live.Error.Kind != ClusterErrorKind.NotFound)
                {
                    return $"{step.Key}: {live.Error.Message}";
                }
                if (live.Value?.Uid != step.Live?.Uid || !CleanedObject.SameCore(live.Value?.ToTree(), step.Live?.ToTree()))
                {
                    return $"{step.Key} was changed by somebody else since the difference was shown. Look at it again.";
                }
                run.Before[i] = live.Value;
                var options = new WriteOptions { DryRun = true, Force = run.Plan.Force || step.TakesOwnFields };
                Answered<Written> dry = await run.Client.ApplyAsync(step.Address, step.Body, options, cancellation).ConfigureAwait(false);
                if (!dry.IsOk)
                {
                    return $"{step.Key}: {dry.Error.Message}";
                }
                if (!CleanedObject.SameCore(dry.Value.Resource.ToTree(), step.Outcome?.ToTree()))
                {
                    return $"{step.Key}: the server would now make something else of it than what was shown. Look at it again.";
                }
            }
        }
        return null;
    }

    private string? Begin(string id)
    {
        foreach (TargetRun run in _runs)
        {
            if (run.Steps.IsEmpty)
            {
                continue;
            }
            ClusterTarget target = run.Plan.Target;
            Answered<IJournalLog> log = journal.Begin(new JournalHead(id, target.Context, target.Label, target.Server, time.GetUtcNow(),
                [.. run.Steps.Select(step => new JournalStep(step.Address, [.. step.Diff.Unified().Select(line => line.Mark + line.Text)]))]));
            if (!log.IsOk)
            {
                End(ApplyOutcome.Refused);
                return log.Error.Message;
            }
            run.Log = log.Value;
        }
        return null;
    }

    private async Task<ApplyResult> WriteAllAsync(CancellationToken cancellation)
    {
        _done = 0;
        string? failure = null;
        foreach (TargetRun run in _runs)
        {
            for (int i = 0; i < run.Steps.Length && failure is null; i++)
            {
                if (cancellation.IsCancellationRequested)
                {
                    failure = "Cancelled.";
                    break;
                }
                Tell(ApplyPhase.Writing, run, i, _total);
                failure = await WriteAsync(run, i, cancellation).ConfigureAwait(false);
            }
        }
        if (failure is null)
        {
            End(ApplyOutcome.Applied);
            return Result(ApplyOutcome.Applied, "");
        }
        bool isClean = await UndoAllAsync().ConfigureAwait(false);
        ApplyOutcome outcome = isClean ? ApplyOutcome.RolledBack : ApplyOutcome.PartlyRolledBack;
        End(outcome);
        string[] away = [.. _runs.Where(run => run.IsAway).Select(run => run.Plan.Target.Label)];
        return Result(outcome, away.Length == 0 ? failure
            : $"{failure} {string.Join(" and ", away)} {(away.Length == 1 ? "does" : "do")} not answer any more: what was written there is recorded, and can be rolled back or resumed later.");
    }

    /// <summary>Null when the object is as planned; else why the apply can't go on. A write that was begun is seen through: no token.</summary>
    /// <param name="cancellation">Ends the wait for what was written.</param>
    private async Task<string?> WriteAsync(TargetRun run, int index, CancellationToken cancellation)
    {
        PlanStep step = run.Steps[index];
        var writer = new StepWriter(run.Client, step, run.Plan.Force || step.TakesOwnFields, IsNeeded(run, index) ? NeededLimit : EstablishLimit, time, cancellation);
        JsonObject? before = run.Before[index]?.ToTree();
        var entry = new JournalEntry(JournalEvent.Writing, index, time.GetUtcNow()) { State = before, Expected = step.Outcome?.ToTree() };
        if (run.Log!.Append(entry) is { } reason)
        {
            _objects.Add(new AppliedObject(run.Context, step.Address, ObjectOutcome.NotReached));
            return $"The journal can't be written: {reason}";
        }
        StepOutcome outcome = await writer.WriteAsync(run.Before[index]).ConfigureAwait(false);
        // Between the check and the write its status may have changed: what is restored is what was there at the write.
        var undo = new UndoStep(index, step.Address, outcome.Before?.ToTree(), outcome.After?.ToTree() ?? step.Outcome?.ToTree(), outcome.Certainty == Certainty.Written);
        switch (outcome.Certainty)
        {
            case Certainty.NotWritten:
                run.Log.Append(new JournalEntry(JournalEvent.NotWritten, index, time.GetUtcNow()) { Note = outcome.Error?.Message });
                _objects.Add(new AppliedObject(run.Context, step.Address, ObjectOutcome.Failed, outcome.Error!.Message));
                return $"{step.Key}: {outcome.Error.Message}";
            case Certainty.Unknown:
                run.Undo.Add(undo);
                _objects.Add(new AppliedObject(run.Context, step.Address, ObjectOutcome.Failed, $"{outcome.Error!.Message} Whether it was written is not known."));
                return $"{step.Key}: {outcome.Error.Message}";
        }
        run.Undo.Add(undo);
        _objects.Add(new AppliedObject(run.Context, step.Address, outcome.Before is null ? ObjectOutcome.Created : ObjectOutcome.Changed)
        {
            Resource = outcome.After,
            Warnings = outcome.Warnings,
        });
        if (run.Log.Append(new JournalEntry(JournalEvent.Wrote, index, time.GetUtcNow()) { State = outcome.After!.ToTree() }) is { } late)
        {
            return $"The journal can't be written: {late}";
        }
        return outcome.Error is { } error ? $"{step.Key}: {error.Message}" : null;
    }

    /// <summary>True for the definition of a kind of which objects come later.</summary>
    private static bool IsNeeded(TargetRun run, int index)
    {
        PlanStep step = run.Steps[index];
        if (step.Address.Kind.GroupKind != ServedKind.CustomResourceDefinition.GroupKind || JsonTrees.Parse(step.Body)?["spec"] is not { } spec)
        {
            return false;
        }
        (string? group, string? kind) = (spec.At("group").Text(), spec.At("names", "kind").Text());
        return run.Steps.Skip(index + 1).Any(later => later.Key.Group == group && later.Key.Kind == kind);
    }

    /// <summary>True when everything is as before.</summary>
    private async Task<bool> UndoAllAsync()
    {
        bool isClean = true;
        int total = _runs.Sum(run => run.Undo.Count);
        _done = 0;
        foreach (TargetRun run in Enumerable.Reverse(_runs))
        {
            var restorer = new Restorer(run.Client, time, run.Plan.Catalog);
            foreach (UndoStep undo in Enumerable.Reverse(run.Undo))
            {
                Tell(ApplyPhase.Undoing, run, undo.Index, total);
                UndoResult result = run.IsAway ? new UndoResult(false, "was not tried: the cluster does not answer") { IsUnanswered = true }
                    : await UndoAsync(run, undo, restorer).ConfigureAwait(false);
                // Each try may take as long as a call: objects that are left are not all to be waited for.
                run.IsAway |= result.IsUnanswered;
                isClean &= result.IsComplete;
                int at = _objects.FindIndex(one => one.Context == run.Context && one.Address == undo.Address);
                AppliedObject known = _objects[at];
                _objects[at] = known with
                {
                    Outcome = !result.IsComplete ? ObjectOutcome.NotRolledBack : known.Outcome == ObjectOutcome.Failed ? ObjectOutcome.Failed : ObjectOutcome.RolledBack,
                    Note = known.Note.Length > 0 ? $"{known.Note} Now: {result.Note}." : result.Note,
                };
            }
        }
        return isClean;
    }

    private async Task<UndoResult> UndoAsync(TargetRun run, UndoStep undo, Restorer restorer)
    {
        run.Log!.Append(new JournalEntry(JournalEvent.Undoing, undo.Index, time.GetUtcNow()));
        UndoResult result = await restorer.UndoAsync(undo, CancellationToken.None).ConfigureAwait(false);
        run.Log.Append(new JournalEntry(result.Event, undo.Index, time.GetUtcNow()) { Note = result.Note });
        return result;
    }

    /// <summary>Where the cluster is away the record stays open, as that of a process that was killed: it can be rolled back, or gone on with.</summary>
    private void End(ApplyOutcome outcome)
    {
        foreach (TargetRun run in _runs.Where(run => !run.IsAway))
        {
            run.Log?.Append(new JournalEntry(JournalEvent.Ended, -1, time.GetUtcNow()) { Outcome = outcome });
        }
    }

    private sealed class TargetRun(TargetPlan plan, IClusterClient client)
    {
        public TargetPlan Plan => plan;

        public IClusterClient Client => client;

        public string Context => plan.Target.Context;

        public ImmutableArray<PlanStep> Steps { get; } = [.. plan.Steps.Where(step => step.Diff.HasChanges)];

        public ObservedResource?[] Before { get; } = new ObservedResource?[plan.Steps.Length];

        public List<UndoStep> Undo { get; } = [];

        public IJournalLog? Log { get; set; }

        /// <summary>It did not answer while writes were taken back.</summary>
        public bool IsAway { get; set; }
    }
}
