using System.Text.Json;

namespace GatewayLsp.Server.Protocol;

// What the methods that write to clusters send and get (docs/protocol.md).

/// <param name="Kind"><c>object</c>, <c>selection</c>, <c>file</c>, <c>folder</c>, <c>kustomize</c> or <c>workspace</c>.</param>
internal sealed record DeployScopeParams(string Kind, string? Uri = null, Position? Position = null, LspRange? Range = null);

/// <param name="Force">Take fields that others own.</param>
/// <param name="CreateNamespaces">Make namespaces that are missing.</param>
internal sealed record PlanParams(IReadOnlyList<string> Contexts, DeployScopeParams Scope, bool Force = false, bool CreateNamespaces = false);

/// <param name="Plan">Names the plan for <c>gatewayLsp/apply</c>.</param>
internal sealed record PlanResult(string Plan, IReadOnlyList<PlannedTarget> Targets);

/// <param name="Refused">Why nothing can be applied there; null when it can.</param>
/// <param name="Unsupported">What the target's implementation does not support, in words.</param>
internal sealed record PlannedTarget(
    string Context,
    string Label,
    bool Protected,
    string? Refused,
    IReadOnlyList<string> NamespacesMissing,
    IReadOnlyList<PlannedObject> Objects,
    PlannedIssues Issues,
    IReadOnlyList<string> Unsupported);

/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>unchanged</c>, <c>conflict</c> or <c>refused</c>.</param>
/// <param name="Before">YAML without noise and without values of Secrets; empty when it is not there.</param>
/// <param name="Predicted">It could not be run dry, as what it needs is made first.</param>
internal sealed record PlannedObject(
    string ApiVersion,
    string Kind,
    string Namespace,
    string Name,
    string Action,
    Location? Location,
    string Before,
    string After,
    IReadOnlyList<string> Fields,
    IReadOnlyList<PlannedProblem> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<PlannedConflict> Conflicts,
    bool Predicted,
    bool NamespaceDefaulted);

internal sealed record PlannedProblem(string Message, string? Field = null, Location? Location = null);

/// <param name="Manager">Who owns the field; null when the server does not say.</param>
internal sealed record PlannedConflict(string Field, string? Manager, string Message, Location? Location = null);

/// <param name="Unchanged">Number of findings about the cluster's objects that stay.</param>
internal sealed record PlannedIssues(IReadOnlyList<PlannedIssue> Introduced, IReadOnlyList<PlannedIssue> Fixed, int Unchanged);

internal sealed record PlannedIssue(string Object, string Code, string Severity, string Message, string? Field = null);

/// <param name="Contexts">Those of the plan that are meant; null: all of them.</param>
/// <param name="Confirmed">The user saw the plan and said yes.</param>
/// <param name="Typed">For protected contexts: their names as the user typed them.</param>
/// <param name="Force">For a rollback: also when others changed the objects since.</param>
/// <param name="Resume">Keep what an interrupted apply wrote, and go on.</param>
/// <param name="Wait">Seconds to wait for controllers.</param>
internal sealed record ApplyParams(
    string Plan,
    IReadOnlyList<string>? Contexts = null,
    bool Confirmed = false,
    IReadOnlyDictionary<string, string>? Typed = null,
    bool Force = false,
    bool Resume = false,
    double Wait = 30,
    JsonElement WorkDoneToken = default);

internal sealed record ApplyResultMessage(IReadOnlyList<AppliedTarget> Targets);

/// <param name="Outcome"><c>applied</c>, <c>failed</c>, <c>rolledBack</c>, <c>cancelled</c> or <c>refused</c>.</param>
internal sealed record AppliedTarget(
    string Context,
    string Outcome,
    IReadOnlyList<AppliedObjectMessage> Objects,
    IReadOnlyList<ConditionMessage> Conditions,
    IReadOnlyList<string> Addresses,
    string? Message);

/// <param name="Outcome"><c>created</c>, <c>changed</c>, <c>failed</c>, <c>notReached</c>, <c>rolledBack</c> or <c>notRolledBack</c>.</param>
internal sealed record AppliedObjectMessage(string ApiVersion, string Kind, string Namespace, string Name, string Outcome, string? Message = null);

/// <param name="Of">Whose it is within the object, e.g. <c>listener web</c>; empty for its own.</param>
internal sealed record ConditionMessage(string Object, string Of, string Type, string Status, string Reason, string Message, bool Bad);

/// <param name="Outcome"><c>writing</c> or <c>undoing</c> before it, then as in the result.</param>
internal sealed record DidApplyObjectParams(string Plan, string Context, ObjectRefMessage Ref, string Outcome);

internal sealed record ObjectRefMessage(string Kind, string Namespace, string Name);

internal sealed record ClientProgressParams(JsonElement Token, WorkDoneProgress Value);

internal sealed record HistoryResult(IReadOnlyList<HistoryEntry> Applies, UnfinishedEntry? Unfinished);

/// <param name="Time">RFC 3339.</param>
/// <param name="Outcome"><c>applied</c>, <c>rolledBack</c>, <c>partlyRolledBack</c>, <c>refused</c>, <c>interrupted</c>, <c>running</c> or <c>unreadable</c>.</param>
/// <param name="Undoable">Something of it can still be taken back.</param>
internal sealed record HistoryEntry(string Id, string Time, string Outcome, IReadOnlyList<HistoryObject> Objects, bool Undoable);

/// <param name="Diff">The difference as it was shown, a line each with its mark.</param>
internal sealed record HistoryObject(string ApiVersion, string Kind, string Namespace, string Name, string Action, string Before, string After, IReadOnlyList<string> Diff);

/// <param name="Written">Objects that were written before it was interrupted.</param>
internal sealed record UnfinishedEntry(string Id, string Time, int Written, int Total);

internal sealed record RollbackPlanParams(string Context, string? Id = null);

/// <param name="Lost">Contexts that are given up, beside those that do not answer.</param>
/// <param name="Back">The way back: routes that were shifted and whose earlier backends have endpoints again.</param>
/// <param name="Force">Take fields that others own.</param>
internal sealed record FailoverPlanParams(IReadOnlyList<string>? Lost = null, bool Back = false, bool Force = false);

/// <param name="Plan">Null when there is nothing that could be shifted.</param>
/// <param name="Notes">What does not work, what is prepared and what can't be, a line each.</param>
internal sealed record FailoverPlanResult(string? Plan, IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<string> Notes);

/// <param name="Request">As for <c>gatewayLsp/trace</c>.</param>
internal sealed record SendRequestParams(string Context, string? Uri = null, Position? Position = null, JsonElement Request = default, int? Count = null, string? Address = null);
