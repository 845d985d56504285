using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Server.Clusters;
using GatewayLsp.Server.Deploying;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;

namespace GatewayLsp.Server.Handlers.Clusters;

/// <summary><c>gatewayLsp/history</c>: the applies to a context by this user, the latest first. Asks no cluster.</summary>
internal sealed class HistoryHandler(ClusterSession clusters, DeploySession session) : IAsyncHandler<ContextParams, HistoryResult>
{
    private const int MaxApplies = 30;

    public Task<HistoryResult> HandleAsync(ContextParams parameters, Snapshot snapshot, CancellationToken token)
    {
        SchemaCatalog catalog = clusters.Observed.GetValueOrDefault(parameters.Context)?.CatalogOver(SchemaCatalog.Bundled) ?? SchemaCatalog.Bundled;
        var applies = new List<HistoryEntry>();
        ImmutableArray<KeptApply> all = session.Journal.Of(parameters.Context);
        foreach (KeptApply kept in all.Take(MaxApplies))
        {
            token.ThrowIfCancellationRequested();
            if (kept.Record is { } record)
            {
                applies.Add(new HistoryEntry(record.Head.Id, Time(record.Head.At), kept.Outcome, [.. record.Head.Steps.Select((step, index) => Object(step, index, record, catalog))],
                    !record.Written.IsEmpty));
            }
            else if (kept.IsRunning || kept.Unreadable is not null)
            {
                applies.Add(new HistoryEntry("", "", kept.Outcome, [], false));
            }
        }
        ImmutableArray<KeptApply> here = clusters.Observed.GetValueOrDefault(parameters.Context)?.Target is { } target ? session.Journal.Of(target) : all;
        UnfinishedEntry? unfinished = FileJournal.Unfinished(here) is { Record: { } open }
            ? new UnfinishedEntry(open.Head.Id, Time(open.Head.At), open.Written.Length, open.Head.Steps.Length) : null;
        return Task.FromResult(new HistoryResult(applies, unfinished));
    }

    private static HistoryObject Object(JournalStep step, int index, JournalRecord record, SchemaCatalog catalog)
    {
        JournalEntry? writing = record.Entries.LastOrDefault(entry => entry.Step == index && entry.Event == JournalEvent.Writing);
        JournalEntry? wrote = record.Entries.LastOrDefault(entry => entry.Step == index && entry.Event == JournalEvent.Wrote);
        string before = Text(writing?.State, step, catalog);
        string after = Text(wrote?.State ?? writing?.Expected, step, catalog);
        string action = writing is null ? "unchanged" : writing.State is null ? "create" : "update";
        return new HistoryObject(step.Address.Kind.Gvk.ApiVersion, step.Address.Kind.Kind, step.Address.Namespace, step.Address.Name, action, before, after, step.Diff);
    }

    private static string Text(JsonObject? state, JournalStep step, SchemaCatalog catalog) =>
        state is null ? "" : YamlLines.Text(CleanedObject.Of(state, catalog.FindAny(step.Address.Kind.Gvk)));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
