using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.CodeLens;

/// <summary>codeLens/resolve: the words of a lens and the places behind them, from the present state of its object.</summary>
internal static class LensResolver
{
    /// <summary>Null when there is no such object any more.</summary>
    /// <param name="path">The file of the lens; null where one definition of the object is as good as another.</param>
    public static LensText? Resolve(Workspace workspace, LensKind kind, ObjectKey key, string? section, string? path = null) => kind switch
    {
        LensKind.Listener or LensKind.Route when path is not null && Elsewhere(workspace, key, path) is { } other => other,
        LensKind.Listener => Listener(workspace, key, section),
        LensKind.Route => workspace.Resolver.Find<Route>(key) is { } route ? OfRoute(workspace, route) : null,
        LensKind.Service => OfService(workspace, key),
        LensKind.Live => LiveLens.Of(workspace, key),
        _ => null,
    };

    /// <summary>What a definition comes to that does not count would be counted at the one that does.</summary>
    private static LensText? Elsewhere(Workspace workspace, ObjectKey key, string path)
    {
        ImmutableList<IndexedObject> same = workspace.Index.Find(key);
        return same.Count > 1 && same.Exists(one => one.Path == path) && KindGroups.Canonical(same) is { } counts && counts.Path != path
            ? new LensText("another file defines the same object, and that one counts", Places(workspace, [SymbolOccurrences.OfObject(counts)]))
            : null;
    }

    private static LensText? Listener(Workspace workspace, ObjectKey key, string? section)
    {
        Resolver resolver = workspace.Resolver;
        ResolvedListener? listener = ListenersOf(resolver, key).FirstOrDefault(one => one.Name == section);
        if (listener is null)
        {
            // It takes no part in a Gateway that is known, so only those that name it can be counted.
            int named = resolver.RoutesOf(key).Count(route => route.ParentRefs.Any(parent => parent.Key == key && (parent.SectionName ?? section) == section));
            return new LensText(Count(named, "route") + (named == 1 ? " names it" : " name it"), []);
        }
        ImmutableArray<AttachedRoute> attached = resolver.RoutesAt(listener);
        var refused = new HashSet<Route>(ReferenceEqualityComparer.Instance);
        foreach (Referrer referrer in workspace.References.To(key))
        {
            if (referrer.Reference.Role == ReferenceRole.Parent && referrer.Reference.From.View() is Route route && IsRefused(resolver.Route(route), listener))
            {
                refused.Add(route);
            }
        }
        string title = $"{Count(attached.Length, "route")} attached{(refused.Count > 0 ? $", {refused.Count} refused" : "")}";
        return new LensText(title, Places(workspace, attached.Select(one => Part(workspace, one.Route, one.Parent.Ref.Node))));
    }

    /// <summary>True for a route that asks for the listener and gets nowhere, for certain.</summary>
    private static bool IsRefused(ResolvedRoute route, ResolvedListener listener)
    {
        foreach (ResolvedParent parent in route.Parents)
        {
            if (parent.Outcome is not (AttachOutcome.Attached or AttachOutcome.Unknown) && parent.Candidates.Contains(listener))
            {
                return true;
            }
        }
        return false;
    }

    private static LensText OfRoute(Workspace workspace, Route route)
    {
        ResolvedRoute resolved = workspace.Resolver.Route(route);
        int attached = resolved.Parents.Count(parent => parent.Outcome == AttachOutcome.Attached);
        int unknown = resolved.Parents.Count(parent => parent.Outcome is AttachOutcome.Unknown or AttachOutcome.ForeignParent);
        string title = resolved.Parents.IsEmpty ? "no parents"
            : unknown == resolved.Parents.Length ? $"parents: {unknown} not known"
            : $"parents: {attached} of {resolved.Parents.Length} {(attached == 1 ? "attaches" : "attach")}{(unknown > 0 ? $", {unknown} not known" : "")}";
        IEnumerable<Occurrence?> places = resolved.Parents.SelectMany(parent => parent.Listeners.IsEmpty
            ? [parent.Target is { } target ? Part(workspace, target, target.Node) : null]
            : parent.Listeners.Select(at => Part(workspace, at.Listener.Owner, at.Listener.Listener.Node)));
        return new LensText(title, Places(workspace, places));
    }

    private static LensText? OfService(Workspace workspace, ObjectKey key)
    {
        if (workspace.Index.Find(key).IsEmpty)
        {
            return null;
        }
        var routes = new HashSet<ObjectKey>();
        var ingresses = new HashSet<ObjectKey>();
        var places = new List<Occurrence?>();
        foreach (Referrer referrer in workspace.References.To(key))
        {
            ManifestObject from = referrer.Reference.From;
            // A copy of a request, and a question whether it may pass, are requests too.
            HashSet<ObjectKey>? counted = referrer.Reference.Role is not (ReferenceRole.Backend or ReferenceRole.Mirror or ReferenceRole.Authorization) ? null
                : ObjectParts.IsRoute(from.Gvk.Group, from.Kind) ? routes
                : from.Kind == "Ingress" ? ingresses
                : null;
            if (counted is not null)
            {
                counted.Add(ResourceIndex.KeyOf(from, workspace.Catalog));
                places.Add(referrer.Reference.NameNode is { } name ? Occurrence.Use(referrer.Path, from.Document, name) : null);
            }
        }
        string title = $"reached by {Count(routes.Count, "route")}";
        if (ingresses.Count > 0)
        {
            title = (routes.Count == 0 ? "reached by " : title + ", ") + (ingresses.Count == 1 ? "1 Ingress" : $"{ingresses.Count} Ingresses");
        }
        return new LensText(title, Places(workspace, places));
    }

    private static IEnumerable<ResolvedListener> ListenersOf(Resolver resolver, ObjectKey key)
    {
        if (resolver.Find<ListenerSet>(key) is { } set)
        {
            return resolver.ListenerSet(set)?.Listeners ?? [];
        }
        return resolver.Gateway(key)?.Listeners ?? [];
    }

    /// <summary>The name of a part of an object, or of the object itself, in the file that has it.</summary>
    private static Occurrence? Part(Workspace workspace, ObjectView owner, YamlNode part)
    {
        foreach (IndexedObject found in workspace.Index.Find(Resolver.KeyOf(owner)))
        {
            if (ReferenceEquals(found.Object, owner.Object))
            {
                return ReferenceEquals(part, owner.Node)
                    ? SymbolOccurrences.OfObject(found)
                    : Occurrence.Use(found.Path, found.Object.Document, (part.Resolved() as YamlMapping)?.Get("name") ?? part);
            }
        }
        return null;
    }

    private static ImmutableArray<PlaceItem> Places(Workspace workspace, IEnumerable<Occurrence?> occurrences) =>
        new PlaceList(workspace).Of(occurrences.OfType<Occurrence>().Select(one => one with { Whole = one.Span }), "");

    private static string Count(int count, string noun) => count switch
    {
        0 => $"no {noun}s",
        1 => $"1 {noun}",
        _ => $"{count} {noun}s",
    };
}
