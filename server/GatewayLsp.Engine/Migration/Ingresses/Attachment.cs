using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Listeners, which routes are at which, and the redirects from HTTP to HTTPS.</summary>
internal sealed class Attachment(Conversion conversion, List<IngressWork> works)
{
    private readonly List<(IngressWork Work, RouteDraft Route, string? Host)> _redirects = [];
    private readonly HashSet<RouteDraft> _made = [];
    private readonly ILookup<GatewayDraft, IngressWork> _byGateway = works.ToLookup(work => work.Gateway);

    public void Run()
    {
        foreach (IGrouping<GatewayDraft, IngressWork> gateway in _byGateway)
        {
            var facts = new HostFacts([.. gateway]);
            // Ports without a host first: they stay in the Gateway itself however many hosts there are.
            foreach (IngressWork work in gateway.Where(work => !work.IsPassthrough && work.Routes.Count > 0))
            {
                foreach ((_, int port) in work.Ports.Where(p => p.Protocol == "HTTP"))
                {
                    work.Gateway.Listen(work.Ingress.Namespace, "HTTP", port, null);
                }
            }
            foreach (IngressWork work in gateway)
            {
                if (work.Routes.Count == 0 && !conversion.Notes.Exists(note => ReferenceEquals(note.Object, work.Ingress.Object)))
                {
                    conversion.Differs(work.Ingress, work.Ingress.Object.At("metadata", "name") ?? work.Ingress.Object.Node, "rules", "The Ingress has no rule with a backend, so no route is made of it.");
                }
                Attach(work, facts);
                TellTls(work, facts);
            }
            Redirect(gateway.Key, [.. gateway]);
        }
    }

    private void Attach(IngressWork work, HostFacts facts)
    {
        foreach (RouteDraft route in work.Routes)
        {
            string?[] hosts = route.Hostnames.Count == 0 ? [null] : [.. route.Hostnames];
            foreach (string? host in hosts)
            {
                if (work.IsPassthrough)
                {
                    if (host is not null)
                    {
                        route.Attach(host, work.Gateway.Listen(work.Ingress.Namespace, "TLS", 443, host));
                    }
                    continue;
                }
                AttachHost(work, route, host, facts);
            }
        }
    }

    private void AttachHost(IngressWork work, RouteDraft route, string? host, HostFacts facts)
    {
        IReadOnlyList<JsonValue>? certificates = facts.CertificatesOf(work, host);
        bool isTls = certificates is not null || work.SharedCertificates is not null || work.Ports.Exists(port => port.Protocol == "HTTPS");
        if (isTls && host is not null && facts.IsPassedThrough(host))
        {
            conversion.Lost(work.Ingress, work.Ingress.Object.Node, "tls", $"Another Ingress passes the TLS connections of `{host}` through to its backend, so this one gets no HTTPS listener for the host.");
            isTls = false;
        }
        string[] narrower = [.. facts.NarrowerThan(work, host)];
        bool redirects = isTls && work.RedirectCode is not null && work.Ports.Exists(port => port.Protocol == "HTTP");
        foreach ((string protocol, int port) in (isTls || narrower.Length > 0) && !work.Ports.Exists(p => p.Protocol == "HTTPS") ? [.. work.Ports, ("HTTPS", 443)] : work.Ports)
        {
            if (protocol == "HTTP")
            {
                if (!redirects)
                {
                    route.Attach(host, work.Gateway.Listen(work.Ingress.Namespace, "HTTP", port, null));
                }
                continue;
            }
            if (isTls)
            {
                route.Attach(host, work.Gateway.Listen(work.Ingress.Namespace, "HTTPS", port, host, certificates, work.SharedCertificates));
            }
            foreach (string name in narrower)
            {
                route.Attach(host, work.Gateway.Listen(work.Ingress.Namespace, "HTTPS", port, name, facts.CertificatesOf(work, name), work.SharedCertificates));
            }
        }
        if (redirects)
        {
            _redirects.Add((work, route, host));
        }
        else if (work.RedirectCode is not null && work.Ports.Exists(port => port.Protocol == "HTTP"))
        {
            _redirects.AddRange(narrower.Select(name => (work, route, (string?)name)));
        }
    }

    /// <summary>Parts of <c>spec.tls</c> that no rule leads to: the certificate gets its listener all the same.</summary>
    private void TellTls(IngressWork work, HostFacts facts)
    {
        foreach (IngressTls tls in work.Ingress.Tls)
        {
            if (tls.Secret is null && work.Controller != Controller.Alb && work.SharedCertificates is null && !work.IsPassthrough)
            {
                conversion.Lost(work.Ingress, tls.Node, "tls", "No `secretName` is here, so the controller's own certificate was used. An HTTPS listener has none by itself: make a Secret of type kubernetes.io/tls and name it in `tls.certificateRefs` of the listener.");
            }
            foreach (string name in tls.Hosts)
            {
                string host = name.ToLowerInvariant();
                if (!IngressWork.IsHostname(host))
                {
                    conversion.Lost(work.Ingress, tls.Node, "tls", $"`{name}` is not a hostname that a listener can have, so it gets none.");
                }
                else if (!work.IsPassthrough && !facts.IsPassedThrough(host) && facts.IsIdle(host))
                {
                    int port = work.Ports.Where(p => p.Protocol == "HTTPS").Select(p => p.Port).FirstOrDefault(443);
                    work.Gateway.Listen(work.Ingress.Namespace, "HTTPS", port, host, facts.CertificatesOf(work, host), work.SharedCertificates);
                    conversion.Differs(work.Ingress, tls.Node, "tls", $"No rule is for `{name}`: its HTTPS listener has the certificate, and requests get 404 until a route names the host.");
                }
            }
            if (tls.Secret is { } secret && facts.IsForeign(work))
            {
                conversion.Lost(work.Ingress, tls.Node, "tls", $"The Gateway is in the namespace `{work.Gateway.Namespace}`. To use the Secret `{secret}` it needs a ReferenceGrant in `{work.Ingress.Namespace}` from Gateways of `{work.Gateway.Namespace}` to Secrets.");
            }
        }
    }

    private void Redirect(GatewayDraft gateway, IngressWork[] all)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (IngressWork work in all)
        {
            var whole = new List<string?>();
            foreach ((_, RouteDraft route, string? host) in _redirects.Where(one => one.Work == work))
            {
                if (IsServedPlainly(gateway, route, host))
                {
                    // Another Ingress answers requests over HTTP for this host: only the paths of this one are redirected.
                    RouteDraft some = NewRedirect(work, (host ?? "all") + "-to-https", host is null ? [] : [host]);
                    some.Rules.AddRange(route.Rules.Select(rule => Redirecting(work, rule.Path, rule)));
                }
                else if (done.Add($"{host}/{work.RedirectCode}"))
                {
                    whole.Add(host);
                }
            }
            if (whole.Count > 0)
            {
                RouteDraft route = NewRedirect(work, "to-https", whole.Contains(null) ? [] : [.. whole.OfType<string>().Distinct()]);
                route.Rules.Add(Redirecting(work, ("PathPrefix", "/"), null));
            }
        }
    }

    private bool IsServedPlainly(GatewayDraft gateway, RouteDraft route, string? host) =>
        _byGateway[gateway].Any(other => !ReferenceEquals(other.Ingress, route.Source) && !other.IsPassthrough && other.Ports.Exists(p => p.Protocol == "HTTP")
            && other.Routes.Exists(one => !_made.Contains(one) && (host is null ? one.Hostnames.Count == 0 : one.Hostnames.Contains(host)) && !_redirects.Exists(r => r.Route == one && r.Host == host)));

    private RouteDraft NewRedirect(IngressWork work, string end, string[] hosts)
    {
        RouteDraft route = work.NewRoute("HTTPRoute", end);
        _made.Add(route);
        route.Hostnames.AddRange(hosts);
        foreach ((_, int port) in work.Ports.Where(p => p.Protocol == "HTTP"))
        {
            route.Attach(null, work.Gateway.Listen(work.Ingress.Namespace, "HTTP", port, null));
        }
        work.Routes.Add(route);
        conversion.Routes.Insert(conversion.Routes.FindLastIndex(one => ReferenceEquals(one.Source, work.Ingress)) + 1, route);
        return route;
    }

    private static RuleDraft Redirecting(IngressWork work, (string, string) path, RuleDraft? of)
    {
        int https = work.RedirectPort ?? work.Ports.Where(p => p.Protocol == "HTTPS").Select(p => p.Port).FirstOrDefault(443);
        var rule = new RuleDraft { Path = path, At = of?.At ?? work.Ingress.Object.Node, Conditions = of?.Conditions ?? [], Redirects = true };
        rule.Filters.Add(Json.Filter("RequestRedirect", "requestRedirect", Json.Map(
            ("scheme", JsonValue.Of("https")), ("port", https == 443 ? null : JsonValue.Of(https)), ("statusCode", JsonValue.Of(work.RedirectCode!.Value)))));
        return rule;
    }
}
