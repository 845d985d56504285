using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A rule in the making.</summary>
internal sealed class RuleDraft
{
    /// <summary>Type and value of its path.</summary>
    public required (string Type, string Value) Path { get; set; }

    /// <summary>What it comes from, for the report.</summary>
    public required YamlNode At { get; init; }

    /// <summary>Alternatives beside the path, each an object with <c>headers</c>, <c>queryParams</c>, <c>method</c>; empty when there are none.</summary>
    public List<JsonValue> Conditions { get; set; } = [];

    public List<JsonValue> Filters { get; } = [];

    public List<BackendDraft> Backends { get; set; } = [];

    /// <summary>A duration of Gateway API (GEP-2257).</summary>
    public string? Timeout { get; set; }

    public IngressPath? Origin { get; init; }

    /// <summary>True for the default backend: it gives way to every rule for <c>/</c>.</summary>
    public bool IsDefault { get; init; }

    public bool Redirects { get; set; }

    /// <summary>True when a canary takes its share of it.</summary>
    public bool HasCanary { get; set; }

    public bool IsForAll => Path == ("PathPrefix", "/") && Conditions.Count == 0;

    public RuleDraft With(JsonValue? condition, List<BackendDraft> backends)
    {
        var copy = new RuleDraft
        {
            Path = Path,
            At = At,
            Conditions = condition is null ? [] : [condition],
            Backends = backends,
            Timeout = Timeout,
            Origin = Origin,
            Redirects = Redirects,
            HasCanary = HasCanary,
        };
        copy.Filters.AddRange(Filters);
        return copy;
    }

    /// <summary>Its filter of a type, which there is one of at most.</summary>
    public JsonValue? Filter(string type) => Filters.Find(filter => TypeOf(filter) == type);

    public static string TypeOf(JsonValue filter) => filter.Members[0].Value.Text;

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
