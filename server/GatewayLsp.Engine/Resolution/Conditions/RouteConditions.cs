using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution.Conditions;

/// <summary>Status of a route at each of its parents.</summary>
internal static class RouteConditions
{
    public static ImmutableArray<ParentStatus> Of(ResolvedRoute resolved) => ImmutableCollectionsMarshal.AsImmutableArray(resolved.Status ??= Make(resolved));

    private static ParentStatus[] Make(ResolvedRoute resolved)
    {
        Condition references = ResolvedRefs(resolved);
        Condition? partial = PartiallyInvalid(resolved);
        var parents = new List<ParentStatus>(resolved.Parents.Length);
        foreach (ResolvedParent parent in resolved.Parents)
        {
            if (parent.Outcome != AttachOutcome.ForeignParent)
            {
                Condition accepted = Accepted(resolved, parent);
                parents.Add(new ParentStatus(parent, partial is null ? [accepted, references] : [accepted, references, partial]));
            }
        }
        return [.. parents];
    }

    private static Condition Accepted(ResolvedRoute resolved, ResolvedParent parent)
    {
        Route route = resolved.Route;
        string name = Naming.Of(route);
        string target = Naming.Of(parent.Ref);
        switch (parent.Outcome)
        {
            case AttachOutcome.Unknown:
                return Condition.Unknown(ConditionTypes.Accepted, resolved.Dependencies.Cluster is ""
                    ? $"{name} is for no cluster in particular, so nothing is known of {target}; say which cluster its file is for."
                    : $"{name} waits for {target}, of which the files don't tell enough.");
            case AttachOutcome.NoMatchingParent:
                return Condition.False(ConditionTypes.Accepted, ConditionReasons.NoMatchingParent, NoMatchingParent(name, target, parent));
            case AttachOutcome.NotAllowedByListeners:
                return Condition.False(ConditionTypes.Accepted, ConditionReasons.NotAllowedByListeners, NotAllowed(route, target, parent));
            case AttachOutcome.NoMatchingListenerHostname:
                return Condition.False(ConditionTypes.Accepted, ConditionReasons.NoMatchingListenerHostname, !parent.Refusing.IsEmpty
                    ? Refused(route, target, parent)
                    : $"{name} asks for {Naming.List([.. route.Hostnames.Select(one => one.Value ?? "?")])}, but {target} serves {Naming.List(Hostnames(parent))}; use a hostname that both have.");
        }
        if (resolved.IsRejected)
        {
            RuleIssue issue = resolved.RuleIssues[0];
            return Condition.False(ConditionTypes.Accepted, issue.AreFiltersIncompatible ? ConditionReasons.IncompatibleFilters : ConditionReasons.UnsupportedValue,
                $"No rule of {name} can be carried out: {Describe(resolved, issue)}");
        }
        return Condition.True(ConditionTypes.Accepted, ConditionReasons.Accepted, parent.Target is Service
            ? $"{name} holds for requests to {target}."
            : $"{name} is attached to {Naming.List([.. parent.Listeners.Select(one => $"'{one.Listener.Name}'")])} of {target}.");
    }

    private static string NoMatchingParent(string name, string target, ResolvedParent parent)
    {
        if (parent.IsParentNotAllowed)
        {
            return $"{target} may not join its Gateway, so {name} can't be attached to it; see the conditions of {target}.";
        }
        if (parent.Target is null)
        {
            return $"{name} names {target} as parent, which is not there; create it or correct parentRefs.";
        }
        string what = parent.Target is Service ? "port" : "listener";
        string wanted = (parent.Ref.SectionName, parent.Ref.Port) switch
        {
            ({ } section, { } port) => $"{what} '{section}' with port {port}",
            ({ } section, null) => $"{what} '{section}'",
            (null, { } port) => parent.Target is Service ? $"port {port}" : $"listener with port {port}",
            _ => what,
        };
        return $"{target} has no {wanted} for {name}; correct sectionName and port of the parentRef.";
    }

    private static string NotAllowed(Route route, string target, ResolvedParent parent)
    {
        string listeners = Naming.List([.. parent.Candidates.Select(one => $"'{one.Name}'")]);
        string subject = parent.Candidates.Length == 1 ? "Listener" : "Listeners";
        string verb = parent.Candidates.Length == 1 ? "takes" : "take";
        return parent.IsWrongNamespace
            ? $"{subject} {listeners} of {target} {verb} no routes of namespace {route.Namespace}; allow it in allowedRoutes.namespaces."
            : $"{subject} {listeners} of {target} {verb} no {route.Kind}; choose a listener whose protocol and allowedRoutes.kinds fit.";
    }

    private static string Refused(Route route, string target, ResolvedParent parent)
    {
        string listeners = Naming.List([.. parent.Refusing.Select(one => $"'{one.Name}'")]);
        return parent.Refusing.Length == 1
            ? $"Listener {listeners} of {target} serves hostnames of {Naming.Of(route)}, but takes no routes of namespace {route.Namespace}; allow it in allowedRoutes.namespaces."
            : $"Listeners {listeners} of {target} serve hostnames of {Naming.Of(route)}, but take no routes of namespace {route.Namespace}; allow it in allowedRoutes.namespaces.";
    }

    private static List<string> Hostnames(ResolvedParent parent) =>
        [.. parent.Candidates.Select(one => one.Listener.Hostname).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static Condition ResolvedRefs(ResolvedRoute resolved)
    {
        foreach (ResolvedBackend backend in resolved.Backends)
        {
            if (backend.Issue is { } issue)
            {
                return Condition.False(ConditionTypes.ResolvedRefs, issue.Problem switch
                {
                    ReferenceProblem.InvalidKind => ConditionReasons.InvalidKind,
                    ReferenceProblem.NotPermitted => ConditionReasons.RefNotPermitted,
                    _ => ConditionReasons.BackendNotFound,
                }, Naming.Of(issue, "a backend"));
            }
        }
        foreach (ResolvedBackend backend in resolved.Backends)
        {
            // Whether a Service of another cluster counts depends on a mesh, on exports, and on the controller.
            if (backend.Ref.IsService && backend.Presence != Presence.Present && !backend.Clusters.IsEmpty)
            {
                return Condition.Unknown(ConditionTypes.ResolvedRefs,
                    $"{Naming.Of(resolved.Route)} sends requests to {Naming.Of(backend.Ref)}, which its own cluster lacks; {Naming.List([.. backend.Clusters.Select(static one => one.Name)])} {(backend.Clusters.Length == 1 ? "has" : "have")} it.");
            }
        }
        return Condition.True(ConditionTypes.ResolvedRefs, ConditionReasons.ResolvedRefs, $"All references of {Naming.Of(resolved.Route)} are good.");
    }

    /// <summary>Set only when some rules stay.</summary>
    private static Condition? PartiallyInvalid(ResolvedRoute resolved)
    {
        if (resolved.RuleIssues.IsEmpty || resolved.IsRejected)
        {
            return null;
        }
        return Condition.True(ConditionTypes.PartiallyInvalid, ConditionReasons.UnsupportedValue, "Dropped Rule: " + Describe(resolved, resolved.RuleIssues[0]));
    }

    private static string Describe(ResolvedRoute resolved, RuleIssue issue)
    {
        string rule = issue.Rule.Name is { } name ? $"rule '{name}'" : $"rule {resolved.Route.Rules.IndexOf(issue.Rule) + 1}";
        return issue.AreFiltersIncompatible
            ? $"{rule} can't both redirect and rewrite; keep one of the filters."
            : issue.At is RouteFilter filter
                ? $"{rule} has a filter of type {filter.TypeName}, which does not exist; use one that does."
                : $"{rule} has a path match of a type that does not exist; use Exact, PathPrefix or RegularExpression.";
    }
}
