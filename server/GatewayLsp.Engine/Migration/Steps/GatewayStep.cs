using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>Gateways, ListenerSets and GatewayClasses.</summary>
internal static class GatewayStep
{
    public static void RunClass(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        context.Rename(spec, "controller", "controllerName", "`controllerName` took the place of `controller`.");
        if (spec.Map("parametersRef") is { } parameters)
        {
            context.Drop(parameters, "scope", "`scope` is gone: a `namespace` alone says that the parameters are in one.");
        }
    }

    public static void Run(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        foreach (string old in (string[])["class", "className", "gatewayClass"])
        {
            context.Rename(spec, old, "gatewayClassName", $"`gatewayClassName` took the place of `{old}`.");
        }
        context.WantList(spec, "listeners", "`listeners` is a list.");
        var names = new HashSet<string>(spec.Items("listeners").Select(l => l.Text("name") ?? ""), StringComparer.Ordinal);
        foreach (EditMapping listener in spec.Items("listeners"))
        {
            Listener(context, listener, names);
        }
        Certificates(context, spec);
        context.WantList(spec, "addresses", "`addresses` is a list.");
        if (spec.Get("addresses") is EditSequence addresses)
        {
            foreach (EditItem item in addresses.Items)
            {
                if (item.Value is EditScalar { IsKnown: true, Raw.Length: > 0 } address && context.Log.Value(address, "An address is a mapping with `value`."))
                {
                    Edits.Replace(item, Edits.Map(("value", Edits.Scalar(address.Value))));
                }
            }
        }
    }

    /// <summary><c>spec.backendTLS</c> and <c>frontendValidation</c> of a listener: parts of <c>spec.tls</c> today.</summary>
    private static void Certificates(StepContext context, EditMapping spec)
    {
        if (spec.Find("backendTLS") is { Value: EditMapping } backend && spec.Map("tls")?.Find("backend") is null
            && context.Log.Field(backend, "`spec.tls.backend` took the place of `spec.backendTLS`."))
        {
            if (spec.Map("tls") is { } tls)
            {
                Edits.Take(spec, backend).Rename("backend");
                backend.Lead = null;
                tls.Entries.Add(backend);
            }
            else
            {
                EditNode inner = backend.Value;
                backend.Rename("tls");
                Edits.Replace(backend, Edits.Map(("backend", inner)));
            }
        }
        EditMapping[] validating = [.. spec.Items("listeners").Where(l => l.Map("tls")?.Find("frontendValidation") is { Value: EditMapping })];
        foreach (EditMapping listener in validating)
        {
            EditMapping tls = listener.Map("tls")!;
            EditEntry old = tls.Find("frontendValidation")!;
            bool isOnly = validating.Length == 1 && spec.Items("listeners").Count(l => l.Text("protocol") == "HTTPS") == 1 && spec.Map("tls")?.Find("frontend") is null;
            if (!isOnly || !context.Log.Field(old, "`spec.tls.frontend` of the Gateway took the place of `frontendValidation` in a listener."))
            {
                context.Log.Human(old, "`spec.tls.frontend` of the Gateway checks the certificates of clients today, for all listeners (`default`) or for those of a port (`perPort`): move this there and delete it here.");
                continue;
            }
            Edits.Take(tls, old);
            EditMapping frontend = Edits.Map(("default", Edits.Map(("validation", old.Value))));
            if (spec.Map("tls") is { } today)
            {
                Edits.Add(today, "frontend", frontend);
            }
            else
            {
                Edits.Add(spec, "tls", Edits.Map(("frontend", frontend)));
            }
        }
    }

    private static void Listener(StepContext context, EditMapping listener, HashSet<string> names)
    {
        Name(context, listener, names);
        switch (listener.Get("hostname"))
        {
            case EditScalar { IsKnown: true, Value: "*" or "" } any when any.Raw.Length > 0:
                context.Drop(listener, "hostname", "A listener for all hosts has no `hostname`; `*` alone is no hostname any more.");
                break;
            case EditMapping match when match.Text("name") is { } host && context.Log.Field(listener.Find("hostname")!, "`hostname` is a text; a wildcard replaces a match by domain."):
                bool isDomain = match.Text("match") is "Domain" && !host.StartsWith("*.", StringComparison.Ordinal);
                if (match.Text("match") is "Any" || host is "*" or "")
                {
                    Edits.Remove(listener, listener.Find("hostname")!);
                }
                else
                {
                    Edits.Replace(listener.Find("hostname")!, Edits.Scalar(isDomain ? "*." + host : host));
                }
                break;
        }
        TlsStep.Run(context, listener);
        ListenerRoutesStep.Run(context, listener);
    }

    /// <summary>Listeners had no names once; routes refer to them by name now.</summary>
    private static void Name(StepContext context, EditMapping listener, HashSet<string> names)
    {
        if (listener.Find("name") is not null || listener.Text("protocol") is not { } protocol || listener.Entries.Count == 0 || !context.Facts.Guesses || context.Log.IsSingle
            || listener.Entries.Exists(e => e.Name == "<<"))
        {
            return;
        }
        string stem = protocol.ToLowerInvariant();
        stem = stem.All(char.IsAsciiLetterOrDigit) && stem.Length > 0 ? stem : "listener";
        string name = stem;
        if (!names.Add(name))
        {
            name = listener.Text("port") is { } port && port.All(char.IsAsciiDigit) ? $"{stem}-{port}" : stem;
            for (int i = 2; !names.Add(name); i++)
            {
                name = $"{stem}-{i}";
            }
        }
        if (context.Log.Field(listener.Entries[0], $"A listener needs a `name`; it is called `{name}` here. Routes may choose it by `sectionName`."))
        {
            Edits.InsertAfter(listener, null, EditEntry.New("name", Edits.Scalar(name)));
        }
    }
}
