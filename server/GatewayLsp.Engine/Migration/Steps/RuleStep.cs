using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>A rule of a route: where its requests go.</summary>
internal static class RuleStep
{
    public static void Run(StepContext context, EditMapping rule)
    {
        bool isHttp = context.Target.Kind is "HTTPRoute" or "GRPCRoute";
        if (isHttp)
        {
            context.Rename(rule, "match", "matches", "The list `matches` took the place of `match`.");
            context.WantList(rule, "matches", "`matches` is a list.");
            foreach (EditMapping match in rule.Items("matches"))
            {
                MatchStep.Run(context, match);
            }
            context.Rename(rule, "filter", "filters", "The list `filters` took the place of `filter`.");
            context.WantList(rule, "filters", "`filters` is a list.");
            foreach (EditMapping filter in rule.Items("filters"))
            {
                FilterStep.Run(context, filter);
            }
        }
        else if (rule.Find("matches") is { Value: EditSequence { Items.Count: 0 } } && context.Target.Kind != "TLSRoute")
        {
            context.Drop(rule, "matches", $"Rules of a {context.Target.Kind} have no `matches`: all connections of the listener go to its backends.");
        }
        else if (rule.Find("matches") is { } matches && context.Target.Kind != "TLSRoute")
        {
            context.CommentOut(rule, matches, $"Rules of a {context.Target.Kind} have no `matches`: all connections of the listener go to its backends. Give connections that are to go elsewhere a listener of their own.");
        }
        if (rule.Find("action") is { Value: EditMapping } action && context.Log.Field(action, "`backendRefs` and `filters` are fields of the rule; there is no `action` around them any more."))
        {
            Edits.Hoist(rule, action);
        }
        foreach ((string old, string message) in Olds)
        {
            Forward(context, rule, old, message);
        }
        Backends(context, rule);
    }

    private static readonly (string Old, string Message)[] Olds =
    [
        ("forwardTo", "`backendRefs` took the place of `forwardTo`: `name` for its `serviceName`, `port` and `weight` as before."),
        ("backendRef", "The list `backendRefs` took the place of `backendRef`."),
        ("backends", "`backendRefs` took the place of `backends`."),
    ];

    private static void Forward(StepContext context, EditMapping rule, string old, string message)
    {
        if (rule.Find(old) is not { } entry)
        {
            return;
        }
        if (rule.Find("backendRefs") is not null)
        {
            context.Log.Human(entry, $"`{old}` is written beside `backendRefs`, which replaced it: move the backends that are still needed into `backendRefs` and delete `{old}`.");
            return;
        }
        if (!context.Log.Open(entry, message))
        {
            return;
        }
        entry.Rename("backendRefs");
        Backends(context, rule);
        context.Log.Close();
    }

    private static void Backends(StepContext context, EditMapping rule)
    {
        context.WantList(rule, "backendRefs", "`backendRefs` is a list.");
        context.WantNames(rule, "backendRefs", "A backend is a mapping with `name`.");
        if (rule.Get("backendRefs") is not EditSequence list)
        {
            return;
        }
        foreach (EditItem item in list.Items.ToArray())
        {
            if (item.Value is EditMapping backend)
            {
                BackendStep.Run(context, backend);
                Mirror(context, rule, list, item, backend);
                IdleMirror(context, item, backend);
            }
        }
        if (list.Items.Count == 0 && list.Origin is not null && rule.Find("filters") is not null)
        {
            Edits.Remove(rule, rule.Find("backendRefs")!);
        }
    }

    /// <summary>A backend without requests that a comment calls a mirror: nothing of that name or weight ever copied requests.</summary>
    private static void IdleMirror(StepContext context, EditItem item, EditMapping backend)
    {
        if (backend.Find("mirror") is null && backend.Find("weight") is { } weight && backend.Text("weight") == "0"
            && Edits.Comments(item).Exists(static comment => comment.Contains("mirror", StringComparison.OrdinalIgnoreCase)))
        {
            context.Log.Human(weight, "A backend with `weight: 0` gets no requests, and no copies either: make a filter of `type: RequestMirror` for it if it is to be a mirror, or delete it.");
        }
    }

    /// <summary>A backend that got a copy of each request: that is a filter's job now.</summary>
    private static void Mirror(StepContext context, EditMapping rule, EditSequence list, EditItem item, EditMapping backend)
    {
        if (backend.Find("mirror") is not { } mirror)
        {
            return;
        }
        if (mirror.Value is EditScalar { IsKnown: true } flag && flag.Value.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            context.Drop(backend, "mirror", "`mirror: false` says nothing: a backend is not a mirror.");
            return;
        }
        if (!context.Log.Open(mirror, "A filter of `type: RequestMirror` with a `requestMirror` took the place of `mirror`; the backend gets a copy of each request there."))
        {
            return;
        }
        List<string> comments = Edits.Comments(item);
        var target = new EditMapping(null, isFlow: false);
        foreach (EditEntry entry in backend.Entries.ToArray())
        {
            if (entry.Name is "group" or "kind" or "namespace" or "name" or "port")
            {
                entry.Lead = null;
                target.Entries.Add(Edits.Take(backend, entry));
                Edits.Comments(entry).ForEach(kept => comments.Remove(kept));
            }
        }
        EditMapping filter = Edits.Map(("type", Edits.Scalar("RequestMirror")), ("requestMirror", Edits.Map(("backendRef", target))));
        if (backend.Text("mirrorPercent") is { } percent)
        {
            Edits.Add(filter.Map("requestMirror")!, "percent", Edits.Scalar(percent));
        }
        // What stood above the item goes with it; what was said of its weight too.
        var moved = new EditItem(filter) { Column = item.Column, Above = [.. Edits.Pad(comments, item)] };
        list.Items.Remove(item);
        if (rule.Get("filters") is EditSequence filters)
        {
            filters.Items.Add(moved);
        }
        else
        {
            var made = new EditSequence(null, isFlow: false);
            made.Items.Add(moved);
            int at = rule.Entries.FindIndex(e => e.Name == "backendRefs");
            Edits.InsertAfter(rule, at > 0 ? rule.Entries[at - 1] : null, EditEntry.New("filters", made));
        }
        context.Log.Close();
    }
}
