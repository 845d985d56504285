using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Server.Cli.Clusters;
using GatewayLsp.Server.Cli.Report;
using GatewayLsp.Server.Deploying;
using Spectre.Console;

namespace GatewayLsp.Server.Cli.Rollback;

internal sealed record RollbackOptions
{
    public bool Yes { get; init; }

    public string[] Confirmed { get; init; } = [];

    /// <summary>Also when others changed objects since; their changes stay, but in what the apply created.</summary>
    public bool Force { get; init; }

    /// <summary>Take an interrupted apply for finished instead.</summary>
    public bool Keep { get; init; }

    public bool List { get; init; }

    public bool AsJson { get; init; }

    public bool Color { get; init; }
}

/// <summary>Takes the last apply to a context back, after a look at what that changes.</summary>
internal sealed class RollbackRun(RollbackOptions options, Terminal terminal, FileJournal journal, IClusterClient client)
{
    private string Context => client.Target.Context;

    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using TextWriter output = terminal.OpenWriter();
        if (options.List)
        {
            ImmutableArray<KeptApply> all = journal.Of(Context);
            if (options.AsJson)
            {
                HistoryJson(all);
            }
            else
            {
                History(all, output);
            }
            return ExitCode.Fine;
        }
        ImmutableArray<KeptApply> kept = journal.Of(client.Target);
        if (FileJournal.Latest(kept)?.Obstacle(Context) is { } obstacle)
        {
            terminal.Error.Write($"error: {Printable.Of(obstacle)}\n");
            return ExitCode.Findings;
        }
        if (kept.FirstOrDefault() is { } latest && latest.Record is null or { Outcome: null, Written.IsEmpty: true })
        {
            return CloseEmpty(latest, output);
        }
        if (kept.FirstOrDefault(one => one.Record is { Written.IsEmpty: false }) is not { Record: { } record } last)
        {
            terminal.Error.Write(FileJournal.Latest(journal.Of(Context)) is { Record.Head.Server: var server }
                ? $"error: the last apply went to {Printable.Of(server)}; {Printable.Of(Context)} is another cluster now\n"
                : $"There is no apply to {Printable.Of(Context)} to take back.\n");
            return ExitCode.Findings;
        }
        if (options.Keep)
        {
            return Keep(last);
        }
        var rollback = new Engine.Cluster.Applying.Rollback(client, TimeProvider.System);
        RollbackPlan plan = await rollback.PlanAsync(record, cancellation).ConfigureAwait(false);
        if (plan.Error is { } error)
        {
            ClusterClients.Tell(Context, error, terminal);
            return ExitCode.Usage;
        }
        if (!options.AsJson)
        {
            Show(plan, output);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        if (plan.IsContested && !options.Force)
        {
            terminal.Error.Write($"error: others changed these objects since; with --force {Printable.Of(plan.Consequence)}\n");
            return ExitCode.Findings;
        }
        string question = string.Create(CultureInfo.InvariantCulture, $"Take {plan.Steps.Length} {(plan.Steps.Length == 1 ? "object" : "objects")} back at {Printable.Of(client.Target.Label)}?");
        if (!new Confirmation(terminal, options.Yes, options.Confirmed).Ask(question, [client.Target]))
        {
            return ExitCode.Findings;
        }
        Answered<IJournalLog> log = FileJournal.Reopen(last.Path);
        if (!log.IsOk)
        {
            terminal.Error.Write($"error: the journal can't be written: {Printable.Of(log.Error.Message)}\n");
            return ExitCode.Usage;
        }
        ApplyResult result;
        using (log.Value)
        {
            result = await rollback.RunAsync(plan, log.Value, terminal.ErrorIsTerminal ? new ProgressText(terminal.Error) : null, cancellation).ConfigureAwait(false);
        }
        Report(result, output);
        return result.Outcome == ApplyOutcome.RolledBack ? ExitCode.Fine : ExitCode.Findings;
    }

    /// <summary>What it was asked for is the interrupted apply, not the one before. A rollback may have been interrupted after its last object, too.</summary>
    private int CloseEmpty(KeptApply latest, TextWriter output)
    {
        bool isAllBack = latest.Record?.IsAnyLeft != true;
        if (latest.Record is null)
        {
            File.Delete(latest.Path);
        }
        else if (Close(latest, new JournalEntry(JournalEvent.Ended, -1, TimeProvider.System.GetUtcNow()) { Outcome = isAllBack ? ApplyOutcome.RolledBack : ApplyOutcome.PartlyRolledBack }) is { } reason)
        {
            terminal.Error.Write($"error: the journal can't be written: {Printable.Of(reason)}\n");
            return ExitCode.Usage;
        }
        output.Write(isAllBack ? "The last apply was interrupted before anything was written. Everything is as before.\n"
            : "The last apply was interrupted. What it wrote is taken back, but for what is left to others.\n");
        return isAllBack ? ExitCode.Fine : ExitCode.Findings;
    }

    private static string? Close(KeptApply one, JournalEntry entry)
    {
        Answered<IJournalLog> log = FileJournal.Reopen(one.Path);
        if (!log.IsOk)
        {
            return log.Error.Message;
        }
        using (log.Value)
        {
            return log.Value.Append(entry);
        }
    }

    private int Keep(KeptApply last)
    {
        if (last.Record!.Outcome is not null)
        {
            terminal.Error.Write($"The last apply to {Printable.Of(Context)} was not interrupted.\n");
            return ExitCode.Findings;
        }
        if (FileJournal.Keep(last, TimeProvider.System.GetUtcNow()) is { } reason)
        {
            terminal.Error.Write($"error: the journal can't be written: {Printable.Of(reason)}\n");
            return ExitCode.Usage;
        }
        return ExitCode.Fine;
    }

    private void Show(RollbackPlan plan, TextWriter output)
    {
        IAnsiConsole console = Consoles.On(output, options.Color);
        var text = new Paragraph();
        text.Append(string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Of(client.Target.Label)}: apply of {plan.Record.Head.At.UtcDateTime:u}{(plan.Record.Outcome is null ? ", interrupted" : "")}\n"), new Style(decoration: Decoration.Bold));
        foreach (RollbackStep step in plan.Steps)
        {
            PlanText.Step(text, step.Diff, "");
            if (step.Obstacle is { } obstacle)
            {
                text.Append($"    can't be undone: {Printable.Of(obstacle)}\n");
            }
            foreach (string field in step.ChangedSince)
            {
                text.Append($"    changed by others since{(step.DeletesChanges ? ", would be deleted with the object" : "")}: {Printable.Of(field)}\n");
            }
        }
        console.Write(text);
    }

    private void Report(ApplyResult result, TextWriter output)
    {
        if (!options.AsJson)
        {
            ResultReport.Text(result, [], output);
            return;
        }
        using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
        {
            json.WriteStartObject();
            ResultReport.Json(json, result, []);
            json.WriteEndObject();
        }
        terminal.Out.Write("\n"u8);
    }

    private void History(ImmutableArray<KeptApply> kept, TextWriter output)
    {
        if (kept.IsEmpty)
        {
            terminal.Error.Write($"There is no apply to {Printable.Of(Context)} on record.\n");
        }
        foreach (KeptApply one in kept)
        {
            if (one.Record is not { } record)
            {
                output.Write(one.IsRunning ? "under way\n" : one.Unreadable is { } reason ? $"can't be read: {Printable.Of(reason)}\n" : "interrupted before anything was written\n");
                continue;
            }
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{record.Head.At.UtcDateTime:u}  {one.Outcome}  {record.Head.Id}\n"));
            foreach (JournalStep step in record.Head.Steps)
            {
                output.Write($"  {Printable.Of(step.Address.ToString())}\n");
                foreach (string line in step.Diff)
                {
                    output.Write($"    {Printable.Of(line)}\n");
                }
            }
        }
    }

    private void HistoryJson(ImmutableArray<KeptApply> kept)
    {
        using (var json = new Utf8JsonWriter(terminal.Out, JsonReport.Options))
        {
            json.WriteStartObject();
            json.WriteString("context", Context);
            json.WriteStartArray("applies");
            foreach (KeptApply one in kept)
            {
                json.WriteStartObject();
                json.WriteString("id", one.Record?.Head.Id);
                json.WriteString("time", one.Record?.Head.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                json.WriteString("outcome", one.Outcome);
                json.WriteString("message", one.Unreadable);
                json.WriteStartArray("objects");
                foreach (JournalStep step in one.Record?.Head.Steps ?? [])
                {
                    json.WriteStartObject();
                    json.WriteString("apiVersion", step.Address.Kind.Gvk.ApiVersion);
                    json.WriteString("kind", step.Address.Kind.Kind);
                    json.WriteString("namespace", step.Address.Namespace);
                    json.WriteString("name", step.Address.Name);
                    json.WriteStartArray("diff");
                    foreach (string line in step.Diff)
                    {
                        json.WriteStringValue(line);
                    }
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        terminal.Out.Write("\n"u8);
    }
}
