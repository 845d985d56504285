using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>
/// <c>listeners[].routes</c>: the Gateway chose its routes. Today a route chooses its Gateways by <c>parentRefs</c>, and
/// <c>allowedRoutes</c> of the listener says which may.
/// </summary>
internal static class ListenerRoutesStep
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";

    public static void Run(StepContext context, EditMapping listener)
    {
        if (listener.Find("routes") is not { } entry)
        {
            return;
        }
        if (!context.Log.Open(entry, "`allowedRoutes` of a listener took the place of `routes`: it says which routes may attach, and each route chooses its Gateways by `parentRefs`."))
        {
            return;
        }
        EditMapping[] choices = entry.Value switch
        {
            EditMapping one => [one],
            _ => [.. listener.Items("routes")],
        };
        foreach (EditMapping choice in choices)
        {
            Tell(context, entry, choice);
        }
        foreach (string name in Names(entry.Value))
        {
            TellRoute(context, entry, null, name);
        }
        if (listener.Find("allowedRoutes") is not null)
        {
            Edits.Remove(listener, entry);
        }
        else
        {
            EditMapping allowed = Allowed(context, choices);
            entry.Rename("allowedRoutes");
            Edits.Replace(entry, allowed);
        }
        context.Log.Close();
    }

    /// <summary>The plain names of a list of routes.</summary>
    private static IEnumerable<string> Names(EditNode routes) => routes is EditSequence list
        ? list.Items.Select(item => item.Value).OfType<EditScalar>().Where(s => s.IsKnown && s.Value.Length > 0).Select(s => s.Value)
        : [];

    private static EditMapping Allowed(StepContext context, EditMapping[] choices)
    {
        var allowed = new EditMapping(null, isFlow: false);
        EditMapping? namespaces = null;
        var kinds = new List<(string Kind, string? Group)>();
        var foreign = new SortedSet<string>(StringComparer.Ordinal);
        foreach (EditMapping choice in choices)
        {
            namespaces ??= choice.Map("namespaces") is { Entries.Count: > 0 } written ? written : null;
            if (choice.Text("from") is { } from)
            {
                namespaces ??= Edits.Map(("from", Edits.Scalar(from)));
            }
            if (choice.Get("namespaceSelector") is EditMapping selector)
            {
                namespaces ??= Edits.Map(("from", Edits.Scalar("Selector")), ("selector", selector));
            }
            if (choice.Text("namespace") is { } ns && ns != context.Object.NamespaceOrDefault)
            {
                foreign.Add(ns);
            }
            if (choice.Text("kind") is { } kind && !kinds.Exists(k => k.Kind == kind))
            {
                string? group = choice.Text("group");
                kinds.Add((kind, group is null or MigrationTarget.OldGroup or MigrationTarget.Group ? null : group));
            }
        }
        if (namespaces is not null)
        {
            if (namespaces.Find("from") is null)
            {
                Edits.InsertAfter(namespaces, null, EditEntry.New("from", Edits.Scalar(namespaces.Find("selector") is null ? "Same" : "Selector")));
            }
            foreach (EditEntry moved in namespaces.Entries)
            {
                moved.Lead = null;
            }
        }
        EditEntry holder = Edits.Add(allowed, "namespaces", namespaces ?? OfNamespaces(context, foreign));
        if (namespaces is { IsFlow: false } && choices.Select(c => c.Find("namespaces")).FirstOrDefault(e => e?.Value == namespaces) is { } old)
        {
            holder.Head = old.Head;
        }
        if (kinds.Count > 0)
        {
            Edits.Add(allowed, "kinds", Edits.List([.. kinds.Select(k => k.Group is null
                ? Edits.Map(("kind", Edits.Scalar(k.Kind)))
                : Edits.Map(("group", Edits.Scalar(k.Group)), ("kind", Edits.Scalar(k.Kind))))]));
        }
        return allowed;
    }

    private static EditMapping OfNamespaces(StepContext context, SortedSet<string> foreign)
    {
        if (foreign.Count == 0)
        {
            return Edits.Map(("from", Edits.Scalar("Same")));
        }
        foreign.Add(context.Object.NamespaceOrDefault);
        return Edits.Map(("from", Edits.Scalar("Selector")), ("selector", Edits.Map(("matchExpressions", Edits.List(Edits.Map(
            ("key", Edits.Scalar(NamespaceLabel)), ("operator", Edits.Scalar("In")),
            ("values", Edits.List([.. foreign.Select(Edits.Scalar)]))))))));
    }

    /// <summary>What a choice said that no listener can say today.</summary>
    private static void Tell(StepContext context, EditEntry routes, EditMapping choice)
    {
        if (choice.Text("name") is { } name)
        {
            TellRoute(context, choice.Find("name")!, choice, name);
        }
        if (choice.Find("selector") is { } selector)
        {
            context.Log.Human(selector, "A listener can't choose routes by their labels any more. The routes of the workspace that have these labels name the Gateway in their `parentRefs` now: see that no route is missing, and add the Gateway to the `parentRefs` of those that are not in the workspace.");
        }
        if (choice.Text("path") is { } path)
        {
            context.Log.Human(choice.Find("path")!, $"Paths are matched by the route, not by the listener: write a match for `{path}` into the `matches` of each route that is meant.");
        }
        _ = routes;
    }

    private static void TellRoute(StepContext context, EditPart at, EditMapping? choice, string name)
    {
        string ns = choice?.Text("namespace") ?? context.Object.NamespaceOrDefault;
        var known = context.Facts.NamespacesOf(choice?.Text("kind"), name);
        if (known.Contains(ns))
        {
            return;
        }
        context.Log.Human(at, known.Length == 0
            ? $"The route `{name}` is not among the manifests: add the Gateway `{context.Object.Name}` to its `parentRefs`."
            : $"The route `{name}` is in the namespace `{known[0]}`, and this listener is for routes of `{ns}`: if it is the one that is meant, add the Gateway to its `parentRefs`, with the `namespace`, and allow `{known[0]}` in `allowedRoutes.namespaces`.");
    }
}
