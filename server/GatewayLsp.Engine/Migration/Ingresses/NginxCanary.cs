using System.Globalization;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>A canary Ingress: a second one for the same host and path that takes a part of the requests.</summary>
internal static class NginxCanary
{
    public const string Flag = P + "canary";

    private const string P = Controllers.NginxPrefix;

    public static void Merge(Conversion conversion, IngressModel canary)
    {
        string? header = canary.Take(P + "canary-by-header");
        string? value = canary.Take(P + "canary-by-header-value");
        string? pattern = canary.Take(P + "canary-by-header-pattern");
        int? weight = Number(canary.Take(P + "canary-weight"));
        int total = Number(canary.Take(P + "canary-weight-total")) ?? 100;
        if (canary.Take(P + "canary-by-cookie") is not null)
        {
            conversion.Lost(canary, P + "canary-by-cookie", "Routes match headers, not cookies: a match of the header `Cookie` by RegularExpression comes nearest, where the controller supports it.");
        }
        bool isMerged = false;
        foreach (IngressRule rule in canary.Rules)
        {
            foreach (IngressPath path in rule.Paths)
            {
                if (conversion.Backend(canary, path.Backend) is not { } backend)
                {
                    continue;
                }
                foreach (RouteDraft route in conversion.Routes.Where(route => route.Namespace == canary.Namespace && IsFor(route, rule.Host)))
                {
                    foreach (RuleDraft main in route.Rules.Where(main => main.Origin?.Path == path.Path && !main.Redirects).ToArray())
                    {
                        Split(route, main, backend, header, value, pattern, weight, total);
                        isMerged = true;
                    }
                }
            }
        }
        if (!isMerged)
        {
            conversion.Lost(canary, Flag, "There is no Ingress with the same host and path among those converted: convert both at once.");
        }
    }

    private static void Split(RouteDraft route, RuleDraft main, BackendDraft canary, string? header, string? value, string? pattern, int? weight, int total)
    {
        int at = route.Rules.IndexOf(main);
        List<BackendDraft> stable = [.. main.Backends];
        if (weight is { } share)
        {
            main.Backends = [.. stable.Select(b => b with { Weight = Math.Max(0, total - share) }), canary with { Weight = Math.Min(share, total) }];
        }
        if (header is null)
        {
            return;
        }
        if (value is null && pattern is null)
        {
            // The header has the last word: `never` keeps a request away from the canary.
            if (weight > 0)
            {
                route.Rules.Insert(at, main.With(Json.Map(("headers", Json.List([Json.Header(header, "never")]))), stable));
            }
            route.Rules.Insert(at, main.With(Json.Map(("headers", Json.List([Json.Header(header, "always")]))), [canary]));
        }
        else
        {
            route.Rules.Insert(at, main.With(Json.Map(("headers", Json.List([pattern is null ? Json.Header(header, value!) : Json.Header(header, pattern, "RegularExpression")]))), [canary]));
        }
    }

    private static bool IsFor(RouteDraft route, string? host) => host is null ? route.Hostnames.Count == 0 : route.Hostnames.Contains(host.ToLowerInvariant());

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= 1_000_000 ? number : null;
}
