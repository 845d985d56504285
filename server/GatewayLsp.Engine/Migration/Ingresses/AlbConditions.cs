using System.Text.Json;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary><c>conditions.NAME</c>: what a request must have beside host and path. Values of one condition are alternatives, conditions add up.</summary>
internal static class AlbConditions
{
    private const string P = Controllers.AlbPrefix;

    /// <summary>Matches that a rule may have (API limit).</summary>
    private const int MaxMatches = 64;

    public static void Apply(IngressWork work, RuleDraft rule, string name)
    {
        string annotation = P + "conditions." + name;
        if (!work.Ingress.Has(annotation))
        {
            return;
        }
        List<Condition> all = [new([], [], null)];
        foreach (JsonElement? condition in (work.Ingress.Take(annotation) is { } text ? AlbJson.Parse(text) : null).Items())
        {
            List<Condition>? next = Extend(all, condition);
            if (next is null || next.Count > MaxMatches)
            {
                work.Conversion.Lost(work.Ingress, annotation, condition.At("field").Text() switch
                {
                    "source-ip" => "Routes don't match the address of the client; a policy of your controller, or the network's firewall, may.",
                    "host-header" => "Further hosts belong into `hostnames` of a route; add them there.",
                    "path-pattern" => "Further paths are rules of their own; add them.",
                    _ => "This condition has no counterpart among a route's matches.",
                });
                continue;
            }
            all = next;
        }
        rule.Conditions = [.. all.Select(one => one.ToJson())];
    }

    /// <summary>Tells of an action or condition that no backend refers to.</summary>
    public static void Check(IngressWork work, string annotation)
    {
        if (work.Ingress.Untaken.Any(entry => entry.Name == annotation))
        {
            work.Ingress.Take(annotation);
            work.Conversion.Differs(work.Ingress, annotation, "No backend of this Ingress refers to it.");
        }
    }

    private static List<Condition>? Extend(List<Condition> all, JsonElement? condition)
    {
        switch (condition.At("field").Text())
        {
            case "http-header" when condition.At("httpHeaderConfig").At("httpHeaderName").Text() is { } header:
                return Times(all, condition.At("httpHeaderConfig").At("values").Items().Select(v => v.Text()).OfType<string>(), (one, value) =>
                    one with { Headers = [.. one.Headers, IsPattern(value) ? Json.Header(header, Pattern(value), "RegularExpression") : Json.Header(header, value)] });
            case "http-request-method":
                return Times(all, condition.At("httpRequestMethodConfig").At("values").Items().Select(v => v.Text()).OfType<string>(), (one, value) => one with { Method = value });
            case "query-string":
                return Times(all, condition.At("queryStringConfig").At("values").Items().Where(v => v.At("key").Text() is not null && v.At("value").Text() is not null), (one, value) =>
                    one with { Query = [.. one.Query, Query(value.At("key").Text()!, value.At("value").Text()!)] });
            default:
                return null;
        }
    }

    private static JsonValue Query(string key, string value) => IsPattern(value) ? Json.Header(key, Pattern(value), "RegularExpression") : Json.Header(key, value);

    private static bool IsPattern(string value) => value.AsSpan().IndexOfAny('*', '?') >= 0;

    private static string Pattern(string value) => PathTypes.Escape(value).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);

    private static List<Condition>? Times<T>(List<Condition> all, IEnumerable<T> values, Func<Condition, T, Condition> with)
    {
        List<Condition> next = [.. all.SelectMany(_ => values, with).Take(MaxMatches + 1)];
        return next.Count == 0 ? null : next;
    }

    private sealed record Condition(IReadOnlyList<JsonValue> Headers, IReadOnlyList<JsonValue> Query, string? Method)
    {
        public JsonValue ToJson() => Json.Map(("headers", Json.List(Headers)), ("queryParams", Json.List(Query)), ("method", Json.Text(Method)));
    }
}
