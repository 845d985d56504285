using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Makes rules such as the API takes them; what it does not take is told at its line and left out.</summary>
internal static partial class RuleChecks
{
    private const int MaxBackends = 16;
    private const int MaxMatches = 64;
    private const int MaxConditions = 16;

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderName { get; }

    [GeneratedRegex(@"^[!-~]+([\t ]?[!-~]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderValue { get; }

    [GeneratedRegex(@"^/[A-Za-z_.][A-Za-z0-9_.]*(/[A-Za-z_][A-Za-z0-9_]*)?/?$", RegexOptions.NonBacktracking)]
    private static partial Regex GrpcMethod { get; }

    public static bool IsHeaderName(string name) => HeaderName.IsMatch(name);

    /// <summary>Visible characters with single blanks between them.</summary>
    public static bool IsHeaderValue(string value) => value.Length <= 4096 && HeaderValue.IsMatch(value);

    public static void Run(Conversion conversion)
    {
        foreach (RouteDraft route in conversion.Routes)
        {
            if (route.Kind == "TLSRoute")
            {
                continue;
            }
            foreach (RuleDraft rule in route.Rules.ToArray())
            {
                if (!FitsPath(conversion, route, rule) || !FitsConditions(conversion, route, rule))
                {
                    route.Rules.Remove(rule);
                    continue;
                }
                Filters(conversion, route, rule);
                Backends(conversion, route, rule);
                Split(route, rule);
            }
        }
        conversion.Routes.RemoveAll(route => route.Rules.Count == 0);
    }

    private static bool FitsPath(Conversion conversion, RouteDraft route, RuleDraft rule)
    {
        (string type, string value) = rule.Path;
        if (route.IsGrpc && value.Trim('/').Length > 0 && !GrpcMethod.IsMatch(value))
        {
            conversion.Lost(route.Source, rule.At, "path", $"`{Shown(value)}` is not the path of a gRPC service or method (`/package.Service/Method`), so the rule is left out.");
            return false;
        }
        if (PathTypes.Fit(type, value, out string reason) is not { } fitted)
        {
            conversion.Lost(route.Source, rule.At, "path", $"The rule for `{Shown(value)}` is left out: {reason}.");
            return false;
        }
        if (fitted != value)
        {
            conversion.Differs(route.Source, rule.At, "path", $"`{Shown(value)}` is written `{Shown(fitted)}` in the route, as it stands in requests.");
            rule.Path = (type, fitted);
        }
        return true;
    }

    private static bool FitsConditions(Conversion conversion, RouteDraft route, RuleDraft rule)
    {
        foreach (JsonValue condition in rule.Conditions)
        {
            foreach ((string field, JsonValue list) in condition.Members.Where(member => member.Value.Kind == JsonKind.Array))
            {
                string[] names = [.. list.Items.Select(item => item.Members.First(m => m.Key == "name").Value.Text)];
                string[] values = [.. list.Items.Select(item => item.Members.First(m => m.Key == "value").Value.Text)];
                string what = field == "headers" ? "header" : "query parameter";
                string? reason = names.FirstOrDefault(name => !IsHeaderName(name)) is { } odd ? $"`{Shown(odd)}` is not the name of a {what}"
                    : values.FirstOrDefault(value => field == "headers" ? !IsHeaderValue(value) : value.Length is 0 or > 1024) is { } bad ? $"`{Shown(bad)}` is not a value that a {what} can be compared with"
                    : names.Distinct(StringComparer.OrdinalIgnoreCase).Count() < names.Length ? $"a match has one condition for each {what}, and here are two for the same one"
                    : names.Length > MaxConditions ? $"a match has {MaxConditions} conditions of a kind at most" : null;
                if (reason is not null)
                {
                    conversion.Lost(route.Source, rule.At, "conditions", $"The rule for `{Shown(rule.Path.Value)}` is left out: {reason}.");
                    return false;
                }
            }
        }
        return true;
    }

    private static void Filters(Conversion conversion, RouteDraft route, RuleDraft rule)
    {
        if (rule.Filter("RequestRedirect") is not null && rule.Filter("URLRewrite") is { } rewrite)
        {
            // The redirect is answered before a backend is asked, so the rewrite never had any effect.
            rule.Filters.Remove(rewrite);
            conversion.Differs(route.Source, rule.At, "URLRewrite", $"The rule for `{Shown(rule.Path.Value)}` redirects, so its rewrite had no effect. It is left out: a rule can't have both.");
        }
        foreach (JsonValue filter in rule.Filters.Where(one => route.IsGrpc && RuleDraft.TypeOf(one) is not ("RequestHeaderModifier" or "ResponseHeaderModifier")).ToArray())
        {
            rule.Filters.Remove(filter);
            conversion.Lost(route.Source, rule.At, RuleDraft.TypeOf(filter), $"A GRPCRoute has no {RuleDraft.TypeOf(filter)} filter; it is left out.");
        }
        if (route.IsGrpc && rule.Timeout is not null)
        {
            conversion.Lost(route.Source, rule.At, "timeouts", "A GRPCRoute has no timeouts; clients give the deadline of a call.");
        }
        if (route.IsGrpc && rule.Redirects)
        {
            rule.Redirects = false;
        }
    }

    private static void Backends(Conversion conversion, RouteDraft route, RuleDraft rule)
    {
        if (rule.Backends.Count > MaxBackends)
        {
            conversion.Lost(route.Source, rule.At, "backend", $"A rule has {MaxBackends} backends at most; the last {rule.Backends.Count - MaxBackends} are left out.");
            rule.Backends = [.. rule.Backends.Take(MaxBackends)];
        }
    }

    /// <summary>Several rules where one would have too many matches, or a prefix is replaced, which wants a rule with one match.</summary>
    private static void Split(RouteDraft route, RuleDraft rule)
    {
        bool replaces = rule.Filters.Exists(filter => filter.Members[1].Value.Members.Any(m => m.Key == "path" && m.Value.Members[0].Value.Text == "ReplacePrefixMatch"));
        int most = replaces ? 1 : MaxMatches;
        if (rule.Conditions.Count <= most)
        {
            return;
        }
        int at = route.Rules.IndexOf(rule);
        JsonValue[] rest = [.. rule.Conditions.Skip(most)];
        rule.Conditions = [.. rule.Conditions.Take(most)];
        foreach (JsonValue[] some in rest.Chunk(most))
        {
            RuleDraft more = rule.With(null, rule.Backends);
            more.Conditions = [.. some];
            route.Rules.Insert(++at, more);
        }
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..57] + "...";
}
