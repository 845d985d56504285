using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A route in the making: one for each host of an Ingress.</summary>
internal sealed class RouteDraft(string kind, IngressModel source, string name)
{
    // Limits of the API.
    public const int MaxRules = 16;
    public const int MaxHostnames = 16;
    public const int MaxMatches = 128;
    public const int MaxParents = 32;

    public string Kind { get; set; } = kind;

    /// <summary>The Ingress that it is made of.</summary>
    public IngressModel Source => source;

    public string Namespace => source.Namespace;

    public string Name => name;

    public List<string> Hostnames { get; } = [];

    /// <summary>The listeners that it is at, each with the host that it is there for; null: for all of its hosts.</summary>
    public List<(string? Host, JsonValue Ref)> Parents { get; } = [];

    public List<RuleDraft> Rules { get; } = [];

    public bool IsGrpc => Kind == "GRPCRoute";

    public void Attach(string? host, JsonValue parent)
    {
        if (!Parents.Exists(one => one.Ref.Equals(parent)))
        {
            Parents.Add((host, parent));
        }
    }

    /// <summary>The objects: several when it has more hosts, parents, rules or matches than one may have.</summary>
    public IEnumerable<RoutePart> Parts()
    {
        List<RuleDraft[]> rules = Kind == "TLSRoute" ? Chunks([.. Rules.Take(1)]) : Chunks(Rules);
        foreach (string[] hostnames in Hostnames.Count == 0 ? [[]] : Hostnames.Chunk(MaxHostnames))
        {
            JsonValue[] parents = [.. Parents.Where(one => one.Host is null || hostnames.Length == 0 || hostnames.Contains(one.Host)).Select(one => one.Ref)];
            foreach (JsonValue[] some in parents.Length == 0 ? [[]] : parents.Chunk(MaxParents))
            {
                foreach (RuleDraft[] few in rules)
                {
                    yield return new RoutePart(this, hostnames, some, few);
                }
            }
        }
    }

    private static List<RuleDraft[]> Chunks(List<RuleDraft> rules)
    {
        var chunks = new List<RuleDraft[]>();
        var chunk = new List<RuleDraft>();
        int matches = 0;
        foreach (RuleDraft rule in rules)
        {
            int more = Math.Max(1, rule.Conditions.Count);
            if (chunk.Count > 0 && (chunk.Count == MaxRules || matches + more > MaxMatches))
            {
                chunks.Add([.. chunk]);
                chunk.Clear();
                matches = 0;
            }
            chunk.Add(rule);
            matches += more;
        }
        if (chunk.Count > 0)
        {
            chunks.Add([.. chunk]);
        }
        return chunks;
    }
}

/// <summary>An object that is to be written: a route, or a piece of one.</summary>
internal sealed record RoutePart(RouteDraft Route, string[] Hostnames, JsonValue[] Parents, RuleDraft[] Rules)
{
    public JsonValue ToJson(string name, bool withNamespace) => Json.Map(
        ("apiVersion", JsonValue.Of(MigrationTarget.V1)),
        ("kind", JsonValue.Of(Route.Kind)),
        ("metadata", Json.Map(("name", JsonValue.Of(name)), ("namespace", withNamespace ? JsonValue.Of(Route.Namespace) : null))),
        ("spec", Json.Map(
            ("parentRefs", Json.List(Parents)),
            ("hostnames", Json.Texts(Hostnames)),
            ("rules", Json.List(Route.Kind == "TLSRoute"
                ? [Json.Map(("backendRefs", Json.List(Rules[0].Backends.Select(backend => backend.ToJson()))))]
                : Rules.Select(rule => rule.ToJson(Route.IsGrpc)))))));
}
