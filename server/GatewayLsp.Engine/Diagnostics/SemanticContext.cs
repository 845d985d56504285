using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics;

/// <summary>
/// An object under check by the rules of meaning: whom they may ask, and where they put their findings. What they ask is
/// remembered, so that they run again only when some answer is another one; for that reason there is no way round
/// <see cref="Resolver"/> to anything that other objects say.
/// </summary>
internal sealed class SemanticContext(Dependencies resolver, ObjectView view, bool isSound, ImmutableArray<Diagnostic>.Builder findings)
{
    /// <summary>The fields that decide what an object is to others.</summary>
    private static readonly string[] Meaning =
        ["spec.gatewayClassName", "spec.listeners", "spec.allowedListeners", "spec.parentRefs", "spec.hostnames", "spec.rules", "spec.ports", "spec.type", "data", "stringData", "type"];

    private HashSet<(string Code, TextSpan Span)>? _seen;

    public Dependencies Resolver => resolver;

    /// <summary>Which matches of the route under check get no requests at a listener, under exactly that hostname; null: for all hosts.</summary>
    public ShadowAnswer ShadowsAt(ResolvedListener listener, Route route, string? hostname) =>
        resolver.Ask(snapshot => ShadowAnswer.Of(snapshot, listener, route, hostname));

    /// <summary>The TCPRoute or UDPRoute that gets the connections of a listener; null when none does.</summary>
    public TracedRoute? FirstStreamAt(ResolvedListener listener) => resolver.Ask(snapshot => FirstStreamAnswer.Of(snapshot, listener)).First;

    /// <summary>True when some HTTPRoute or GRPCRoute is attached to a listener.</summary>
    public bool HasKindAt(ResolvedListener listener, RouteKind kind) => resolver.Ask(snapshot => KindAtAnswer.Of(snapshot, listener, kind)).IsAttached;

    /// <summary>The first HTTPRoute or GRPCRoute at a listener under exactly that hostname (null: for all hosts); null when there is none.</summary>
    public RoutingRoute? OtherKindAt(ResolvedListener listener, RouteKind other, string? hostname) =>
        resolver.Ask(snapshot => OtherKindAnswer.Of(snapshot, listener, other, hostname)).First;

    /// <summary>False when fields of the object are wrong: what is read as left out may be meant to be something else.</summary>
    public bool IsSound => isSound;

    /// <summary>How much weighs what is wrong only if the files tell all there is.</summary>
    public DiagnosticSeverity Absent => resolver.IsComplete ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    /// <summary>
    /// How much weighs that none of the files has an object. An error where they are all there is, and a warning where others of its
    /// kind stand beside the one that refers to it, in its file or its kustomization. Objects that come from elsewhere are what most
    /// repositories have; then a name that is nearly the same is worth a remark, and nothing is said without (null).
    /// </summary>
    public DiagnosticSeverity? AbsentFor(ObjectView from, ObjectRef wanted)
    {
        if (resolver.IsComplete)
        {
            return DiagnosticSeverity.Error;
        }
        if (resolver.IsWhole(wanted.Group, wanted.Kind))
        {
            return DiagnosticSeverity.Warning; // What is seen of a cluster: somebody else may be about to make it.
        }
        string? own = PathOf(from);
        foreach (ImmutableList<IndexedObject> same in resolver.KindObjects(wanted.Group, wanted.Kind).Values)
        {
            foreach (IndexedObject one in same)
            {
                if (one.Object.NamespaceOrDefault == wanted.Namespace && own is not null && (one.Path == own || resolver.Kustomized.ComeTogether(one.Path, own)))
                {
                    return DiagnosticSeverity.Warning;
                }
            }
        }
        return NearestName.Of(wanted.Name, resolver.NamesIn(wanted.Group, wanted.Kind, wanted.Namespace)) is null ? null : DiagnosticSeverity.Information;
    }

    /// <summary>How much weighs that the grant for a reference is missing. Of what is seen of a cluster it may be what somebody is about to make, as the object itself.</summary>
    public DiagnosticSeverity UngrantedFor(bool isCertain) =>
        !isCertain ? DiagnosticSeverity.Information
        : !resolver.IsComplete && resolver.IsWhole(ApiGroups.Gateway, "ReferenceGrant") ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;

    /// <summary>What is there and wrong is an error; for what is not there see <see cref="AbsentFor"/>.</summary>
    public DiagnosticSeverity? WeightOf(ObjectView from, ReferenceIssue issue) =>
        issue.Problem == ReferenceProblem.NotFound ? AbsentFor(from, issue.Reference) : DiagnosticSeverity.Error;

    /// <summary>
    /// True when the namespace of an object is not written: a kustomization, <c>kubectl -n</c> or a deployment tool may put it
    /// into any.
    /// </summary>
    public bool MayMove(ObjectView one) => Unsettled.MayMove(resolver, one);

    /// <summary>True when the object that is referred to may be there although no file has it.</summary>
    public bool MayMeet(ObjectView from, ObjectRef wanted) => Unsettled.MayMeet(resolver, from, wanted);

    /// <summary>Reports at the value of the first of these fields that is written in a part of the object, else at its first key.</summary>
    public void Report(
        IRule rule, ModelElement at, ReadOnlySpan<string> keys, string message,
        DiagnosticSeverity? severity = null, RelatedLocation? related = null, ImmutableArray<Fix> fixes = default)
    {
        (TextSpan span, string field) = Place(at.Node, keys, view.Object.Node);
        Report(rule, span, field, message, severity, related, fixes);
    }

    public void Report(
        IRule rule, TextSpan span, string field, string message,
        DiagnosticSeverity? severity = null, RelatedLocation? related = null, ImmutableArray<Fix> fixes = default)
    {
        if (view.Object.Document.IsDamaged(span) || !(_seen ??= []).Add((rule.Code, span)))
        {
            return;
        }
        findings.Add(new Diagnostic
        {
            Code = rule.Code,
            Severity = severity ?? rule.Severity,
            Source = rule.Source,
            Message = message,
            Span = span,
            Object = view.Object,
            Field = field,
            Related = related is null ? [] : [related],
            Fixes = fixes.IsDefault ? [] : fixes,
        });
    }

    /// <summary>The value of a field, as a place to put a correction; null when it is not written as plain text.</summary>
    public static TextSpan? Correctable(ModelElement at, string key) =>
        (at.Node.Resolved() as YamlMapping)?.Find(key)?.Value is YamlScalar { IsMissing: false, IsOpaque: false } scalar ? scalar.Span : null;

    /// <summary>A place in any file of the workspace.</summary>
    public RelatedLocation? Related(ObjectView owner, ModelElement at, ReadOnlySpan<string> keys, string message)
    {
        foreach (IndexedObject one in resolver.Objects(Resolution.Resolver.KeyOf(owner)))
        {
            if (ReferenceEquals(one.Object, owner.Object))
            {
                return new RelatedLocation(one.Path, owner.Object.Document, Place(at.Node, keys, null).Span, message);
            }
        }
        return null;
    }

    /// <summary>
    /// False when several files define the parent or its Gateway, each for a cluster or environment of its own: which of them
    /// a route is for nobody knows. So it is when a kustomization changes what they say.
    /// </summary>
    public bool IsSettled(ResolvedParent parent) => IsSettled(parent.Ref.Key) && (parent.Gateway is null || IsSettled(parent.Gateway.Key));

    public bool IsSettled(ObjectKey key)
    {
        ImmutableList<IndexedObject> all = resolver.Objects(key);
        return all.Count < 2 && (all.IsEmpty || resolver.Overlays.IsEmpty || !Unsettled.IsChanged(resolver, all[0], Meaning));
    }

    /// <summary>True when a kustomization changes that field of the object.</summary>
    public bool IsChanged(ObjectView one, string field) => Unsettled.IsChanged(resolver, one, field);

    /// <summary>True when the other object stands in the same file as the one under check: the two are meant to be applied together.</summary>
    public bool IsInSameFile(ObjectView other)
    {
        string? own = PathOf(view);
        return own is not null && own == PathOf(other);
    }

    private string? PathOf(ObjectView one) => Unsettled.PathOf(resolver, one);

    /// <summary>The value of the first of these fields that is written, else the first key.</summary>
    /// <param name="within">The object that the field's path begins in; null for the document's root.</param>
    public static (TextSpan Span, string Field) Place(YamlNode node, ReadOnlySpan<string> keys, YamlNode? within = null)
    {
        if (node.Resolved() is not YamlMapping mapping)
        {
            return (node.Span, FieldPath.Of(node, within));
        }
        foreach (string key in keys)
        {
            if (mapping.Find(key) is { } entry)
            {
                TextSpan span = entry.Value is YamlScalar { IsMissing: false } ? entry.Value.Span : entry.Key.Span;
                return (span, FieldPath.Of(entry, within));
            }
        }
        return mapping.Entries is [{ } first, ..] ? (first.Key.Span, FieldPath.Of(node, within)) : (node.Span, FieldPath.Of(node, within));
    }
}
