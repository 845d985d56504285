using System.Text.Json;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>
/// <c>conditions.NAME</c>: what a request must have beside host and path. Values of one condition are alternatives, conditions
/// add up; hosts and paths of a condition are alternatives to those of the rule.
/// </summary>
internal sealed class AlbConditions
{
    private const string P = Controllers.AlbPrefix;

    /// <summary>An Application Load Balancer allows five values in the conditions of a rule; this is far above.</summary>
    private const int MaxMatches = 64;

    private List<Condition> _all = [new([], [], null)];
    private readonly List<string?> _hosts = [];
    private readonly List<string> _paths = [];
    private string? _lost;

    /// <summary>The conditions of a backend's name; null when it has none.</summary>
    public static AlbConditions? Of(IngressWork work, string name)
    {
        string annotation = P + "conditions." + name;
        if (!work.Ingress.Has(annotation))
        {
            return null;
        }
        var read = new AlbConditions();
        JsonElement? list = work.Ingress.Take(annotation) is { } text ? AlbJson.Parse(text) : null;
        if (list is not { ValueKind: JsonValueKind.Array })
        {
            read._lost = "it can't be read: a list of conditions in JSON is expected";
        }
        foreach (JsonElement? condition in list.Items())
        {
            read.Add(condition);
        }
        if (read._lost is not null)
        {
            work.Conversion.Lost(work.Ingress, annotation, $"The rules with this condition are left out, because without it they would take more requests: {read._lost}.");
        }
        return read;
    }

    /// <summary>Puts the rule into the routes of all hosts, with all paths, that it is for.</summary>
    public void Add(IngressWork work, RuleDraft rule, string? host)
    {
        if (_lost is not null)
        {
            return;
        }
        IEnumerable<string?> hosts = _hosts.Count == 0 || host is not null ? _hosts.Append(host).Distinct() : _hosts;
        var paths = new List<(string Type, string Value)> { rule.Path };
        paths.AddRange(_paths.Select(path => PathTypes.OfImplementation(work, Controller.Alb, rule.Origin!, path)).OfType<(string, string)>().Select(PathTypes.Rooted));
        foreach (string? one in hosts)
        {
            foreach ((string Type, string Value) path in paths.Distinct())
            {
                RuleDraft made = rule.With(null, rule.Backends);
                made.Path = path;
                made.Conditions = [.. _all.Select(c => c.ToJson()).Where(c => c.Members.Length > 0)];
                work.RouteFor(one).Rules.Add(made);
            }
        }
    }

    /// <summary>Tells of an action or condition that no backend refers to.</summary>
    public static void Check(IngressWork work, string annotation)
    {
        if (work.Ingress.Untaken.Any(entry => entry.Name == annotation))
        {
            work.Ingress.Take(annotation);
            work.Conversion.Differs(work.Ingress, annotation, "No backend of this Ingress has this name, so it had no effect and is left out.");
        }
    }

    private void Add(JsonElement? condition)
    {
        string? field = condition.At("field").Text();
        switch (field)
        {
            case "http-header" when condition.At("httpHeaderConfig").At("httpHeaderName").Text() is { } header:
                Times(Texts(condition.At("httpHeaderConfig")), (one, value) =>
                    one with { Headers = [.. one.Headers, IsPattern(value) ? Json.Header(header, Pattern(value), "RegularExpression") : Json.Header(header, value)] });
                break;
            case "http-request-method":
                string[] methods = [.. Texts(condition.At("httpRequestMethodConfig")).Select(one => one.ToUpperInvariant())];
                if (methods.FirstOrDefault(one => one is not ("GET" or "HEAD" or "POST" or "PUT" or "DELETE" or "CONNECT" or "OPTIONS" or "TRACE" or "PATCH")) is { } odd)
                {
                    _lost ??= $"a route can't match the method `{odd}`";
                    break;
                }
                Times(methods, (one, value) => one with { Method = value });
                break;
            case "query-string":
                JsonElement?[] values = [.. condition.At("queryStringConfig").At("values").Items()];
                if (values.Any(v => v.At("key").Text() is null || v.At("value").Text() is null))
                {
                    _lost ??= "a route matches a query parameter by its name and value, and here is a value alone";
                    break;
                }
                Times(values, (one, value) => one with { Query = [.. one.Query, Query(value.At("key").Text()!, value.At("value").Text()!)] });
                break;
            case "host-header":
                foreach (string host in Texts(condition.At("hostHeaderConfig")).Select(one => one.ToLowerInvariant()))
                {
                    if (IngressWork.IsHostname(host))
                    {
                        _hosts.Add(host);
                    }
                    else
                    {
                        _lost ??= $"`{host}` is not a hostname that a route can have";
                    }
                }
                break;
            case "path-pattern":
                _paths.AddRange(Texts(condition.At("pathPatternConfig")));
                break;
            case "source-ip":
                _lost ??= "a route can't match the address of the client; a policy of your controller or the network's firewall may";
                break;
            default:
                _lost ??= $"a route has no match for the condition `{field}`";
                break;
        }
    }

    private static IEnumerable<string> Texts(JsonElement? config) => config.At("values").Items().Select(v => v.Text()).OfType<string>();

    private static JsonValue Query(string key, string value) => IsPattern(value) ? Json.Header(key, Pattern(value), "RegularExpression") : Json.Header(key, value);

    private static bool IsPattern(string value) => value.AsSpan().IndexOfAny('*', '?') >= 0;

    private static string Pattern(string value) => PathTypes.Escape(value).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);

    private void Times<T>(IEnumerable<T> values, Func<Condition, T, Condition> with)
    {
        List<Condition> next = [.. _all.SelectMany(_ => values, with).Take(MaxMatches + 1)];
        if (next.Count is 0 or > MaxMatches)
        {
            _lost ??= next.Count == 0 ? "one of its conditions has no values" : "it has too many values";
            return;
        }
        _all = next;
    }

    private sealed record Condition(IReadOnlyList<JsonValue> Headers, IReadOnlyList<JsonValue> Query, string? Method)
    {
        public JsonValue ToJson() => Json.Map(("headers", Json.List(Headers)), ("queryParams", Json.List(Query)), ("method", Json.Text(Method)));
    }
}
