using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>Policies and grants.</summary>
internal static class PolicyStep
{
    public static void RunBackendTls(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        bool isFirst = context.Object.Kind == "BackendPolicy";
        if (isFirst)
        {
            context.Rename(spec, "backendRefs", "targetRefs", "The list `targetRefs` of a BackendTLSPolicy took the place of `backendRefs`.");
        }
        context.Rename(spec, "targetRef", "targetRefs", "The list `targetRefs` took the place of `targetRef`.");
        context.WantList(spec, "targetRefs", "`targetRefs` is a list.");
        foreach (EditMapping target in spec.Items("targetRefs"))
        {
            context.Drop(target, "namespace", "A policy is in the namespace of what it is for.");
            if (isFirst)
            {
                Target(context, spec, target);
            }
        }
        context.Rename(spec, "tls", "validation", "`validation` took the place of `tls`.");
        if (spec.Map("validation") is { } validation)
        {
            foreach (string old in (string[])["caCertRefs", "certRefs", "certificateAuthorityRef"])
            {
                context.Rename(validation, old, "caCertificateRefs", $"The list `caCertificateRefs` took the place of `{old}`.");
            }
            context.WantList(validation, "caCertificateRefs", "`caCertificateRefs` is a list.");
            context.Rename(validation, "wellKnownCACerts", "wellKnownCACertificates", "`wellKnownCACertificates` took the place of `wellKnownCACerts`.");
            if (isFirst)
            {
                Validation(context, spec, validation);
            }
        }
        else if (isFirst && context.Facts.Guesses && context.Root.Find("spec") is { } whole)
        {
            context.Log.Human(whole, "A BackendTLSPolicy is for TLS towards a backend, and this BackendPolicy has no `tls`: delete the object, or write `validation` with the `hostname` and the certificates of the backend.");
        }
    }

    /// <summary>Backends of a BackendPolicy were named as those of routes are.</summary>
    private static void Target(StepContext context, EditMapping spec, EditMapping target)
    {
        if (target.Entries.Count == 0 || !context.Facts.Guesses)
        {
            return;
        }
        if (target.Find("kind") is null)
        {
            Edits.InsertAfter(target, target.Find("group"), EditEntry.New("kind", Edits.Scalar("Service")));
        }
        if (target.Find("group") is null)
        {
            Edits.InsertAfter(target, null, EditEntry.New("group", new EditScalar(null, "\"\"", "")));
        }
        if (target.Find("port") is not { } port)
        {
            return;
        }
        string written = target.Text("port") ?? "";
        string? name = target.Text("name") is { } service && context.Facts.PortsOf(context.Object.NamespaceOrDefault, service) is { } ports
            ? ports.FirstOrDefault(one => one.Name.Length > 0 && one.Port.ToString(System.Globalization.CultureInfo.InvariantCulture) == written).Name : null;
        if (name is not null && context.Log.Field(port, $"`sectionName` with the name of the Service's port took the place of `port`; {written} is `{name}`."))
        {
            port.Rename("sectionName");
            Edits.Replace(port, Edits.Scalar(name));
        }
        else if (name is null)
        {
            string message = $"A policy names a port of a Service by its name, in `sectionName`, and the name of port {written} is not known: write it there, or leave it out for all ports.";
            if (IsOneLine(target))
            {
                LeaveOut(context, spec, target, port, message);
            }
            else
            {
                context.CommentOut(target, port, message);
            }
        }
    }

    private static bool IsOneLine(EditMapping map) => map.IsFlow && !map.Entries.Exists(static entry => entry.Lead?.Contains('\n') == true);

    /// <summary>Within brackets on one line there is no place for what is commented out: it stands above them.</summary>
    private static void LeaveOut(StepContext context, EditMapping spec, EditMapping target, EditEntry port, string message)
    {
        if (!context.Log.Field(port, message))
        {
            return;
        }
        context.Log.Human(port, message);
        Remark(context, spec, "targetRefs", $"port: {target.Text("port")} of {target.Text("name")}");
        Edits.Remove(target, port);
    }

    /// <summary>A comment above a field of the spec, or above the spec where that is in brackets, too. JSON has none.</summary>
    private static void Remark(StepContext context, EditMapping spec, string field, string text)
    {
        if ((!spec.IsFlow ? spec.Find(field) : context.Root.IsFlow ? null : context.Root.Find("spec")) is { } at)
        {
            at.Above.AddRange(Edits.Pad([$"# {text}"], at));
        }
    }

    private static void Validation(StepContext context, EditMapping spec, EditMapping validation)
    {
        if (!context.Facts.Guesses || validation.Entries.Count == 0)
        {
            return;
        }
        foreach (EditMapping authority in validation.Items("caCertificateRefs"))
        {
            if (authority.Find("kind") is null)
            {
                Edits.InsertAfter(authority, authority.Find("group"), EditEntry.New("kind", Edits.Scalar("ConfigMap")));
            }
            if (authority.Find("group") is null)
            {
                Edits.InsertAfter(authority, null, EditEntry.New("group", new EditScalar(null, "\"\"", "")));
            }
            if (authority.Text("kind") == "Secret")
            {
                context.Log.Human(authority.Find("kind")!, "All controllers read the certificates of `caCertificateRefs` from a ConfigMap (key `ca.crt`), only some from a Secret: make a ConfigMap of it and name that here, or see what your controller supports.");
            }
        }
        if (validation.Find("options") is { } options && spec.Find("options") is null && context.Log.Field(options, "`options` of a BackendTLSPolicy is a field of `spec`."))
        {
            Edits.Take(validation, options);
            options.Lead = null;
            spec.Entries.Add(options);
        }
        EditEntry at = spec.Find("validation")!;
        if (validation.Find("caCertificateRefs") is null && validation.Find("wellKnownCACertificates") is null)
        {
            Edits.Add(validation, "wellKnownCACertificates", Edits.Scalar("System"));
            context.Log.Human(at, "No certificate of an authority is named, so `validation` trusts those of the system: name the one that signs the backend's certificate in `caCertificateRefs`, if it is another.");
        }
        if (validation.Find("hostname") is null)
        {
            string service = spec.Items("targetRefs").Select(target => target.Text("name")).FirstOrDefault(name => name is { Length: > 0 }) ?? "backend";
            string guess = $"{service}.{context.Object.NamespaceOrDefault}.svc";
            var hostname = new EditScalar(null, guess, guess) { IsPlaceholder = true };
            Edits.Add(validation, "hostname", hostname);
            const string Question = "a guess: which name is in the backend's certificate?";
            if (!validation.IsFlow)
            {
                hostname.Trailing = $" # {Question}";
            }
            else
            {
                Remark(context, spec, "validation", $"`hostname` is {Question}");
            }
            context.Log.Human(at, $"A BackendTLSPolicy needs the `hostname` that the backend's certificate is for; `{guess}` is a guess: write the name that is in the certificate.");
        }
    }

    public static void RunGrant(StepContext context)
    {
        if (context.Spec is not { } spec)
        {
            return;
        }
        context.WantList(spec, "from", "`from` is a list.");
        context.WantList(spec, "to", "`to` is a list.");
        foreach (EditMapping to in spec.Items("to"))
        {
            if (to.Find("group") is null && to.Find("kind") is { } kind && kind.Value is EditScalar { Value: "Secret" or "Service" or "ConfigMap" }
                && context.Log.Field(kind, "`group` has to be written, be it the empty text of Kubernetes' first kinds."))
            {
                Edits.InsertAfter(to, null, EditEntry.New("group", new EditScalar(null, "\"\"", "")));
            }
        }
    }
}
