using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>A filter of a rule or backend.</summary>
internal static class FilterStep
{
    public static void Run(StepContext context, EditMapping filter)
    {
        foreach (string field in (string[])["requestHeaderModifier", "responseHeaderModifier"])
        {
            if (filter.Map(field) is { } headers)
            {
                Pairs(context, headers, "add");
                Pairs(context, headers, "set");
                context.WantList(headers, "remove", "`remove` is a list of names.");
            }
        }
        if (filter.Map("requestMirror") is { } mirror)
        {
            Mirror(context, mirror);
        }
        if (filter.Map("requestRedirect") is { } redirect)
        {
            context.Rename(redirect, "protocol", "scheme", "`scheme` took the place of `protocol`.");
            context.Rename(redirect, "host", "hostname", "`hostname` took the place of `host`.");
            Path(context, redirect);
        }
        if (filter.Map("urlRewrite") is { } rewrite)
        {
            context.Rename(rewrite, "host", "hostname", "`hostname` took the place of `host`.");
            Path(context, rewrite);
        }
    }

    /// <summary><c>add</c> and <c>set</c> were maps in v1alpha1.</summary>
    private static void Pairs(StepContext context, EditMapping headers, string field)
    {
        if (headers.Find(field) is not { Value: EditMapping map } entry || !context.Log.Open(entry, $"`{field}` is a list of `name` and `value` today."))
        {
            return;
        }
        if (map.Find("name") is not null && map.Find("value") is not null && map.Entries.Count == 2)
        {
            Edits.WrapInList(entry);
        }
        else
        {
            var list = new EditSequence(null, isFlow: false);
            foreach (EditEntry pair in map.Entries.Where(pair => pair.Value is EditScalar))
            {
                list.Items.Add(MatchStep.Pair(pair));
            }
            Edits.Replace(entry, list);
        }
        context.Log.Close();
    }

    private static void Mirror(StepContext context, EditMapping mirror)
    {
        EditEntry? old = mirror.Find("serviceName") ?? (mirror.Get("backendRef") is EditScalar or null ? mirror.Find("backendRef") : null);
        bool isOld = old is not null || (mirror.Map("backendRef") is not null && mirror.Find("port") is not null);
        if (!isOld)
        {
            if (mirror.Map("backendRef") is { } today)
            {
                BackendStep.Run(context, today);
            }
            return;
        }
        EditEntry first = old ?? mirror.Find("port")!;
        if (!context.Log.Open(first, "`backendRef` with `name` and `port` says where a mirror sends its copies."))
        {
            return;
        }
        EditMapping target = mirror.Map("backendRef") ?? new EditMapping(null, isFlow: false);
        if (old is not null)
        {
            int at = mirror.Entries.IndexOf(old);
            Edits.Take(mirror, old);
            List<string> above = old.Above;
            old.Above = [];
            old.Rename("name");
            old.Lead = null;
            target.Entries.Insert(0, old);
            if (mirror.Find("backendRef") is null)
            {
                mirror.Entries.Insert(at, EditEntry.New("backendRef", target));
                mirror.Entries[at].Above = above;
            }
        }
        if (mirror.Find("port") is { } port)
        {
            Edits.Take(mirror, port).Lead = null;
            if (target.Find("port") is null)
            {
                target.Entries.Add(port);
            }
        }
        BackendStep.Run(context, target);
        context.Log.Close();
    }

    private static void Path(StepContext context, EditMapping owner)
    {
        if (owner.Map("path") is not { } path)
        {
            return;
        }
        if (path.Text("type") is "Absolute")
        {
            context.SetValue(path, "type", "ReplaceFullPath", "`Absolute` is called `ReplaceFullPath` today.");
        }
        if (path.Text("type") is "Prefix" or "PathPrefix" or "ReplacePrefix")
        {
            context.SetValue(path, "type", "ReplacePrefixMatch", "A prefix is replaced by `ReplacePrefixMatch`.");
        }
        string today = path.Text("type") is "ReplacePrefixMatch" ? "replacePrefixMatch" : "replaceFullPath";
        context.Rename(path, "substitution", today, $"`{today}` took the place of `substitution`.");
    }
}
