using System.Globalization;
using System.Text.RegularExpressions;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Annotations of ingress-nginx.</summary>
internal static partial class NginxAnnotations
{
    private const string P = Controllers.NginxPrefix;

    /// <summary>Methods that a CORS filter knows by name.</summary>
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    private const int MaxCorsItems = 64;

    [GeneratedRegex(@"^https?://((\*\.)?([a-zA-Z0-9-]+\.)*[a-zA-Z0-9-]+|\*)(:[0-9]{1,5})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Origin { get; }

    public static bool IsGrpc(IngressModel ingress) => ingress.Peek(P + "backend-protocol")?.ToUpperInvariant() is "GRPC" or "GRPCS";

    public static void Apply(IngressWork work, SharedHosts hosts)
    {
        IngressModel ingress = work.Ingress;
        Conversion conversion = work.Conversion;
        // Hosts with TLS are redirected unless that is switched off.
        work.RedirectCode = ingress.TakeFlag(P + "ssl-redirect", usual: true) ? 308 : null;
        if (ingress.TakeFlag(P + "force-ssl-redirect") && ingress.Tls.IsEmpty)
        {
            conversion.Lost(ingress, P + "force-ssl-redirect", "TLS ends before this controller, so a redirect of all requests would never stop: let what ends TLS redirect, or write a rule that matches the header `X-Forwarded-Proto: http` with a RequestRedirect.");
        }
        Aliases(work);
        if (ingress.TakeFlag(P + "ssl-passthrough"))
        {
            work.IsPassthrough = true;
            Passthrough(work);
            return;
        }
        Protocol(work, hosts);
        NginxRewrite.Apply(work, hosts);
        Redirects(work);
        Timeouts(work);
        if (ingress.TakeFlag(P + "enable-cors"))
        {
            Cors(work);
        }
        if (ingress.Take(P + "upstream-vhost") is { Length: > 0 } vhost)
        {
            if (Names.IsValid(vhost.ToLowerInvariant()))
            {
                Rewrite(work, "hostname", vhost.ToLowerInvariant());
            }
            else
            {
                conversion.Lost(ingress, P + "upstream-vhost", $"`{vhost}` is not a plain hostname. A URLRewrite filter takes a fixed hostname, without port and variables: write one into `urlRewrite.hostname`, if the backend needs it.");
            }
        }
        if (ingress.Take(P + "x-forwarded-prefix") is { Length: > 0 } prefix)
        {
            if (!RuleChecks.IsHeaderValue(prefix) || prefix.Contains('$'))
            {
                conversion.Lost(ingress, P + "x-forwarded-prefix", $"`{prefix}` is not a fixed value of a header. Set the header `X-Forwarded-Prefix` by a RequestHeaderModifier filter in each rule.");
                return;
            }
            foreach (RuleDraft rule in work.Rules.Where(rule => !rule.Redirects))
            {
                rule.Filters.Add(Json.Filter("RequestHeaderModifier", "requestHeaderModifier", Json.Map(("set", Json.List([Json.Header("X-Forwarded-Prefix", prefix)])))));
            }
        }
    }

    /// <summary>Further names of the first host's server; a name that has rules of its own is no alias.</summary>
    private static void Aliases(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        foreach (string alias in (ingress.Take(P + "server-alias") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string host = alias.ToLowerInvariant();
            if (!IngressWork.IsHostname(host))
            {
                work.Conversion.Lost(ingress, P + "server-alias", $"`{alias}` is not a hostname that a route can have: regular expressions are not allowed, and only the first label can be `*`. Add the hosts that are meant to `hostnames` of the route.");
            }
            else if (work.Routes.Find(route => route.Hostnames.Count > 0) is { } route && !work.Routes.Exists(one => one.Hostnames.Contains(host)))
            {
                route.Hostnames.Add(host);
            }
        }
    }

    private static void Passthrough(IngressWork work)
    {
        foreach (RouteDraft route in work.Routes.ToArray())
        {
            if (route.Hostnames.Count == 0)
            {
                work.Conversion.Lost(work.Ingress, route.Rules[0].At, "ssl-passthrough", "TLS is passed through by the name of the host, and this rule has none. It is left out.");
                work.Routes.Remove(route);
                continue;
            }
            route.Kind = "TLSRoute";
            foreach (RuleDraft rule in route.Rules.Skip(1).Where(rule => !rule.Backends.SequenceEqual(route.Rules[0].Backends)))
            {
                work.Conversion.Lost(work.Ingress, rule.At, "path", "With `ssl-passthrough` all connections of a host go to one backend, that of its first path; paths can't be seen in them. This one is left out.");
            }
        }
    }

    /// <summary>Puts a field into the URLRewrite filter of all rules.</summary>
    private static void Rewrite(IngressWork work, string field, string value)
    {
        foreach (RuleDraft rule in work.Rules.Where(rule => !rule.Redirects))
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

    private static void Protocol(IngressWork work, SharedHosts hosts)
    {
        switch (work.Ingress.Take(P + "backend-protocol")?.ToUpperInvariant())
        {
            case "GRPC" or "GRPCS":
                if (work.Ingress.Take(P + "backend-protocol")!.Equals("GRPCS", StringComparison.OrdinalIgnoreCase))
                {
                    work.Conversion.Lost(work.Ingress, P + "backend-protocol", "TLS towards a backend is a BackendTLSPolicy for its Service: write one with the hostname and the CA of the backend's certificate.");
                }
                Grpc(work, hosts, P + "backend-protocol");
                break;
            case "HTTPS":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "TLS towards a backend is a BackendTLSPolicy for its Service: write one with the hostname and the CA of the backend's certificate.");
                break;
            case "FCGI":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "Routes don't speak FastCGI: put a web server in front of the backend.");
                break;
            case "AUTO_HTTP":
                work.Conversion.Lost(work.Ingress, P + "backend-protocol", "Set `appProtocol` of the Service's port (`kubernetes.io/h2c` and the like).");
                break;
        }
    }

    public static void Grpc(IngressWork work, SharedHosts? hosts, string annotation)
    {
        foreach (RouteDraft route in work.Routes)
        {
            if (hosts?.HasOtherThanGrpc(work, route) == true)
            {
                work.Conversion.Differs(work.Ingress, annotation, "Other Ingresses of this host are not for gRPC, and a listener takes either HTTPRoutes or GRPCRoutes for a host. So this is an HTTPRoute, too: set `appProtocol: kubernetes.io/h2c` on the port of the Service.");
            }
            else
            {
                route.Kind = "GRPCRoute";
            }
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
                work.Conversion.Lost(ingress, P + name, $"`{target}` can't be the target of a RequestRedirect, which takes a scheme, a hostname, a port and a path, and of nginx's variables only `$request_uri` at the end. Requests go to the backends until a redirect is written.");
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
                var only = new RuleDraft { Path = ("PathPrefix", "/"), At = rule.At, Redirects = true, Origin = rule.Origin };
                only.Filters.Add(redirect.ToFilter(status));
                route.Rules.Add(only);
            }
        }
        string? root = ingress.Take(P + "app-root");
        if (root is { Length: > 0 } && (!root.StartsWith('/') || root.Contains('?') || root.Contains('$') || root.Length > PathTypes.MaxLength))
        {
            work.Conversion.Lost(ingress, P + "app-root", $"`{root}` is not a path: a RequestRedirect takes one that begins with `/`, without query and variables.");
        }
        else if (root is { Length: > 0 } && work.IsGrpc)
        {
            work.Conversion.Lost(ingress, P + "app-root", "A GRPCRoute has no RequestRedirect filter. If browsers come to this host, too, make an HTTPRoute that redirects `/`.");
        }
        else if (root is { Length: > 0 })
        {
            foreach (RouteDraft route in work.Routes.Where(route => route.Kind == "HTTPRoute" && !route.Rules.Exists(rule => rule.Path == ("Exact", "/"))))
            {
                var rule = new RuleDraft { Path = ("Exact", "/"), At = ingress.NodeOf(P + "app-root"), Redirects = true };
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
            if (work.IsGrpc)
            {
                work.Conversion.Lost(ingress, P + "proxy-read-timeout", "A GRPCRoute has no timeouts; clients give the deadline of a call.");
            }
            else if (int.TryParse(read.TrimEnd('s'), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is > 0 and < 100_000)
            {
                foreach (RuleDraft rule in work.Rules)
                {
                    rule.Timeout = $"{seconds}s";
                }
                work.Conversion.Differs(ingress, P + "proxy-read-timeout", "nginx waited so long for each piece of the answer; `timeouts.backendRequest` is the time until the whole answer is there. Long downloads may need more.");
            }
            else
            {
                work.Conversion.Lost(ingress, P + "proxy-read-timeout", $"`{read}` is not a number of seconds, so the route has no timeout.");
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
        string[] Items(string name, string usual, Func<string, bool> fits, string what)
        {
            var kept = new List<string>();
            foreach (string item in Split(ingress.Take(P + name), usual).Distinct(StringComparer.Ordinal))
            {
                if (item != "*" && !fits(item))
                {
                    work.Conversion.Lost(ingress, P + name, $"`{item}` is not {what} of a CORS filter, so it is left out.");
                }
                else
                {
                    kept.Add(item);
                }
            }
            // `*` stands for all, and the API wants it alone.
            return kept.Contains("*") ? ["*"] : [.. kept.Take(MaxCorsItems)];
        }
        string[] origins = Items("cors-allow-origin", "*", Origin.IsMatch, "an origin (scheme, host and port)");
        if (origins.Length == 0)
        {
            work.Conversion.Lost(ingress, P + "enable-cors", "No origin is left for a CORS filter, so there is none.");
            return;
        }
        bool credentials = ingress.TakeFlag(P + "cors-allow-credentials", usual: true);
        long age = long.TryParse(ingress.Take(P + "cors-max-age"), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and <= int.MaxValue ? seconds : 1728000;
        string[] methods = [.. Items("cors-allow-methods", "GET, PUT, POST, DELETE, PATCH, OPTIONS", method => Methods.Contains(method.ToUpperInvariant()), "a method").Select(method => method.ToUpperInvariant()).Distinct()];
        JsonValue filter = Json.Filter("CORS", "cors", Json.Map(
            ("allowOrigins", Json.Texts(origins)),
            ("allowCredentials", credentials ? JsonValue.True : null),
            ("allowMethods", Json.Texts(methods)),
            ("allowHeaders", Json.Texts(Items("cors-allow-headers", "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization", RuleChecks.IsHeaderName, "the name of a header"))),
            ("exposeHeaders", Json.Texts(Items("cors-expose-headers", "", RuleChecks.IsHeaderName, "the name of a header"))),
            ("maxAge", JsonValue.Of(age))));
        foreach (RouteDraft route in work.Routes.Where(route => route.Kind == "HTTPRoute"))
        {
            route.Rules.ForEach(rule => rule.Filters.Add(filter));
        }
        if (work.Routes.Any(route => route.Kind != "HTTPRoute"))
        {
            work.Conversion.Lost(ingress, P + "enable-cors", "GRPCRoutes have no CORS filter: write a policy of your controller, if browsers call the service.");
        }
    }
}
