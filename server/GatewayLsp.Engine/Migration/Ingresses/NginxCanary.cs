using System.Globalization;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A canary Ingress: a second one for the same host and path that takes a part of the requests.</summary>
internal static class NginxCanary
{
    public const string Flag = P + "canary";

    private const string P = Controllers.NginxPrefix;
    private const int MaxWeight = 1_000_000;

    public static void Merge(Conversion conversion, List<IngressWork> works, IngressModel canary)
    {
        Split split = Read(conversion, canary);
        TellIneffective(conversion, canary);
        foreach (IngressRule rule in canary.Rules)
        {
            foreach (IngressPath path in rule.Paths)
            {
                if (conversion.Backend(canary, path.Backend) is not { } backend)
                {
                    continue;
                }
                bool isMerged = false;
                foreach (RouteDraft route in works.Where(work => work.Controller == Controller.Nginx).SelectMany(work => work.Routes).Where(route => route.Namespace == canary.Namespace && IsFor(route, rule.Host)))
                {
                    foreach (RuleDraft main in route.Rules.Where(main => main.Origin?.Path == path.Path && main.Conditions.Count == 0 && !main.Redirects).ToArray())
                    {
                        isMerged = true;
                        if (main.HasCanary)
                        {
                            conversion.Lost(canary, path.Node, "path", $"Another canary already takes its part of `{path.Path}`, and a path has one at most. This one is left out.");
                            continue;
                        }
                        split.Apply(route, main, backend);
                    }
                }
                if (!isMerged)
                {
                    conversion.Lost(canary, path.Node, "path", $"No Ingress that is converted has the path `{path.Path}` of {(rule.Host is null ? "all hosts" : $"host `{rule.Host}`")}, so there is nothing to take a part of. Convert the canary together with its main Ingress.");
                }
            }
        }
        if (canary.Rules.IsEmpty)
        {
            conversion.Lost(canary, Flag, "This canary has no rules, so there is nothing to take a part of.");
        }
    }

    private static Split Read(Conversion conversion, IngressModel canary)
    {
        string? header = canary.Take(P + "canary-by-header");
        string? value = canary.Take(P + "canary-by-header-value");
        string? pattern = canary.Take(P + "canary-by-header-pattern");
        string? cookie = canary.Take(P + "canary-by-cookie");
        if (header is not null && (!RuleChecks.IsHeaderName(header) || (value is not null && !RuleChecks.IsHeaderValue(value))))
        {
            conversion.Lost(canary, P + "canary-by-header", $"`{header}{(value is null ? "" : ": " + value)}` is not a header that a match can have; requests are not chosen by it.");
            header = null;
        }
        if (cookie is not null && !RuleChecks.IsHeaderName(cookie))
        {
            conversion.Lost(canary, P + "canary-by-cookie", $"`{cookie}` is not the name of a cookie; requests are not chosen by it.");
            cookie = null;
        }
        else if (cookie is not null)
        {
            conversion.Differs(canary, P + "canary-by-cookie", "The cookie is looked for in the header `Cookie` by a regular expression, which not every controller supports.");
        }
        int? weight = Number(canary.Take(P + "canary-weight"));
        int total = Number(canary.Take(P + "canary-weight-total")) is { } all and > 0 ? all : 100;
        return new Split(header, value, pattern, cookie, weight is { } share ? Math.Min(share, total) : null, total);
    }

    /// <summary>All but a few settings of a canary are those of its main Ingress.</summary>
    private static void TellIneffective(Conversion conversion, IngressModel canary)
    {
        foreach (string name in canary.AnnotationNames.Where(name => name.StartsWith(P, StringComparison.Ordinal) && !name.StartsWith(Flag, StringComparison.Ordinal)).ToArray())
        {
            if (canary.Take(name) is not null)
            {
                conversion.Differs(canary, name, "A canary has this setting from its main Ingress, so it had no effect here and is left out.");
            }
        }
    }

    private static bool IsFor(RouteDraft route, string? host) => host is null ? route.Hostnames.Count == 0 : route.Hostnames.Contains(host.ToLowerInvariant());

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= MaxWeight ? number : null;

    /// <summary>How requests are shared out: by a header first, then by a cookie, then by weight.</summary>
    private sealed record Split(string? Header, string? Value, string? Pattern, string? Cookie, int? Weight, int Total)
    {
        public void Apply(RouteDraft route, RuleDraft main, BackendDraft canary)
        {
            main.HasCanary = true;
            List<BackendDraft> stable = [.. main.Backends];
            List<BackendDraft> next = [canary];
            if (Weight is { } share)
            {
                main.Backends = [.. stable.Select(b => b with { Weight = Total - share }), canary with { Weight = share }];
            }
            // `never` keeps a request away from what comes after it in the order.
            var rules = new List<RuleDraft>();
            bool isShared = Weight > 0;
            if (Header is not null && Value is null && Pattern is null)
            {
                rules.Add(main.With(Match(Json.Header(Header, "always")), next));
                if (isShared || Cookie is not null)
                {
                    rules.Add(main.With(Match(Json.Header(Header, "never")), stable));
                }
            }
            else if (Header is not null)
            {
                rules.Add(main.With(Match(Value is not null ? Json.Header(Header, Value) : Json.Header(Header, Pattern!, "RegularExpression")), next));
            }
            if (Cookie is not null)
            {
                rules.Add(main.With(Match(OfCookie("always")), next));
                if (isShared)
                {
                    rules.Add(main.With(Match(OfCookie("never")), stable));
                }
            }
            route.Rules.InsertRange(route.Rules.IndexOf(main), rules);
        }

        private JsonValue OfCookie(string value) => Json.Header("Cookie", $"(.*; *)?{PathTypes.Escape(Cookie!)}={value}(;.*)?", "RegularExpression");

        private static JsonValue Match(JsonValue header) => Json.Map(("headers", Json.List([header])));
    }
}
