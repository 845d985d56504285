using System.Globalization;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Annotations of ingress-nginx.</summary>
internal static class NginxAnnotations
{
    private const string P = Controllers.NginxPrefix;

    public static void Apply(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        Conversion conversion = work.Conversion;
        // Hosts with TLS are redirected unless that is switched off.
        work.RedirectCode = ingress.TakeFlag(P + "ssl-redirect", usual: true) ? 308 : null;
        if (ingress.TakeFlag(P + "force-ssl-redirect") && ingress.Tls.IsEmpty)
        {
            conversion.Lost(ingress, P + "force-ssl-redirect", "TLS ends before this controller, so a redirect by listener would never stop. Let what ends TLS redirect, or match the header `X-Forwarded-Proto: http` in a route with a RequestRedirect.");
        }
        foreach (string alias in (ingress.Take(P + "server-alias") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (alias.StartsWith('~'))
            {
                conversion.Lost(ingress, P + "server-alias", "Hostnames are no regular expressions here; only a first label `*` stands for others.");
            }
            else
            {
                work.Aliases.Add(alias.ToLowerInvariant());
            }
        }
        if (ingress.TakeFlag(P + "ssl-passthrough"))
        {
            work.IsPassthrough = true;
            foreach (RouteDraft route in work.Routes)
            {
                route.Kind = "TLSRoute";
            }
            return;
        }
        Protocol(work);
        NginxRewrite.Apply(work);
        Redirects(work);
        Timeouts(work);
        if (ingress.TakeFlag(P + "enable-cors"))
        {
            Cors(work);
        }
        if (ingress.Take(P + "upstream-vhost") is { Length: > 0 } vhost)
        {
            Rewrite(work, "hostname", vhost);
        }
        if (ingress.Take(P + "x-forwarded-prefix") is { Length: > 0 } prefix)
        {
            foreach (RuleDraft rule in work.Rules)
            {
                rule.Filters.Add(Json.Filter("RequestHeaderModifier", "requestHeaderModifier", Json.Map(("set", Json.List([Json.Header("X-Forwarded-Prefix", prefix)])))));
            }
        }
    }

    /// <summary>Puts a field into the URLRewrite filter of all rules.</summary>
    private static void Rewrite(IngressWork work, string field, string value)
    {
        foreach (RuleDraft rule in work.Rules)
        {
            int at = rule.Filters.FindIndex(filter => filter.Members[0].Value.Text == "URLRewrite");
            JsonValue inner = at < 0 ? Json.Map() : rule.Filters[at].Members[1].Value;
            JsonValue made = Json.Filter("URLRewrite", "urlRewrite", JsonValue.OfMembers([new(field, JsonValue.Of(value)), .. inner.Members]));
            if (at < 0)
            {
                rule.Filters.Add(made);
            }
            else
            {
                rule.Filters[at] = made;
            }
        }
    }

    private static void Protocol(IngressWork work)
    {
        switch (work.Ingress.Take(P + "backend-protocol")?.ToUpperInvariant())
        {
            case "GRPC" or "GRPCS":
                if (work.Ingress.Take(P + "backend-protocol")!.Equals("GRPCS", StringComparison.OrdinalIgnoreCase))
                {
                    work.Conversion.Lost(work.Ingress, P + "backend-protocol", "TLS towards the backend is a BackendTLSPolicy for its Service, which names the host and the CA of its certificate.");
                }
                foreach (RouteDraft route in work.Routes)
                {
                    route.Kind = "GRPCRoute";
                }
                break;
            case "HTTPS":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "TLS towards the backend is a BackendTLSPolicy for its Service, which names the host and the CA of its certificate.");
                break;
            case "FCGI":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "No route speaks FastCGI: put a web server before the backend.");
                break;
            case "AUTO_HTTP":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "Set `appProtocol` of the Service's port (`kubernetes.io/h2c` and the like).");
                break;
        }
    }

    private static void Redirects(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        foreach ((string name, string codeName, int usual) in ((string, string, int)[])[("permanent-redirect", "permanent-redirect-code", 301), ("temporal-redirect", "temporal-redirect-code", 302)])
        {
            string? code = ingress.Take(P + codeName);
            if (ingress.Take(P + name) is not { Length: > 0 } target)
            {
                continue;
            }
            if (RedirectTarget.Parse(target) is not { } redirect)
            {
                work.Conversion.Lost(ingress, P + name, "The target holds variables of nginx other than `$request_uri` at its end. A RequestRedirect takes scheme, hostname, port and path.");
                continue;
            }
            int status = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int written) && written is 301 or 302 or 303 or 307 or 308 ? written : usual;
            if (redirect.DropsQuery)
            {
                work.Conversion.Differs(ingress, P + name, "A RequestRedirect keeps the query of the request; nginx answered with the target as it was written.");
            }
            foreach (RouteDraft route in work.Routes)
            {
                RuleDraft rule = route.Rules[0];
                route.Rules.Clear();
                var only = new RuleDraft { Path = ("PathPrefix", "/"), Redirects = true, Origin = rule.Origin };
                only.Filters.Add(redirect.ToFilter(status));
                route.Rules.Add(only);
            }
        }
        if (ingress.Take(P + "app-root") is { Length: > 0 } root)
        {
            foreach (RouteDraft route in work.Routes.Where(route => route.Kind == "HTTPRoute" && !route.Rules.Exists(rule => rule.Path == ("Exact", "/"))))
            {
                var rule = new RuleDraft { Path = ("Exact", "/"), Redirects = true };
                rule.Filters.Add(Json.Filter("RequestRedirect", "requestRedirect", Json.Map(
                    ("path", Json.Map(("type", JsonValue.Of("ReplaceFullPath")), ("replaceFullPath", JsonValue.Of(root)))), ("statusCode", JsonValue.Of(302)))));
                route.Rules.Insert(0, rule);
            }
        }
        if (ingress.TakeFlag(P + "from-to-www-redirect"))
        {
            work.Conversion.Lost(ingress, P + "from-to-www-redirect", "Make an HTTPRoute for the other hostname with a RequestRedirect whose `hostname` is this one; with TLS, give it a listener, too.");
        }
    }

    private static void Timeouts(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        if (ingress.Take(P + "proxy-read-timeout") is { } read)
        {
            if (int.TryParse(read.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is > 0 and < 100_000)
            {
                foreach (RuleDraft rule in work.Rules)
                {
                    rule.Timeout = $"{seconds}s";
                }
                work.Conversion.Differs(ingress, P + "proxy-read-timeout", "nginx waited so long for each piece of the answer; `timeouts.backendRequest` is the time until the whole answer is there. Long downloads may need more.");
            }
            else
            {
                work.Conversion.Lost(ingress, P + "proxy-read-timeout", "It is no number of seconds.");
            }
        }
        foreach (string name in (string[])["proxy-connect-timeout", "proxy-send-timeout"])
        {
            if (ingress.Take(P + name) is not null)
            {
                work.Conversion.Lost(ingress, P + name, "Routes have timeouts for a request as a whole (`timeouts.request`, `timeouts.backendRequest`); for this one a controller has a policy of its own, if any.");
            }
        }
    }

    private static void Cors(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        static string[] Split(string? list, string usual) => (list ?? usual).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] origins = Split(ingress.Take(P + "cors-allow-origin"), "*");
        bool credentials = ingress.TakeFlag(P + "cors-allow-credentials", usual: true);
        long age = long.TryParse(ingress.Take(P + "cors-max-age"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and <= int.MaxValue ? seconds : 1728000;
        JsonValue filter = Json.Filter("CORS", "cors", Json.Map(
            ("allowOrigins", Json.Texts(origins)),
            ("allowCredentials", credentials ? JsonValue.True : null),
            ("allowMethods", Json.Texts(Split(ingress.Take(P + "cors-allow-methods"), "GET, PUT, POST, DELETE, PATCH, OPTIONS"))),
            ("allowHeaders", Json.Texts(Split(ingress.Take(P + "cors-allow-headers"), "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization"))),
            ("exposeHeaders", Json.Texts(Split(ingress.Take(P + "cors-expose-headers"), ""))),
            ("maxAge", JsonValue.Of(age))));
        foreach (RouteDraft route in work.Routes.Where(route => route.Kind == "HTTPRoute"))
        {
            route.Rules.ForEach(rule => rule.Filters.Add(filter));
        }
        if (work.Routes.Any(route => route.Kind != "HTTPRoute"))
        {
            work.Conversion.Lost(ingress, P + "enable-cors", "GRPCRoutes have no CORS filter.");
        }
    }
}
