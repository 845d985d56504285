using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A rule in the making.</summary>
internal sealed class RuleDraft
{
    /// <summary>Type and value of its path.</summary>
    public required (string Type, string Value) Path { get; set; }

    /// <summary>Alternatives beside the path, each an object with <c>headers</c>, <c>queryParams</c>, <c>method</c>; one empty object when there are none.</summary>
    public List<JsonValue> Conditions { get; set; } = [];

    public List<JsonValue> Filters { get; } = [];

    public List<BackendDraft> Backends { get; set; } = [];

    /// <summary>A duration of Gateway API (GEP-2257).</summary>
    public string? Timeout { get; set; }

    public IngressPath? Origin { get; init; }

    public bool Redirects { get; set; }

    public RuleDraft With(JsonValue condition, List<BackendDraft> backends)
    {
        var copy = new RuleDraft { Path = Path, Conditions = [condition], Backends = backends, Timeout = Timeout, Origin = Origin, Redirects = Redirects };
        copy.Filters.AddRange(Filters);
        return copy;
    }

    public JsonValue ToJson(bool isGrpc)
    {
        IEnumerable<JsonValue> conditions = Conditions.Count == 0 ? [Json.Map()] : Conditions;
        JsonValue? matches = Json.List(conditions.Select(condition => JsonValue.OfMembers([.. PathMembers(isGrpc), .. condition.Members])).Where(match => match.Members.Length > 0));
        return Json.Map(
            ("matches", matches),
            ("filters", Json.List(Filters)),
            ("backendRefs", Redirects ? null : Json.List(Backends.Select(backend => backend.ToJson()))),
            ("timeouts", Timeout is null || isGrpc || Redirects ? null : Json.Map(("backendRequest", JsonValue.Of(Timeout)))));
    }

    private IEnumerable<KeyValuePair<string, JsonValue>> PathMembers(bool isGrpc)
    {
        if (!isGrpc)
        {
            return [new("path", Json.PathMatch(Path.Type, Path.Value))];
        }
        string[] parts = Path.Value.Trim('/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? []
            : [new("method", Json.Map(("service", JsonValue.Of(parts[0])), ("method", parts.Length > 1 ? JsonValue.Of(parts[1]) : null)))];
    }
}

internal sealed record BackendDraft(string Service, int Port, int? Weight = null)
{
    public JsonValue ToJson() => Json.Map(("name", JsonValue.Of(Service)), ("port", JsonValue.Of(Port)), ("weight", Weight is { } weight ? JsonValue.Of(weight) : null));
}

/// <summary>A route in the making: one for each host of an Ingress.</summary>
internal sealed class RouteDraft(string kind, string ns, string name)
{
    /// <summary>Rules that a route may have (API limit).</summary>
    public const int MaxRules = 16;

    public string Kind { get; set; } = kind;

    public string Namespace => ns;

    public string Name => name;

    public List<string> Hostnames { get; } = [];

    public List<JsonValue> Parents { get; } = [];

    public List<RuleDraft> Rules { get; } = [];

    /// <summary>The objects: several when there are more rules than one may have.</summary>
    public IEnumerable<JsonValue> ToJson(bool withNamespace)
    {
        int part = 0;
        foreach (RuleDraft[] rules in Rules.Count == 0 ? [] : Rules.Chunk(MaxRules))
        {
            part++;
            yield return Json.Map(
                ("apiVersion", JsonValue.Of(MigrationTarget.V1)),
                ("kind", JsonValue.Of(Kind)),
                ("metadata", Json.Map(("name", JsonValue.Of(part == 1 ? Name : $"{Name}-{part}")), ("namespace", withNamespace ? JsonValue.Of(Namespace) : null))),
                ("spec", Json.Map(
                    ("parentRefs", Json.List(Parents)),
                    ("hostnames", Json.Texts(Hostnames)),
                    ("rules", Json.List(Kind == "TLSRoute"
                        ? [Json.Map(("backendRefs", Json.List(rules[0].Backends.Select(backend => backend.ToJson()))))]
                        : rules.Select(rule => rule.ToJson(Kind == "GRPCRoute")))))));
        }
    }

}

/// <summary>A Gateway in the making.</summary>
internal sealed class GatewayDraft(string ns, string name, string className)
{
    /// <summary>Listeners that a Gateway may have (API limit).</summary>
    public const int MaxListeners = 64;

    private readonly List<(string Name, JsonValue Json)> _listeners = [];

    public string Namespace => ns;

    public string Name => name;

    /// <summary>True when an Ingress of another namespace is behind it, too.</summary>
    public bool TakesAllNamespaces { get; set; }

    public bool IsFull => _listeners.Count >= MaxListeners;

    public List<JsonValue> Addresses { get; } = [];

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    /// <summary>The listener of that protocol, port and host; the certificates of several Ingresses come together in it. Null when there are too many.</summary>
    public string? Listen(string protocol, int port, string? host, IEnumerable<string> secrets, bool isPassthrough = false, string? options = null)
    {
        int standard = protocol == "HTTP" ? 80 : 443;
        string name = Slug(protocol.ToLowerInvariant() + (port == standard ? "" : $"-{port}") + (host is null ? "" : "-" + host.Replace("*", "wildcard", StringComparison.Ordinal)));
        int known = _listeners.FindIndex(listener => listener.Name == name);
        List<JsonValue> certificates = [.. known < 0 ? [] : Certificates(_listeners[known].Json)];
        foreach (string secret in secrets)
        {
            JsonValue one = Json.Map(("name", JsonValue.Of(secret)));
            if (!certificates.Contains(one))
            {
                certificates.Add(one);
            }
        }
        if (known < 0 && IsFull)
        {
            return null;
        }
        JsonValue? tls = isPassthrough ? Json.Map(("mode", JsonValue.Of("Passthrough")))
            : certificates.Count > 0 || options is not null
                ? Json.Map(("mode", JsonValue.Of("Terminate")), ("certificateRefs", Json.List(certificates)), ("options", options is null ? null : Json.Map(("networking.gke.io/pre-shared-certs", JsonValue.Of(options)))))
                : null;
        JsonValue json = Json.Map(("name", JsonValue.Of(name)), ("hostname", Json.Text(host)), ("port", JsonValue.Of(port)), ("protocol", JsonValue.Of(protocol)), ("tls", tls));
        if (known < 0)
        {
            _listeners.Add((name, json));
        }
        else
        {
            _listeners[known] = (name, json);
        }
        return name;
    }

    public JsonValue ToJson(bool withNamespace)
    {
        JsonValue? allowed = TakesAllNamespaces ? Json.Map(("namespaces", Json.Map(("from", JsonValue.Of("All"))))) : null;
        return Json.Map(
            ("apiVersion", JsonValue.Of(MigrationTarget.V1)),
            ("kind", JsonValue.Of("Gateway")),
            ("metadata", Json.Map(
                ("name", JsonValue.Of(Name)),
                ("namespace", withNamespace ? JsonValue.Of(Namespace) : null),
                ("annotations", Annotations.Count == 0 ? null : JsonValue.OfMembers([.. Annotations.Select(a => new KeyValuePair<string, JsonValue>(a.Key, JsonValue.Of(a.Value)))])))),
            ("spec", Json.Map(
                ("gatewayClassName", JsonValue.Of(className)),
                ("addresses", Json.List(Addresses.Distinct())),
                ("listeners", Json.List(_listeners.OrderBy(l => l.Name.StartsWith("http-", StringComparison.Ordinal) || l.Name == "http" ? 0 : 1).Select(l => allowed is null ? l.Json : JsonValue.OfMembers([.. l.Json.Members, new("allowedRoutes", allowed)])))))));
    }

    private static IEnumerable<JsonValue> Certificates(JsonValue listener) =>
        listener.Members.Where(m => m.Key == "tls").SelectMany(m => m.Value.Members).Where(m => m.Key == "certificateRefs").SelectMany(m => m.Value.Items);

    /// <summary>A name out of any text: lower case, dots and the like as hyphens, at most 63 characters.</summary>
    public static string Slug(string text)
    {
        string slug = new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        slug = slug.Length > 63 ? slug[..54] + "-" + Hash(text) : slug;
        return slug.Trim('-') is { Length: > 0 } trimmed ? trimmed : "x";
    }

    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }
        return hash.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
