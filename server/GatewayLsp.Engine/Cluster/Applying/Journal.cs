using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Planning;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>Where applies are recorded before and while they happen.</summary>
public interface IJournal
{
    /// <summary>A log for one apply at one target; an error when it can't be kept, and then nothing may be written.</summary>
    Answered<IJournalLog> Begin(JournalHead head);
}

/// <summary>One apply at one target. An entry is on disk when the call returns.</summary>
public interface IJournalLog : IDisposable
{
    /// <summary>Null when it was kept, else why not.</summary>
    string? Append(JournalEntry entry);
}

/// <summary>What an apply was about. Holds no value of a Secret.</summary>
/// <param name="Id">Of the apply; the same at all of its targets.</param>
/// <param name="Server">URL of the API server: the same context may name another cluster later.</param>
public sealed record JournalHead(string Id, string Context, string Label, string Server, DateTimeOffset At, ImmutableArray<JournalStep> Steps);

/// <param name="Diff">As it was shown, a line each with its mark.</param>
public sealed record JournalStep(ResourceAddress Address, ImmutableArray<string> Diff);

public enum JournalEvent : byte
{
    /// <summary>A write is about to be sent: from here on it may have happened. <see cref="JournalEntry.State"/> is the state before; absent: it was not there.</summary>
    Writing,

    /// <summary>It happened; the state is the one after.</summary>
    Wrote,

    /// <summary>It surely did not happen.</summary>
    NotWritten,
    Undoing,
    Undone,

    /// <summary>It could not be undone, or not all of it; the note says what remains.</summary>
    NotUndone,

    /// <summary>What remains of it is not this apply's to take back any more, and the note says what: it is done with.</summary>
    Left,
    Ended,
}

public enum ApplyOutcome : byte
{
    /// <summary>Everything is as planned.</summary>
    Applied,
    NothingToDo,

    /// <summary>Nothing was written.</summary>
    Refused,

    /// <summary>It failed or was cancelled, and everything is as before.</summary>
    RolledBack,

    /// <summary>It failed, and not all could be undone.</summary>
    PartlyRolledBack,
}

/// <param name="Step">Index into the head's steps; -1 for the apply as a whole.</param>
public sealed record JournalEntry(JournalEvent Event, int Step, DateTimeOffset At)
{
    public JsonObject? State { get; init; }

    /// <summary>With <see cref="JournalEvent.Writing"/>: what the server's dry run came to.</summary>
    public JsonObject? Expected { get; init; }

    public string? Note { get; init; }

    public ApplyOutcome? Outcome { get; init; }
}

/// <summary>An apply as the journal tells it.</summary>
public sealed record JournalRecord(JournalHead Head, ImmutableArray<JournalEntry> Entries)
{
    /// <summary>Null: it was never finished, so its process was ended from outside.</summary>
    public ApplyOutcome? Outcome => Entries.LastOrDefault(entry => entry.Event == JournalEvent.Ended)?.Outcome;

    /// <summary>A way back was gone as far as it goes, and ended elsewhere.</summary>
    public bool IsAnyLeft => Entries.Any(entry => entry.Event == JournalEvent.Left);

    /// <summary>What may have to be undone, in the order in which it was written.</summary>
    public ImmutableArray<UndoStep> Written
    {
        get
        {
            var found = ImmutableArray.CreateBuilder<UndoStep>();
            for (int i = 0; i < Head.Steps.Length; i++)
            {
                ResourceAddress address = Head.Steps[i].Address;
                UndoStep? step = null;
                foreach (JournalEntry entry in Entries.Where(entry => entry.Step == i))
                {
                    step = entry.Event switch
                    {
                        JournalEvent.Writing => new UndoStep(i, address, entry.State, entry.Expected, IsSure: false),
                        JournalEvent.Wrote when step is not null => step with { After = entry.State ?? step.After, IsSure = true },
                        JournalEvent.NotWritten or JournalEvent.Undone or JournalEvent.Left => null,
                        _ => step,
                    };
                }
                if (step is not null)
                {
                    found.Add(step with { IsMasked = address.Kind.Group.Length == 0 && address.Kind.Kind == "Secret" });
                }
            }
            return found.ToImmutable();
        }
    }
}

/// <summary>A write to be undone.</summary>
/// <param name="Before">The object before it, managed fields included; null: it was not there.</param>
/// <param name="After">The object after it: as the server answered, else as the dry run foretold; null when neither is known.</param>
/// <param name="IsSure">The server said that it happened.</param>
public sealed record UndoStep(int Index, ResourceAddress Address, JsonObject? Before, JsonObject? After, bool IsSure)
{
    /// <summary>The states hold no values: they come from the journal, which keeps none of Secrets.</summary>
    public bool IsMasked { get; init; }
}
