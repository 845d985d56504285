using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Cluster.Applying;

public enum ApplyPhase : byte { Checking, Writing, Undoing }

/// <summary>Told before each object.</summary>
/// <param name="Done">Objects behind it.</param>
/// <param name="Total">Objects of the phase.</param>
public sealed record ApplyProgress(ApplyPhase Phase, string Context, ObjectKey Object, int Done, int Total);

public enum ObjectOutcome : byte { Created, Changed, Unchanged, Failed, NotReached, RolledBack, NotRolledBack }

/// <summary>What became of an object. The note says why, or what remains.</summary>
public sealed record AppliedObject(string Context, ResourceAddress Address, ObjectOutcome Outcome, string Note = "")
{
    /// <summary>As the server answered to the write.</summary>
    public ObservedResource? Resource { get; init; }

    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <param name="Message">Why it is not <see cref="ApplyOutcome.Applied"/>; empty when it is.</param>
public sealed record ApplyResult(ApplyOutcome Outcome, string Message, ImmutableArray<AppliedObject> Objects);
