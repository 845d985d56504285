using System.Collections.Immutable;
using System.Text.Json;
using GatewayLsp.Engine.Cluster.Applying;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Cluster.Planning;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Server.Dispatch;
using GatewayLsp.Server.Protocol;
using Convert = GatewayLsp.Server.Protocol.Convert;

namespace GatewayLsp.Server.Deploying;

/// <summary>Plans as the client gets them.</summary>
internal static class PlanMessages
{
    private const string UnsupportedCode = "unsupported-feature";

    public static PlannedTarget Of(TargetPlan target, Snapshot snapshot)
    {
        var objects = new List<PlannedObject>();
        foreach (PlanStep step in target.Steps)
        {
            ImmutableArray<PlanFinding> about = [.. target.Findings.Where(finding => finding.Object == step.Key)];
            objects.Add(new PlannedObject(
                step.Address.Kind.Gvk.ApiVersion, step.Address.Kind.Kind, step.Address.Namespace, step.Address.Name, Action(step.Diff.Kind, about),
                step.Source is { } source ? At(source, null, snapshot) : null, step.Diff.BeforeText, step.Diff.AfterText, [.. step.Diff.Fields.Select(field => field.Path)],
                Problems(about, snapshot), [.. step.Warnings], Conflicts(about, snapshot), step.Basis == StepBasis.Predicted, step.IsNamespaceDefaulted));
        }
        HashSet<ObjectKey> known = [.. target.Steps.Select(step => step.Key)];
        foreach (IGrouping<ObjectKey, PlanFinding> rest in target.Findings.Where(finding => finding is { Object: not null, Source: not null } && !known.Contains(finding.Object.Value)).GroupBy(finding => finding.Object!.Value))
        {
            PlanFinding first = rest.First();
            objects.Add(new PlannedObject(first.Source!.Object.Gvk.ApiVersion, rest.Key.Kind, rest.Key.Namespace, rest.Key.Name, "refused", At(first.Source, null, snapshot), "", "", [],
                Problems([.. rest], snapshot), [], [], false, false));
        }
        return new PlannedTarget(target.Target.Context, target.Target.Label, target.Target.IsProtected, target.Refusal,
            [.. target.Findings.Where(finding => finding is { Kind: PlanFindingKind.NamespaceMissing, Object: not null }).Select(finding => finding.Object!.Value.Name)],
            objects,
            new PlannedIssues([.. target.Issues.Introduced.Select(Issue)], [.. target.Issues.Fixed.Select(Issue)], target.Issues.Unchanged.Length),
            [.. target.Issues.Introduced.Where(issue => issue.Code == UnsupportedCode).Select(issue => $"{issue.Object}: {issue.Message}")]);
    }

    public static PlannedTarget Of(RollbackPlan plan) => new(
        plan.Target.Context, plan.Target.Label, plan.Target.IsProtected, plan.Error?.Message, [],
        [
            .. plan.Steps.Select(step => new PlannedObject(
                step.Undo.Address.Kind.Gvk.ApiVersion, step.Undo.Address.Kind.Kind, step.Undo.Address.Namespace, step.Undo.Address.Name,
                step.Obstacle is not null ? "refused" : step.ChangedSince.IsEmpty ? Action(step.Diff.Kind, []) : "conflict",
                null, step.Diff.BeforeText, step.Diff.AfterText, [.. step.Diff.Fields.Select(field => field.Path)],
                step.Obstacle is { } obstacle ? [new PlannedProblem(obstacle)] : [], [],
                [.. step.ChangedSince.Select(field => new PlannedConflict(field, null, step.DeletesChanges
                    ? $"`{field}` was changed by somebody else since; the object was created by the apply and is deleted with it."
                    : $"`{field}` was changed by somebody else since; it stays as it is now."))], false, false)),
        ],
        new PlannedIssues([], [], 0), []);

    public static AppliedObjectMessage Of(AppliedObject one) => new(
        one.Address.Kind.Gvk.ApiVersion, one.Address.Kind.Kind, one.Address.Namespace, one.Address.Name,
        JsonNamingPolicy.CamelCase.ConvertName(one.Outcome.ToString()), one.Note.Length > 0 ? one.Note : null);

    private static string Action(DiffKind kind, ImmutableArray<PlanFinding> about) =>
        about.Any(finding => finding.IsRefusal && finding.Kind != PlanFindingKind.FieldConflict) ? "refused"
        : about.Any(finding => finding is { IsRefusal: true, Kind: PlanFindingKind.FieldConflict }) ? "conflict"
        : kind switch
        {
            DiffKind.Created => "create",
            DiffKind.Changed => "update",
            DiffKind.Deleted => "delete",
            _ => "unchanged",
        };

    private static PlannedProblem[] Problems(ImmutableArray<PlanFinding> about, Snapshot snapshot) =>
    [
        .. about.Where(finding => finding.Kind is not (PlanFindingKind.FieldConflict or PlanFindingKind.ServerWarning))
            .Select(finding => new PlannedProblem(finding.Message, finding.Field, finding.Source is { } source ? At(source, finding.Field, snapshot) : null)),
    ];

    private static PlannedConflict[] Conflicts(ImmutableArray<PlanFinding> about, Snapshot snapshot) =>
    [
        .. about.Where(finding => finding.Kind == PlanFindingKind.FieldConflict)
            .Select(finding => new PlannedConflict(finding.Field ?? "", finding.Owner, finding.Message, finding.Source is { } source ? At(source, finding.Field, snapshot) : null)),
    ];

    private static PlannedIssue Issue(ClusterIssue issue) =>
        new(issue.Object.ToString(), issue.Code, JsonNamingPolicy.CamelCase.ConvertName(issue.Severity.ToString()), issue.Message, issue.Field);

    /// <summary>Null for what kustomize rendered and nobody wrote.</summary>
    private static Location? At(ScopedObject source, string? field, Snapshot snapshot) =>
        source.Origin is { } origin ? origin.Of(field) is { } place ? new Location(snapshot.UriOf(place.Path), Convert.ToLsp(place.Range)) : null :
        snapshot.Analysis.Workspace.File(source.Path) is null ? null : new Location(snapshot.UriOf(source.Path), Convert.ToLsp(FieldPlace.Of(source, field)));
}
