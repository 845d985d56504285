using System.Collections.Immutable;
using GatewayLsp.Engine.Migration.Rewriting;

namespace GatewayLsp.Engine.Migration.Steps;

/// <summary>A backend of a rule.</summary>
internal static class BackendStep
{
    /// <summary>What nearly every web server listens on; put in where nothing is known, for a human to look at.</summary>
    private const int GuessedPort = 80;

    public static void Run(StepContext context, EditMapping backend)
    {
        foreach (string wrapper in (string[])["targetRef", "backendRef", "backend", "service"])
        {
            Unwrap(context, backend, wrapper);
        }
        context.Rename(backend, "serviceName", "name", "`name` took the place of `serviceName`.");
        if (backend.Get("servicePort") is EditScalar)
        {
            context.Rename(backend, "servicePort", "port", "`port` took the place of `servicePort`.");
        }
        if (backend.Map("port") is { } port && (port.Find("number") ?? port.Find("name")) is { } number && context.Log.Field(backend.Find("port")!, "`port` is a number."))
        {
            Edits.Replace(backend.Find("port")!, number.Value);
        }
        context.Drop(backend, "apiVersion", "A backend is named by `group`, `kind` and `name`; Services need the name only.");
        if (backend.Text("kind") is "service" or "Services" or "services")
        {
            context.SetValue(backend, "kind", "Service", "Kinds are written as in manifests: `Service`.");
        }
        context.WantList(backend, "filters", "`filters` is a list.");
        foreach (EditMapping filter in backend.Items("filters"))
        {
            FilterStep.Run(context, filter);
        }
        Port(context, backend);
    }

    /// <summary>Of the ports that a Service has, the one that requests are likely meant for.</summary>
    private static int? Likely(ImmutableArray<KnownPort>? ports) =>
        ports is not { IsEmpty: false } known ? null : known.FirstOrDefault(port => port.Name == "http") is { Port: > 0 } http ? http.Port : known[0].Port;

    private static string Shown(KnownPort port) => port.Name.Length > 0 ? $"{port.Port} ({port.Name})" : $"{port.Port}";

    private static void Unwrap(StepContext context, EditMapping backend, string wrapper)
    {
        if (backend.Find(wrapper) is not { } entry)
        {
            return;
        }
        if (entry.Value is EditMapping && context.Log.Field(entry, $"The fields of `{wrapper}` are fields of the backend itself."))
        {
            Edits.Hoist(backend, entry);
        }
        else if (entry.Value is EditScalar { IsKnown: true })
        {
            context.Rename(backend, wrapper, "name", $"`name` took the place of `{wrapper}`.");
        }
    }

    /// <summary>A Service needs a port: its only one, the one of that name, or a guess.</summary>
    public static void Port(StepContext context, EditMapping backend)
    {
        if (backend.Text("name") is not { } name || (backend.Text("kind") ?? "Service") != "Service" || (backend.Text("group") ?? "").Length > 0
            || backend.Entries.Exists(entry => entry.Name == "<<"))
        {
            return;
        }
        string? written = backend.Text("port");
        bool isNamed = written is { Length: > 0 } && !int.TryParse(written, out _);
        bool isMissing = backend.Find("port") is null or { Value: EditScalar { Raw: "" } };
        if (!isNamed && !isMissing)
        {
            return;
        }
        EditEntry anchor = backend.Find("name")!;
        string ns = backend.Text("namespace") ?? context.Object.NamespaceOrDefault;
        ImmutableArray<KnownPort>? ports = context.Facts.PortsOf(ns, name);
        KnownPort? found = ports is { } all ? isNamed ? all.FirstOrDefault(p => p.Name == written) is { Port: > 0 } named ? named : null : all.Length == 1 ? all[0] : null : null;
        if (found is null && !context.Facts.Guesses)
        {
            return;
        }
        string message = found is { } port
            ? isNamed ? $"`port` is a number: `{written}` of Service `{name}` is {port.Port}." : $"A backend needs a `port`; Service `{name}` has {port.Port}."
            : isNamed ? $"`port` is a number; which one `{written}` of Service `{name}` is can't be seen here." : $"A backend needs a `port`.";
        if (!context.Log.Field(isNamed ? backend.Find("port")! : anchor, message))
        {
            return;
        }
        int guess = Likely(ports) ?? GuessedPort;
        EditScalar value = found is { } known ? Edits.Number(known.Port) : Edits.Number(guess, isPlaceholder: true);
        if (found is null)
        {
            context.Log.Human(anchor, ports is { Length: > 1 } several
                ? $"Service `{name}` has the ports {string.Join(", ", several.Select(p => p.Port))}, and {guess} is a guess: write the one that is meant into `port`."
                : ports is { Length: 1 } ? $"Service `{name}` has no port `{written}`, and {guess}, its only one, is a guess: write the one that is meant into `port`."
                : $"Service `{name}` is not among the manifests, so its port is not known, and {guess} is a guess: write the Service's port into `port`.");
            if (!backend.IsFlow)
            {
                string others = ports is { } rest ? string.Join(", ", rest.Where(p => p.Port != guess).Select(Shown)) : "";
                value.Trailing = ports is null ? " # a guess: which port has the Service?" : others.Length > 0 ? $" # a guess: the Service also has {others}" : " # a guess: the only port of the Service";
            }
        }
        if (backend.Find("port") is { } there)
        {
            Edits.Replace(there, value);
            return;
        }
        EditEntry after = anchor;
        foreach (EditEntry entry in backend.Entries)
        {
            after = entry.Name is "group" or "kind" or "namespace" && backend.Entries.IndexOf(entry) == backend.Entries.IndexOf(after) + 1 ? entry : after;
        }
        Edits.InsertAfter(backend, after, EditEntry.New("port", value));
    }
}
