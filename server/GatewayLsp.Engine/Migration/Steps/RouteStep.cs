using System.Collections.Immutable;
using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>Routes of all kinds: what they attach to, their hosts, their rules.</summary>
internal static class RouteStep
{
    private const string Parents = "`parentRefs` took the place of `{0}`: each route names the Gateways to be attached to.";

    public static void Run(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        Gateways(context, spec);
        foreach (string old in (string[])["parentRef", "gatewayRefs", "gatewayRef", "gateway"])
        {
            context.Rename(spec, old, "parentRefs", string.Format(System.Globalization.CultureInfo.InvariantCulture, Parents, old));
        }
        context.WantList(spec, "parentRefs", "`parentRefs` is a list.");
        context.WantNames(spec, "parentRefs", "A parent is a mapping with `name`.");
        foreach (EditMapping parent in spec.Items("parentRefs"))
        {
            Parent(context, parent);
        }
        Attach(context, spec);
        if (context.Target.Kind is "HTTPRoute" or "GRPCRoute" or "TLSRoute")
        {
            Hostnames(context, spec);
        }
        TellUnattached(context, spec);
        context.WantList(spec, "rules", "`rules` is a list.");
        if (context.Target.Kind is "TLSRoute")
        {
            Snis(context, spec);
        }
        foreach (EditMapping rule in spec.Items("rules"))
        {
            RuleStep.Run(context, rule);
        }
        TellStream(context, spec);
    }

    /// <summary>Gateways chose routes once; a route that names none is at none today.</summary>
    private static void TellUnattached(StepContext context, EditMapping spec)
    {
        if (context.Facts.Guesses && context.Object.Gvk.Group == MigrationTarget.OldGroup && spec.Find("parentRefs") is null && !spec.Entries.Exists(entry => entry.Origin?.IsMerge == true)
            && context.Object.At("spec", "gateways") is null)
        {
            context.Log.Human(context.Root.Find("spec")!, "No Gateway of the manifests chose this route, and it names none: name the Gateways that it is for in `parentRefs`.");
        }
    }

    /// <summary>Routes of streams had several rules before v1, which has one.</summary>
    private static void TellStream(StepContext context, EditMapping spec)
    {
        if (!context.Facts.Guesses || context.Target.Kind is not ("TLSRoute" or "TCPRoute" or "UDPRoute") || context.Object.ApiVersion == context.Target.ApiVersion)
        {
            return;
        }
        if (spec.Get("rules") is EditSequence { Items: [_, var second, ..] } rules)
        {
            context.Log.Human(second, $"A {context.Target.Kind} has one rule today, and this one has {rules.Items.Count}: make a {context.Target.Kind} of its own of each further rule, with the same `parentRefs`{(context.Target.Kind == "TLSRoute" ? " and the `hostnames` that its `snis` were" : "")}, and delete the rule here.");
        }
        if (context.Target.Kind == "TLSRoute" && spec.Find("hostnames") is null && !spec.Items("rules").Any(rule => rule.Find("matches") is not null))
        {
            context.Log.Human(context.Root.Find("spec")!, "A TLSRoute needs `hostnames` today: write the server names that clients ask for.");
        }
    }

    /// <summary><c>gateways: {allow, gatewayRefs}</c> of v1alpha1.</summary>
    private static void Gateways(StepContext context, EditMapping spec)
    {
        if (spec.Find("gateways") is not { } entry)
        {
            return;
        }
        if (entry.Value is not EditMapping gateways)
        {
            context.Rename(spec, "gateways", "parentRefs", "`parentRefs` took the place of `gateways`: each route names the Gateways to be attached to.");
            return;
        }
        if (!context.Log.Open(entry, "`parentRefs` took the place of `gateways`: each route names the Gateways to be attached to."))
        {
            return;
        }
        if (gateways.Get("gatewayRefs") is EditSequence refs && spec.Find("parentRefs") is null)
        {
            List<string> lost = Edits.Comments(entry);
            EditEntry list = gateways.Find("gatewayRefs")!;
            int index = spec.Entries.IndexOf(entry);
            spec.Entries.RemoveAt(index);
            list.Rename("parentRefs");
            list.Lead = entry.Lead;
            foreach (string kept in Edits.Comments(list))
            {
                lost.Remove(kept);
            }
            list.Above.InsertRange(0, Edits.Pad(lost, list));
            spec.Entries.Insert(index, list);
            if (refs.Items.Count == 0)
            {
                spec.Entries.Remove(list);
            }
        }
        else
        {
            if (context.Facts.AttachmentsOf(context.Object).IsEmpty && spec.Find("parentRefs") is null && gateways.Text("allow") is "All" or "SameNamespace" or null)
            {
                context.Log.Human(entry, "Which Gateways chose this route can't be seen in the manifests: name them in `parentRefs`.");
            }
            Edits.Remove(spec, entry);
        }
        context.Log.Close();
    }

    private static void Parent(StepContext context, EditMapping parent)
    {
        context.Drop(parent, "apiVersion", "A parent is named by `group`, `kind` and `name`.");
        foreach (string old in (string[])["listener", "listenerName", "section"])
        {
            context.Rename(parent, old, "sectionName", $"`sectionName` took the place of `{old}`.");
        }
    }

    /// <summary>Names the Gateways whose listeners chose this route by <c>routes</c>.</summary>
    private static void Attach(StepContext context, EditMapping spec)
    {
        ImmutableArray<GatewayAttachment> attachments = context.Facts.AttachmentsOf(context.Object);
        foreach (GatewayAttachment gateway in attachments)
        {
            bool isKnown = spec.Items("parentRefs").Any(parent => parent.Text("name") == gateway.Name
                && (parent.Text("namespace") ?? context.Object.NamespaceOrDefault) == gateway.Namespace
                && (parent.Text("sectionName") is not { } section || section == gateway.Listener));
            if (isKnown || spec.Entries.Count == 0
                || !context.Log.Field(spec.Find("parentRefs") ?? context.Root.Find("spec")!, $"The Gateway `{gateway.Name}` chose this route by `routes`; now the route names it in `parentRefs`."))
            {
                continue;
            }
            EditMapping parent = Edits.Map(("name", Edits.Scalar(gateway.Name)));
            if (gateway.Namespace != context.Object.NamespaceOrDefault)
            {
                Edits.Add(parent, "namespace", Edits.Scalar(gateway.Namespace));
            }
            if (gateway.Listener is { } listener)
            {
                Edits.Add(parent, "sectionName", Edits.Scalar(listener));
            }
            if (spec.Get("parentRefs") is EditSequence parents)
            {
                parents.Items.Add(new EditItem(parent) { Column = -1 });
            }
            else
            {
                Edits.InsertAfter(spec, null, EditEntry.New("parentRefs", Edits.List(parent)));
            }
        }
    }

    private static void Hostnames(StepContext context, EditMapping spec)
    {
        foreach (string old in (string[])["hostname", "host", "hosts"])
        {
            // A singular is likelier a slip than an old form, and the finding for slips says so.
            if (old == "hostname" && !context.Facts.Guesses)
            {
                continue;
            }
            if (spec.Get(old) is EditScalar || (spec.Get(old) is EditSequence list && list.Items.All(item => item.Value is EditScalar)))
            {
                context.Rename(spec, old, "hostnames", $"The list `hostnames` took the place of `{old}`.");
            }
        }
        if (spec.Get("hosts") is EditSequence { Items: [{ Value: EditMapping only }] } && context.Log.Field(spec.Find("hosts")!, "`hostnames` and `rules` are fields of `spec`; there is no `hosts` around them any more."))
        {
            EditEntry hosts = spec.Find("hosts")!;
            Edits.Replace(hosts, only);
            Edits.Hoist(spec, hosts);
        }
        context.WantList(spec, "hostnames", "`hostnames` is a list.");
        if (spec.Get("hostnames") is EditSequence { Items: [{ Value: EditScalar { Value: "*" } all }] }
            && context.Log.Value(all, "A route for all hosts has no `hostnames`; `*` alone is no hostname any more."))
        {
            Edits.Remove(spec, spec.Find("hostnames")!);
        }
        if (context.Target.Kind == "HTTPRoute" && spec.Find("tls") is { } tls)
        {
            context.CommentOut(spec, tls, "Routes have no certificates any more: name the Secret in `tls.certificateRefs` of the Gateway's HTTPS listener for these hosts.");
        }
    }

    /// <summary><c>rules[].matches[].snis</c> of v1alpha1: hosts of the whole route today.</summary>
    private static void Snis(StepContext context, EditMapping spec)
    {
        EditMapping[] rules = [.. spec.Items("rules")];
        if (rules.Length > 1 && rules.Count(rule => rule.Find("matches") is not null) > 1)
        {
            return;
        }
        foreach (EditMapping rule in rules)
        {
            if (rule.Find("matches") is not { } matches || spec.Find("hostnames") is not null
                || !context.Log.Open(matches, "`hostnames` of the route took the place of `matches` with `snis`."))
            {
                continue;
            }
            string[] names = [.. rule.Items("matches").SelectMany(match => match.Get("snis") is EditSequence list ? list.Items : [])
                .Select(item => item.Value).OfType<EditScalar>().Where(s => s.IsKnown && s.Value.Length > 0).Select(s => s.Value).Distinct()];
            Edits.Remove(rule, matches);
            if (names.Length > 0)
            {
                int at = spec.Entries.FindIndex(e => e.Name == "rules");
                Edits.InsertAfter(spec, at > 0 ? spec.Entries[at - 1] : null, EditEntry.New("hostnames", Edits.List([.. names.Select(Edits.Scalar)])));
            }
            context.Log.Close();
        }
    }
}
