using System.Collections.Immutable;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>How the outcome of a step is known.</summary>
public enum StepBasis : byte
{
    /// <summary>The API server ran it dry.</summary>
    ServerDryRun,

    /// <summary>It could not be run dry, as its namespace or kind is only made by this plan: judged by our own schemas.</summary>
    Predicted,
}

/// <summary>One object to write.</summary>
public sealed record PlanStep(ResourceAddress Address, ReadOnlyMemory<byte> Body)
{
    /// <summary>Where it was written; null for a namespace that the plan adds.</summary>
    public ScopedObject? Source { get; init; }

    /// <summary>The file names no namespace: the target's own is taken.</summary>
    public bool IsNamespaceDefaulted { get; init; }

    /// <summary>Fields are owned by an earlier write of ours that was no apply, a restore for instance: taking them is no conflict with anybody.</summary>
    public bool TakesOwnFields { get; init; }

    /// <summary>Not in the files: a namespace that is missing and made by the user's choice.</summary>
    public bool IsAdded { get; init; }

    /// <summary>As it was read for the plan, managed fields included; null when it was not there.</summary>
    public ObservedResource? Live { get; init; }

    /// <summary>As it will be, by the server's dry run; null when <see cref="Basis"/> is not that.</summary>
    public ObservedResource? Outcome { get; init; }

    public StepBasis Basis { get; init; }

    public required ObjectDiff Diff { get; init; }

    /// <summary>The server's warnings at the dry run.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];

    public ObjectKey Key => Address.Key;
}

public enum PlanFindingKind : byte
{
    /// <summary>The file has an error that the API server would refuse.</summary>
    InvalidObject,

    /// <summary>A template, or text that can't be read.</summary>
    Unreadable,
    NoName,

    /// <summary>Two files define the same object.</summary>
    Duplicate,
    KindNotServed,
    NamespaceMissing,

    /// <summary>A field that others own; <see cref="PlanFinding.Owner"/> names them.</summary>
    FieldConflict,

    /// <summary>The server's dry run refused it.</summary>
    Refused,

    /// <summary>The object could not be read.</summary>
    NotReadable,

    /// <summary>The change brings an error about that was not there.</summary>
    IntroducedError,
    ServerWarning,
}

/// <param name="IsRefusal">Nothing is applied while one of these is there.</param>
/// <param name="Owner">The field manager that owns the field.</param>
public sealed record PlanFinding(PlanFindingKind Kind, bool IsRefusal, string Message)
{
    public ObjectKey? Object { get; init; }

    public string? Field { get; init; }

    public string? Owner { get; init; }

    public ScopedObject? Source { get; init; }
}

/// <summary>What is to be done at one target.</summary>
/// <param name="Steps">In order; also objects that stay as they are.</param>
public sealed record TargetPlan(ClusterTarget Target, ImmutableArray<PlanStep> Steps, ImmutableArray<PlanFinding> Findings)
{
    public IssueComparison Issues { get; init; } = IssueComparison.None;

    /// <summary>The kinds as the target defines them, as far as that could be read.</summary>
    public SchemaCatalog Catalog { get; init; } = SchemaCatalog.Bundled;

    /// <summary>Take fields that others own: the user's explicit choice.</summary>
    public bool Force { get; init; }

    /// <summary>Why the target could not be asked at all.</summary>
    public ClusterError? Error { get; init; }

    public bool IsRefused => Error is not null || Findings.Any(finding => finding.IsRefusal);

    /// <summary>Why nothing can be applied there; null when it can.</summary>
    public string? Refusal
    {
        get
        {
            if (Error is not null)
            {
                return Error.Message;
            }
            PlanFinding[] refusals = [.. Findings.Where(finding => finding.IsRefusal)];
            return refusals.Length switch
            {
                0 => null,
                1 => Told(refusals[0]),
                2 => $"{Told(refusals[0])} There is 1 more such problem.",
                _ => $"{Told(refusals[0])} There are {refusals.Length - 1} more such problems.",
            };
        }
    }

    private static string Told(PlanFinding finding) => finding.Object is { Name.Length: > 0 } about ? $"{about}: {finding.Message}" : finding.Message;

    public bool HasChanges => Steps.Any(step => step.Diff.HasChanges);
}

/// <summary>What the user is shown and confirms, for one or several targets.</summary>
public sealed record ApplyPlan(ImmutableArray<TargetPlan> Targets)
{
    public bool IsRefused => Targets.Any(target => target.IsRefused);

    /// <summary>Which targets refuse it, and why; empty when none does.</summary>
    public string Refusal => string.Join(" ", Targets.Where(target => target.IsRefused).Select(target => $"{target.Target.Label}: {target.Refusal}"));

    public bool HasChanges => Targets.Any(target => target.HasChanges);

    /// <summary>Changes with anything that would make the apply another one than what was shown: bodies, states it starts from, choices.</summary>
    public string Fingerprint => PlanFingerprint.Of(this);
}
