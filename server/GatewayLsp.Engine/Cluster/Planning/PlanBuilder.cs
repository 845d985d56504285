using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Live;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>
/// Makes the plan for a target: reads the objects as they are, lets the server run each step dry, compares. Writes nothing.
/// </summary>
public sealed class PlanBuilder(IClusterClient client, PlanOptions options)
{
    private readonly List<PlanFinding> _findings = [];

    public static async Task<ApplyPlan> BuildAsync(IReadOnlyList<IClusterClient> clients, Workspace workspace, ImmutableArray<ScopedObject> scope, PlanOptions options,
        CancellationToken cancellation)
    {
        TargetPlan[] plans = await Task.WhenAll(clients.Select(client => new PlanBuilder(client, options).BuildAsync(workspace, scope, cancellation))).ConfigureAwait(false);
        return new ApplyPlan([.. plans]);
    }

    public async Task<TargetPlan> BuildAsync(Workspace workspace, ImmutableArray<ScopedObject> scope, CancellationToken cancellation)
    {
        Answered<ServedKinds> served = await client.DiscoverAsync(cancellation).ConfigureAwait(false);
        if (!served.IsOk)
        {
            return new TargetPlan(client.Target, [], []) { Error = served.Error };
        }
        Channel channel = await ClusterObjects.ChannelAsync(client, cancellation).ConfigureAwait(false);
        // What other clusters say does not count here, and the target's own definitions count more than ours.
        ClusterDefinitions? definitions = await DefinitionCalls.ReadAsync(
            client, served.Value, scope.Select(one => new GroupKind(one.Object.Gvk.Group, one.Object.Kind)), cancellation).ConfigureAwait(false);
        workspace = new Analysis(workspace).WithClusters(LiveClusters.Only(client.Target, definitions)).Workspace;
        PlanDraft draft = ApplyPlanner.Draft(workspace, scope, client.Target, new TargetFacts(served.Value, channel), cancellation);
        _findings.AddRange(draft.Findings);
        List<string> missing = await MissingNamespacesAsync(draft, cancellation).ConfigureAwait(false);
        if (options.CreateNamespaces)
        {
            draft = ApplyPlanner.WithNamespaces(draft, missing);
        }
        var made = new HashSet<string>(
            draft.Steps.Where(step => step.Address.Kind.GroupKind == ServedKind.Namespace.GroupKind).Select(step => step.Address.Name), StringComparer.Ordinal);
        var steps = ImmutableArray.CreateBuilder<PlanStep>(draft.Steps.Length);
        var pending = new HashSet<string>(missing, StringComparer.Ordinal);
        var leftOut = new List<DraftStep>();
        foreach (DraftStep step in draft.Steps)
        {
            if (step.Address.Namespace.Length > 0 && pending.Contains(step.Address.Namespace) && !made.Contains(step.Address.Namespace))
            {
                leftOut.Add(step); // Refused already, once for the namespace.
                continue;
            }
            PlanStep? one = await StepAsync(step, workspace, channel, pending, cancellation).ConfigureAwait(false);
            if (one is not null)
            {
                steps.Add(one);
                if (one.Live is null && step.Address.Kind.GroupKind == ServedKind.Namespace.GroupKind)
                {
                    pending.Add(step.Address.Name);
                }
            }
        }
        ImmutableArray<PlanStep> all = steps.ToImmutable();
        IssueComparison issues = await CompareIssuesAsync(all, leftOut, served.Value, channel, cancellation).ConfigureAwait(false);
        return new TargetPlan(client.Target, all, [.. _findings]) { Issues = issues, Catalog = definitions?.Catalog ?? SchemaCatalog.Bundled, Force = options.Force };
    }

    private async Task<List<string>> MissingNamespacesAsync(PlanDraft draft, CancellationToken cancellation)
    {
        var missing = new List<string>();
        foreach (string name in draft.NeededNamespaces)
        {
            Answered<ObservedResource> found = await client.GetAsync(new ResourceAddress(ServedKind.Namespace, "", name), cancellation).ConfigureAwait(false);
            if (!found.IsOk && found.Error.Kind == ClusterErrorKind.NotFound)
            {
                missing.Add(name);
                if (!options.CreateNamespaces)
                {
                    _findings.Add(new PlanFinding(PlanFindingKind.NamespaceMissing, true, $"The namespace `{name}` does not exist at {client.Target.Label}.")
                    {
                        Object = new ObjectKey("", "Namespace", "", name),
                    });
                }
            }
            else if (found.IsOk && found.Value.DeletedAt is not null)
            {
                _findings.Add(new PlanFinding(PlanFindingKind.NamespaceMissing, true, $"The namespace `{name}` is being deleted at {client.Target.Label}.")
                {
                    Object = new ObjectKey("", "Namespace", "", name),
                });
            }
        }
        return missing;
    }

    private async Task<PlanStep?> StepAsync(DraftStep draft, Workspace workspace, Channel channel, HashSet<string> pendingNamespaces, CancellationToken cancellation)
    {
        SchemaNode? schema = ApplyPlanner.CatalogOf(draft, workspace).FindAny(draft.Address.Kind.Gvk);
        byte[] body = draft.Body.ToUtf8();
        // Reads the body when it is called: it may have become another one by then.
        PlanStep Made(ObservedResource? live, ObservedResource? outcome) => new(draft.Address, body)
        {
            Source = draft.Source,
            IsNamespaceDefaulted = draft.IsNamespaceDefaulted,
            IsAdded = draft.IsAdded,
            Live = live,
            Outcome = outcome,
            Basis = outcome is null ? StepBasis.Predicted : StepBasis.ServerDryRun,
            // A new object is shown as it was written: what the server adds to it is nobody's wish.
            Diff = ObjectDiffer.Compare(draft.Address.Key, live?.ToTree(), live is null ? draft.Body : outcome?.ToTree() ?? draft.Body, schema, draft.Body),
        };
        if (draft.IsKindPlanned || pendingNamespaces.Contains(draft.Address.Namespace))
        {
            _findings.AddRange(ApplyPlanner.Predict(draft, workspace, channel));
            return Made(null, null);
        }
        Answered<ObservedResource> live = await client.GetAsync(draft.Address, cancellation).ConfigureAwait(false);
        if (!live.IsOk && live.Error.Kind != ClusterErrorKind.NotFound)
        {
            _findings.Add(new PlanFinding(PlanFindingKind.NotReadable, true, live.Error.Message) { Object = draft.Address.Key, Source = draft.Source });
            return null;
        }
        if (live.Value?.DeletedAt is not null)
        {
            _findings.Add(new PlanFinding(PlanFindingKind.Refused, true, "The object is being deleted.") { Object = draft.Address.Key, Source = draft.Source });
            return null;
        }
        Answered<Written> dry = await client.ApplyAsync(draft.Address, body, new WriteOptions { DryRun = true }, cancellation).ConfigureAwait(false);
        bool takesOwn = !dry.IsOk && dry.Error.Kind == ClusterErrorKind.Conflict && !dry.Error.Causes.IsEmpty
            && dry.Error.Causes.All(cause => cause.Owner == WriteOptions.DefaultManager);
        if (takesOwn)
        {
            dry = await client.ApplyAsync(draft.Address, body, new WriteOptions { DryRun = true, Force = true }, cancellation).ConfigureAwait(false);
        }
        else if (IsFieldConflict(dry))
        {
            Answered<Written> forced = await client.ApplyAsync(draft.Address, body, new WriteOptions { DryRun = true, Force = true }, cancellation).ConfigureAwait(false);
            if (forced.IsOk && live.IsOk)
            {
                if (Made(live.Value, forced.Value.Resource) is { Diff.HasChanges: false } unchanged)
                {
                    return unchanged; // Nothing will be written, so nothing is taken from anybody.
                }
                if (WithoutShared(draft.Body, dry.Error!.Causes, live.Value, forced.Value.Resource) is { } rest)
                {
                    body = rest;
                    dry = await client.ApplyAsync(draft.Address, body, new WriteOptions { DryRun = true }, cancellation).ConfigureAwait(false);
                }
            }
            if (IsFieldConflict(dry))
            {
                AddConflicts(dry.Error!, draft);
                // Also without the choice: what is shown is what it would come to.
                dry = await client.ApplyAsync(draft.Address, body, new WriteOptions { DryRun = true, Force = true }, cancellation).ConfigureAwait(false);
            }
        }
        if (!dry.IsOk)
        {
            AddRefusal(dry.Error, draft);
            return Made(live.Value, null);
        }
        foreach (string warning in dry.Value.Warnings)
        {
            _findings.Add(new PlanFinding(PlanFindingKind.ServerWarning, false, warning) { Object = draft.Address.Key, Source = draft.Source });
        }
        return Made(live.Value, dry.Value.Resource) with { Warnings = dry.Value.Warnings, TakesOwnFields = takesOwn };
    }

    private static bool IsFieldConflict(Answered<Written> answer) =>
        !answer.IsOk && answer.Error.Kind == ClusterErrorKind.Conflict && !answer.Error.Causes.IsEmpty;

    /// <summary>
    /// The body without the fields of others that mean the same there: they stay with their owners, whose next apply must not be a
    /// conflict with us. Null when there is no such field.
    /// </summary>
    private static byte[]? WithoutShared(JsonObject body, ImmutableArray<ErrorCause> conflicts, ObservedResource live, ObservedResource outcome)
    {
        if (live.ToTree() is not { } before || outcome.ToTree() is not { } after)
        {
            return null;
        }
        var rest = (JsonObject)body.DeepClone();
        bool isAny = false;
        foreach (ErrorCause cause in conflicts)
        {
            isAny |= OwnedField.IsSame(cause.Field, before, after) && OwnedField.Remove(cause.Field, rest);
        }
        return isAny ? rest.ToUtf8() : null;
    }

    private void AddConflicts(ClusterError error, DraftStep draft)
    {
        foreach (ErrorCause cause in error.Causes)
        {
            string owner = cause.Owner ?? "somebody else";
            _findings.Add(new PlanFinding(PlanFindingKind.FieldConflict, !options.Force,
                options.Force ? $"`{cause.Field}` will be taken from {owner}." : $"`{cause.Field}` belongs to {owner}, who set it to another value.")
            {
                Object = draft.Address.Key,
                Field = cause.Field,
                Owner = cause.Owner,
                Source = draft.Source,
            });
        }
    }

    private void AddRefusal(ClusterError error, DraftStep draft)
    {
        string who = error.DeniedBy is { } by ? $"{by}: " : "";
        if (error.Causes.IsEmpty)
        {
            _findings.Add(new PlanFinding(PlanFindingKind.Refused, true, who + error.Message) { Object = draft.Address.Key, Source = draft.Source });
        }
        foreach (ErrorCause cause in error.Causes)
        {
            // What the text alone shows to be wrong is told already.
            if (_findings.Exists(known => known.Kind == PlanFindingKind.InvalidObject && known.Object == draft.Address.Key && known.Field == cause.Field))
            {
                continue;
            }
            _findings.Add(new PlanFinding(PlanFindingKind.Refused, true, who + cause.Message) { Object = draft.Address.Key, Field = cause.Field, Source = draft.Source });
        }
    }

    /// <param name="leftOut">Wait for a namespace only: what others refer to is here, and of them themselves nothing more is said.</param>
    private async Task<IssueComparison> CompareIssuesAsync(ImmutableArray<PlanStep> steps, IReadOnlyCollection<DraftStep> leftOut, ServedKinds served, Channel channel, CancellationToken cancellation)
    {
        if (!steps.Any(step => step.Diff.HasChanges))
        {
            return IssueComparison.None;
        }
        (Dictionary<ObjectKey, ReadOnlyMemory<byte>> before, ImmutableHashSet<GroupKind> whole) = await ClusterObjects.ReadAsync(client, served, cancellation).ConfigureAwait(false);
        var after = new Dictionary<ObjectKey, ReadOnlyMemory<byte>>(before);
        foreach (PlanStep step in steps)
        {
            if (step.Address.Kind.IsMetadataOnlyByDefault)
            {
                continue;
            }
            after[step.Key] = step.Outcome?.Json ?? step.Body;
        }
        foreach (DraftStep step in leftOut.Where(static step => !step.Address.Kind.IsMetadataOnlyByDefault))
        {
            after[step.Address.Key] = step.Body.ToUtf8();
        }
        IssueComparison issues = IssueComparison.Of(before, after, whole, channel, cancellation);
        issues = issues with { Introduced = issues.Introduced.RemoveAll(issue => leftOut.Any(step => step.Address.Key == issue.Object)) };
        foreach (ClusterIssue issue in issues.Introduced)
        {
            PlanStep? step = steps.FirstOrDefault(one => one.Key == issue.Object);
            if (issue.Severity == DiagnosticSeverity.Error)
            {
                _findings.Add(new PlanFinding(PlanFindingKind.IntroducedError, true, issue.Message) { Object = issue.Object, Field = issue.Field, Source = step?.Source });
            }
        }
        return issues;
    }
}
