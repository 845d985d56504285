using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;
using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Cluster.Planning;

/// <summary>A step before the cluster was asked about it.</summary>
public sealed record DraftStep(ResourceAddress Address, JsonObject Body, ScopedObject? Source)
{
    public bool IsNamespaceDefaulted { get; init; }

    public bool IsAdded { get; init; }

    /// <summary>Its kind is defined by the plan itself.</summary>
    public bool IsKindPlanned { get; init; }
}

/// <summary>What is to be written at a target, in order, and what speaks against it already.</summary>
public sealed record PlanDraft(ImmutableArray<DraftStep> Steps, ImmutableArray<PlanFinding> Findings)
{
    /// <summary>Namespaces that steps need and the plan does not make.</summary>
    public ImmutableSortedSet<string> NeededNamespaces { get; } =
    [
        .. Steps.Select(step => step.Address.Namespace)
            .Where(name => name.Length > 0 && !Steps.Any(step => step.Address.Kind.GroupKind == ServedKind.Namespace.GroupKind && step.Address.Name == name)),
    ];
}

/// <summary>From the objects of files to the steps of a plan. Pure: what the cluster says is handed in.</summary>
public static class ApplyPlanner
{
    public static PlanDraft Draft(Workspace workspace, ImmutableArray<ScopedObject> scope, ClusterTarget target, TargetFacts facts, CancellationToken cancellation = default)
    {
        var findings = ImmutableArray.CreateBuilder<PlanFinding>();
        var steps = new List<DraftStep>();
        ImmutableArray<ServedKind> planned = DefinedKinds(scope);
        Errors(workspace, scope, findings, cancellation);
        var seen = new HashSet<ObjectKey>();
        foreach (ScopedObject one in scope)
        {
            if (Step(one, target, facts, planned, findings) is not { } step)
            {
                continue;
            }
            if (!seen.Add(step.Address.Key))
            {
                findings.Add(new PlanFinding(PlanFindingKind.Duplicate, true, "Another document defines the same object; which of them counts is not clear.")
                {
                    Object = step.Address.Key,
                    Source = one,
                });
                continue;
            }
            steps.Add(step);
        }
        return new PlanDraft(Ordered(steps), findings.ToImmutable());
    }

    /// <summary>The draft with steps that make namespaces.</summary>
    public static PlanDraft WithNamespaces(PlanDraft draft, IEnumerable<string> names)
    {
        IEnumerable<DraftStep> added = names.Select(name => new DraftStep(new ResourceAddress(ServedKind.Namespace, "", name),
            new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } }, null) { IsAdded = true });
        return draft with { Steps = Ordered([.. added, .. draft.Steps]) };
    }

    /// <summary>What our own schemas say of an object that the server can't run dry yet.</summary>
    public static IEnumerable<PlanFinding> Predict(DraftStep step, Workspace workspace, Channel channel)
    {
        SchemaCatalog catalog = CatalogOf(step, workspace);
        if (step.Source is not { } source || DryRun.IsUnknownKind(source.Object, catalog, channel))
        {
            yield break;
        }
        foreach (VerdictCause cause in DryRun.Of(source.Object, catalog, channel).Causes)
        {
            yield return new PlanFinding(PlanFindingKind.InvalidObject, true, cause.Message) { Object = step.Address.Key, Field = cause.Field, Source = source };
        }
    }

    /// <summary>The kinds as the target has them.</summary>
    public static SchemaCatalog CatalogOf(DraftStep step, Workspace workspace) =>
        step.Source is { } source ? workspace.CatalogOf(source.Path, source.Object.Document) : workspace.Catalog;

    private static ImmutableArray<DraftStep> Ordered(IReadOnlyList<DraftStep> steps) =>
        [.. steps.OrderBy(step => ApplyOrder.Of(step.Address.Kind.Group, step.Address.Kind.Kind))];

    /// <summary>Errors of text and fields. What objects mean together is judged with the cluster's own objects, not by the files alone.</summary>
    private static void Errors(Workspace workspace, ImmutableArray<ScopedObject> scope, ImmutableArray<PlanFinding>.Builder findings, CancellationToken cancellation)
    {
        var analysis = new Analysis(workspace);
        foreach (IGrouping<string, ScopedObject> file in scope.GroupBy(one => one.Path, StringComparer.Ordinal))
        {
            foreach (FileDiagnostic found in analysis.Diagnose(file.Key, cancellation))
            {
                Diagnostic one = found.Diagnostic;
                if (one.Severity != DiagnosticSeverity.Error || one.Source == DiagnosticSource.Semantic)
                {
                    continue;
                }
                ScopedObject? about = file.FirstOrDefault(scoped => ReferenceEquals(scoped.Object, one.Object))
                    ?? (one.Object is null ? file.FirstOrDefault(scoped => ReferenceEquals(scoped.Slot.Document, found.Slot.Document)) : null);
                if (about is not null)
                {
                    findings.Add(new PlanFinding(PlanFindingKind.InvalidObject, true, one.Message)
                    {
                        Object = ResourceIndex.KeyOf(about.Object, workspace.Catalog),
                        Field = one.Field,
                        Source = about,
                    });
                }
            }
        }
    }

    private static DraftStep? Step(ScopedObject one, ClusterTarget target, TargetFacts facts, ImmutableArray<ServedKind> planned, ImmutableArray<PlanFinding>.Builder findings)
    {
        ManifestObject manifest = one.Object;
        ObjectKey said = new(manifest.Gvk.Group, manifest.Kind, manifest.Namespace, manifest.Name);
        PlanFinding Refuse(PlanFindingKind kind, string message) => new(kind, true, message) { Object = said, Source = one };
        if (ManifestJson.Of(manifest, out YamlScalar? unfilled) is not { } body)
        {
            findings.Add(unfilled is not null
                ? Refuse(PlanFindingKind.Unreadable, "A placeholder stands here, and an apply would send it as it is. Fill it in first and apply the result.") with { Field = FieldPath.Of(unfilled, manifest.Node) }
                : Refuse(PlanFindingKind.Unreadable, !manifest.Document.Errors.IsEmpty ? "The document has YAML errors."
                    : "This is a template: its values are not known. Render it first and apply the result."));
            return null;
        }
        if (manifest.Name.Length == 0)
        {
            findings.Add(Refuse(PlanFindingKind.NoName, "`metadata.name` is missing. Objects with `generateName` can't be applied: each time there would be one more."));
            return null;
        }
        if (manifest.ApiVersion.Length == 0)
        {
            findings.Add(Refuse(PlanFindingKind.InvalidObject, "`apiVersion` is missing.") with { Field = "apiVersion" });
            return null;
        }
        ServedKind? kind = facts.Served.Find(manifest.Gvk);
        bool isPlanned = kind is null && planned.Any(made => made.Gvk == manifest.Gvk);
        kind ??= planned.FirstOrDefault(made => made.Gvk == manifest.Gvk);
        if (kind is null)
        {
            findings.Add(Refuse(PlanFindingKind.KindNotServed, NotServed(manifest.Gvk, target, facts)));
            return null;
        }
        body.Remove("status");
        var metadata = body["metadata"] as JsonObject;
        if (metadata is null)
        {
            findings.Add(Refuse(PlanFindingKind.Unreadable, "`metadata` is no mapping."));
            return null;
        }
        // They belong to another life of the object, or to another cluster.
        foreach (string name in (string[])["uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink"])
        {
            metadata.Remove(name);
        }
        bool isDefaulted = kind.IsNamespaced && manifest.Namespace.Length == 0;
        string space = !kind.IsNamespaced ? "" : isDefaulted ? target.Namespace : manifest.Namespace;
        if (kind.IsNamespaced)
        {
            metadata["namespace"] = space;
        }
        else
        {
            metadata.Remove("namespace");
        }
        return new DraftStep(new ResourceAddress(kind, space, manifest.Name), body, one) { IsNamespaceDefaulted = isDefaulted, IsKindPlanned = isPlanned };
    }

    private static string NotServed(Gvk gvk, ClusterTarget target, TargetFacts facts)
    {
        if (facts.Served.Find(gvk.Group, gvk.Kind) is { } other)
        {
            return $"{target.Label} does not serve {gvk.Kind} in `{gvk.ApiVersion}`, but in `{other.Gvk.ApiVersion}`.";
        }
        if (facts.Served.Knows(gvk.Group, gvk.Kind) == Presence.Unknown)
        {
            return $"Whether {target.Label} serves {gvk} can't be told: the server of that group does not answer.";
        }
        bool isExperimental = SchemaCatalog.Bundled.Kind(gvk) is { IsExperimental: true } && facts.Channel == Channel.Standard;
        return isExperimental
            ? $"{target.Label} does not serve {gvk}: its Gateway API is of the standard channel, and the kind is in the experimental one only."
            : $"{target.Label} does not serve {gvk}. Its CustomResourceDefinition is not installed there.";
    }

    private static ImmutableArray<ServedKind> DefinedKinds(ImmutableArray<ScopedObject> scope)
    {
        var kinds = ImmutableArray.CreateBuilder<ServedKind>();
        foreach (ScopedObject one in scope)
        {
            if (one.Object.Gvk.Group == ServedKind.CustomResourceDefinition.Group && one.Object.Kind == ServedKind.CustomResourceDefinition.Kind)
            {
                foreach (CustomKind custom in CrdReader.Read(one.Object.Node))
                {
                    kinds.Add(ServedKind.Of(custom.Kind));
                }
            }
        }
        return kinds.ToImmutable();
    }
}
