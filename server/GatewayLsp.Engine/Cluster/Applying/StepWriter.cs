using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;

namespace GatewayLsp.Engine.Cluster.Applying;

internal enum Certainty : byte { Written, NotWritten, Unknown }

/// <param name="Before">The state that was written over; null when the object was not there.</param>
/// <param name="Error">Set when it is not written, or may not be; also when it was and is of no use yet.</param>
internal sealed record StepOutcome(Certainty Certainty, ObservedResource? Before, ObservedResource? After, ClusterError? Error)
{
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>
/// One server-side apply. What is there may only be what was looked at: the write names its resourceVersion. When the answer is
/// lost, reading back tells what happened.
/// </summary>
/// <param name="establishLimit">How long to wait until the server has taken in the definition of a kind; zero: not at all.</param>
/// <param name="cancellation">Ends that wait. A write is seen through all the same.</param>
internal sealed class StepWriter(IClusterClient client, PlanStep step, bool force, TimeSpan establishLimit, TimeProvider time, CancellationToken cancellation)
{
    private const int MaxTries = 6;

    private static readonly TimeSpan EstablishPause = TimeSpan.FromMilliseconds(500);

    public async Task<StepOutcome> WriteAsync(ObservedResource? live)
    {
        for (int attempt = 0; ; attempt++)
        {
            Answered<Written> answer = await client.ApplyAsync(step.Address, Body(live), new WriteOptions { Force = force }, CancellationToken.None).ConfigureAwait(false);
            if (answer.IsOk)
            {
                return await WrittenAsync(live, answer.Value).ConfigureAwait(false);
            }
            ClusterError error = answer.Error;
            if (error.IsOutcomeUnknown)
            {
                return await ReadBackAsync(live, error).ConfigureAwait(false);
            }
            if (attempt + 1 >= MaxTries)
            {
                return new StepOutcome(Certainty.NotWritten, live, null, error);
            }
            if (error.Kind == ClusterErrorKind.Conflict && error.Causes.IsEmpty && live is not null)
            {
                Answered<ObservedResource> now = await ClusterCalls.GetAsync(client, step.Address, time, CancellationToken.None).ConfigureAwait(false);
                if (!now.IsOk || now.Value.Uid != live.Uid || !CleanedObject.SameCore(now.Value.ToTree(), live.ToTree()))
                {
                    return new StepOutcome(Certainty.NotWritten, live, null,
                        now.IsOk ? error with { Message = "Somebody else changed it since the difference was shown." } : now.Error);
                }
                live = now.Value; // Only its status changed, as it does while controllers work.
            }
            else if (!error.IsTransient && !(error.Kind == ClusterErrorKind.KindNotServed && step.Basis == StepBasis.Predicted))
            {
                return new StepOutcome(Certainty.NotWritten, live, null, error);
            }
            else
            {
                await ClusterCalls.PauseAsync(attempt, error.RetryAfter, time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private ReadOnlyMemory<byte> Body(ObservedResource? live)
    {
        if (live is null || JsonTrees.Parse(step.Body) is not { } body || body["metadata"] is not JsonObject metadata)
        {
            return step.Body;
        }
        metadata["resourceVersion"] = live.ResourceVersion;
        metadata["uid"] = live.Uid;
        return body.ToUtf8();
    }

    private async Task<StepOutcome> WrittenAsync(ObservedResource? live, Written written)
    {
        ClusterError? error = null;
        if (live is null && !written.IsCreated && step.Basis == StepBasis.ServerDryRun)
        {
            error = new ClusterError(ClusterErrorKind.Conflict, "Somebody else created it at the same moment.");
        }
        else if (step.Address.Kind.GroupKind == ServedKind.CustomResourceDefinition.GroupKind)
        {
            try
            {
                error = await EstablishedAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // It is written; whether the apply goes on is not decided here.
            }
        }
        return new StepOutcome(Certainty.Written, live, written.Resource, error) { Warnings = written.Warnings };
    }

    /// <summary>The answer was lost: what is there now tells whether the write happened.</summary>
    private async Task<StepOutcome> ReadBackAsync(ObservedResource? live, ClusterError error)
    {
        Answered<ObservedResource> now = await ClusterCalls.GetAsync(client, step.Address, time, CancellationToken.None).ConfigureAwait(false);
        if (!now.IsOk)
        {
            return now.Error.Kind == ClusterErrorKind.NotFound && live is null
                ? new StepOutcome(Certainty.NotWritten, live, null, error)
                : new StepOutcome(Certainty.Unknown, live, null, error);
        }
        if (live is not null && now.Value.ResourceVersion == live.ResourceVersion)
        {
            return new StepOutcome(Certainty.NotWritten, live, null, error);
        }
        JsonObject tree = now.Value.ToTree()!;
        bool isAsPlanned = step.Outcome is null ? ManagedFields.HasOurs(tree) : CleanedObject.SameCore(tree, step.Outcome.ToTree());
        return isAsPlanned
            ? new StepOutcome(Certainty.Written, live, now.Value, null)
            : new StepOutcome(Certainty.Unknown, live, null, error);
    }

    /// <summary>Objects of a new kind can be written once the server has taken its definition in.</summary>
    private async Task<ClusterError?> EstablishedAsync()
    {
        if (establishLimit <= TimeSpan.Zero)
        {
            return null;
        }
        long start = time.GetTimestamp();
        while (true)
        {
            Answered<ObservedResource> definition = await ClusterCalls.GetAsync(client, step.Address, time, cancellation).ConfigureAwait(false);
            if (!definition.IsOk)
            {
                return definition.Error;
            }
            JsonNode? conditions = definition.Value.ToTree()!["status"].At("conditions");
            if (Is(conditions, "Established", "True"))
            {
                return null;
            }
            if (Is(conditions, "NamesAccepted", "False"))
            {
                return new ClusterError(ClusterErrorKind.Refused, "The names of the kind are taken by another definition.");
            }
            if (time.GetElapsedTime(start) + EstablishPause > establishLimit)
            {
                return new ClusterError(ClusterErrorKind.Timeout, string.Create(CultureInfo.InvariantCulture, $"The server did not take the new kind in within {establishLimit.TotalSeconds:0.#} s."));
            }
            await Task.Delay(EstablishPause, time, cancellation).ConfigureAwait(false);
        }
    }

    private static bool Is(JsonNode? conditions, string type, string status) =>
        conditions is JsonArray all && all.Any(one => one.At("type").Text() == type && one.At("status").Text() == status);
}
