using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Deploying;

namespace GatewayLsp.Server.Cli.Apply;

internal sealed record ApplyOptions
{
    public required PlanOptions Plan { get; init; }

    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Keep what an interrupted apply wrote, and go on with what is left.</summary>
    public bool Resume { get; init; }

    public string[] Confirmed { get; init; } = [];

    /// <summary>How long to wait for controllers; zero: not at all.</summary>
    public TimeSpan Wait { get; init; }

    public bool AsJson { get; init; }

    public bool Color { get; init; }
}

/// <summary>Plan, look, confirm, write, wait.</summary>
internal sealed class ApplyRun(ApplyOptions options, Terminal terminal, FileJournal journal, IReadOnlyList<IClusterClient> clients)
{
    private static readonly ImmutableArray<WaitedObject> NoneWaited = [];

    /// <summary>How long at most a definition may take until its kind is served.</summary>
    private static readonly TimeSpan Establish = TimeSpan.FromSeconds(30);

    public async Task<int> ExecuteAsync(Workspace workspace, ImmutableArray<ScopedObject> scope, CancellationToken cancellation)
    {
        if (!options.DryRun && Interrupted() is { } interrupted)
        {
            terminal.Error.Write(interrupted);
            return ExitCode.Findings;
        }
        ApplyPlan plan = await PlanBuilder.BuildAsync(clients, workspace, scope, options.Plan, cancellation).ConfigureAwait(false);
        using TextWriter output = terminal.OpenWriter();
        if (!options.AsJson)
        {
            PlanText.Write(plan, output, options.Color);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        if (plan.IsRefused || options.DryRun || !plan.HasChanges)
        {
            ApplyResult none = new(plan.IsRefused ? ApplyOutcome.Refused : ApplyOutcome.NothingToDo, plan.Refusal, []);
            Report(plan, none, NoneWaited, output, isDry: options.DryRun);
            return plan.Targets.Any(target => target.Error is not null) ? ExitCode.Usage : plan.IsRefused ? ExitCode.Findings : ExitCode.Fine;
        }
        if (!Confirmed(plan))
        {
            return ExitCode.Findings;
        }
        var runner = new ApplyRunner(clients, journal, TimeProvider.System, terminal.ErrorIsTerminal ? new ProgressText(terminal.Error) : null) { EstablishLimit = options.Wait < Establish ? options.Wait : Establish };
        string id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12];
        ApplyResult result = await runner.RunAsync(plan, id, cancellation).ConfigureAwait(false);
        ImmutableArray<WaitedObject> waited = NoneWaited;
        if (result.Outcome == ApplyOutcome.Applied && options.Wait > TimeSpan.Zero)
        {
            waited = await WaitAsync(result, cancellation).ConfigureAwait(false);
        }
        Report(plan, result, waited, output, isDry: false);
        bool isWell = result.Outcome == ApplyOutcome.Applied && waited.All(one => one.Conditions is { Health: LiveHealth.Healthy or LiveHealth.NotApplicable });
        return isWell ? ExitCode.Fine : ExitCode.Findings;
    }

    private string? Interrupted()
    {
        foreach (IClusterClient client in clients)
        {
            string context = client.Target.Context;
            if (journal.Of(client.Target).FirstOrDefault() is not { } last)
            {
                continue;
            }
            if (last.Obstacle(context) is { } obstacle)
            {
                return $"error: {Printable.Of(obstacle)}\n";
            }
            if (last.Record is { Outcome: null, Written.IsEmpty: false } record)
            {
                if (options.Resume)
                {
                    if (FileJournal.Keep(last, TimeProvider.System.GetUtcNow()) is { } reason)
                    {
                        return $"error: the journal can't be written: {Printable.Of(reason)}\n";
                    }
                    continue;
                }
                return string.Create(CultureInfo.InvariantCulture,
                    $"error: an apply to {Printable.Of(context)} of {record.Head.At.UtcDateTime:u} was interrupted after {record.Written.Length} of {record.Head.Steps.Length} objects.\n")
                    + $"Undo it:  gateway-lsp rollback --context {Printable.Of(context)}\nOr go on with it:  the same apply with --resume\n"
                    + $"Or keep what it wrote:  gateway-lsp rollback --keep --context {Printable.Of(context)}\n";
            }
        }
        return null;
    }

    private bool Confirmed(ApplyPlan plan)
    {
        int count = plan.Targets.Sum(target => target.Steps.Count(step => step.Diff.HasChanges));
        string names = string.Join(" and ", plan.Targets.Where(target => target.HasChanges).Select(target => Printable.Of(target.Target.Label)));
        string question = string.Create(CultureInfo.InvariantCulture, $"Apply {count} {(count == 1 ? "object" : "objects")} to {names}?");
        return new Confirmation(terminal, options.Yes, options.Confirmed).Ask(question, plan.Targets.Where(target => target.HasChanges).Select(target => target.Target));
    }

    private async Task<ImmutableArray<WaitedObject>> WaitAsync(ApplyResult result, CancellationToken cancellation)
    {
        if (terminal.ErrorIsTerminal)
        {
            terminal.Error.Write("Waiting for controllers to take it in...\n");
        }
        try
        {
            return await new StatusWaiter(clients, TimeProvider.System)
                .WaitAsync([.. result.Objects.Select(one => (one.Context, one.Address))], options.Wait, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return NoneWaited; // It is applied; only the waiting was given up.
        }
    }

    private void Report(ApplyPlan plan, ApplyResult result, ImmutableArray<WaitedObject> waited, TextWriter output, bool isDry)
    {
        if (options.AsJson)
        {
            using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
            {
                json.WriteStartObject();
                PlanJson.Write(json, plan);
                json.WriteBoolean("dryRun", isDry);
                ResultReport.Json(json, result, waited);
                json.WriteEndObject();
            }
            terminal.Out.Write("\n"u8);
            return;
        }
        if (isDry && !plan.IsRefused)
        {
            output.Write("Dry run: nothing was written.\n");
            return;
        }
        ResultReport.Text(result, waited, output);
    }
}
