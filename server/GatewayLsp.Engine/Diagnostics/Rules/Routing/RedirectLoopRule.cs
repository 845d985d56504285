using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A redirect to where the request came from.</summary>
internal sealed class RedirectLoopRule : SemanticRule
{
    public override string Code => "redirect-loop";

    public override string Title => "Redirect that leads back to itself";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "At a listener that the route is attached to, a RequestRedirect leads to the very scheme, host, port and path of the request, or to a path that the same rule takes again, as often as it is followed.",
        "The browser asks again, meets the same rule again, and gives up with \"too many redirects\". As a rule the route that sends HTTP to HTTPS is attached to the HTTPS listener, too: `sectionName` keeps it off.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
          - name: secure
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: shop-tls
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: to-https
        spec:
          parentRefs:
          - name: front
          rules:
          - filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
          - name: secure
            port: 443
            protocol: HTTPS
            tls:
              certificateRefs:
              - name: shop-tls
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: to-https
        spec:
          parentRefs:
          - name: front
            sectionName: web
          rules:
          - filters:
            - type: RequestRedirect
              requestRedirect:
                scheme: https
        """,
        "There is no fix: what should be different only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not HttpRoute route)
        {
            return;
        }
        for (int i = 0; i < route.HttpRules.Length; i++)
        {
            foreach (RouteFilter filter in route.HttpRules[i].Filters)
            {
                if (filter.Redirect is not { IsTemplated: false, Path.IsTemplated: false } redirect)
                {
                    continue;
                }
                if (FirstLoop(route, i, redirect, context) is { } at)
                {
                    context.Report(this, redirect, ["scheme", "hostname", "port", "path"],
                        $"At {Naming.Of(at.Listener).Replace('\'', '`')} this redirect leads back to the URL that was asked for: it never ends.",
                        related: context.Related(at.Owner, at.Listener, ["protocol", "name"], $"Listener `{at.Name}` is here."));
                }
                else if (FirstChain(route, i, redirect, context) is ({ } listener, { } target))
                {
                    context.Report(this, redirect, ["path"],
                        $"At {Naming.Of(listener.Listener).Replace('\'', '`')} this redirect leads to `{target}`, which the same rule redirects again, and so on: it never ends.",
                        related: context.Related(listener.Owner, listener.Listener, ["protocol", "name"], $"Listener `{listener.Name}` is here."));
                }
            }
        }
    }

    private static ResolvedListener? FirstLoop(HttpRoute route, int rule, RequestRedirect redirect, SemanticContext context)
    {
        HttpRouteRule own = route.HttpRules[rule];
        for (int i = 0; i < own.Matches.Length; i++)
        {
            if (!IsSamePath(own.Matches[i], redirect.Path))
            {
                continue;
            }
            int? match = ReferenceEquals(own.Matches[i].Node, own.Node) ? null : i;
            foreach (ResolvedParent parent in context.Resolver.Route(route).Parents.Where(context.IsSettled))
            {
                foreach (AttachedListener at in parent.Listeners)
                {
                    if (IsSamePlace(at.Listener.Listener, redirect) && HostOf(at, redirect) is { IsCertain: true } host && IsFirst(route, rule, match, at, host.Name, context))
                    {
                        return at.Listener;
                    }
                }
            }
        }
        return null;
    }

    /// <summary>Where the rule takes the target of its redirect again and again; nowhere when a template might put in a match that ends it.</summary>
    private static (ResolvedListener? Listener, string? Target) FirstChain(HttpRoute route, int rule, RequestRedirect redirect, SemanticContext context)
    {
        if (redirect.Path.Value.Length == 0 || redirect.Path.Type is not (PathModifierType.ReplaceFullPath or PathModifierType.ReplacePrefixMatch)
            || route.Object.Document.IsTemplate || RouteReader.Of(context.Resolver.Route(route)).Rules.Any(static one => one.Matches.Any(static match => match.Unknown is not null)))
        {
            return default;
        }
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents.Where(context.IsSettled))
        {
            foreach (AttachedListener at in parent.Listeners)
            {
                if (!IsSamePlace(at.Listener.Listener, redirect) || HostOf(at, redirect) is not { IsCertain: true } host)
                {
                    continue;
                }
                foreach (string path in route.HttpRules[rule].Matches.SelectMany(Samples))
                {
                    string name = Sample(host.Name ?? at.Listener.Listener.Hostname ?? "*.example");
                    if (context.Resolver.Ask(snapshot => RedirectChainAnswer.Of(snapshot, at.Listener, route, rule, name, path)).FirstTarget is { } target)
                    {
                        return (at.Listener, target);
                    }
                }
            }
        }
        return default;
    }

    /// <summary>Paths that a match takes: what is below a prefix may be redirected where another rule takes the prefix itself.</summary>
    private static string[] Samples(HttpMatch match) => !IsPlain(match) ? [] : match.Path.Type switch
    {
        PathMatchType.Exact => [match.Path.Value],
        PathMatchType.PathPrefix => [match.Path.Value, match.Path.Value.TrimEnd('/') + "/any"],
        _ => [],
    };

    /// <summary>A name that a wildcard stands for, and that hardly another route is for.</summary>
    private static string Sample(string hostname) => hostname.StartsWith("*.", StringComparison.Ordinal) ? "any" + hostname[1..] : hostname;

    private static bool IsPlain(HttpMatch match) =>
        match is { IsTemplated: false, IsOpen: false, Method: null or "GET" or "HEAD", Headers.IsEmpty: true, QueryParams.IsEmpty: true, Path.IsTemplated: false };

    /// <summary>Without a path that changes. What hangs on headers may differ the second time, as what hangs on the method does.</summary>
    private static bool IsSamePath(HttpMatch match, PathModifier change) =>
        IsPlain(match) && change.Type switch
        {
            PathModifierType.None => !change.IsTemplated,
            PathModifierType.ReplaceFullPath => match.Path.Type == PathMatchType.Exact && match.Path.Value == change.Value,
            PathModifierType.ReplacePrefixMatch => match.Path.Type == PathMatchType.PathPrefix && change.Value.Length > 0 && match.Path.Value.TrimEnd('/') == change.Value.TrimEnd('/'),
            _ => false,
        };

    private static bool IsSamePlace(Listener listener, RequestRedirect redirect)
    {
        if (listener is not { Port: { } port, Protocol: "HTTP" or "HTTPS", IsTemplated: false })
        {
            return false;
        }
        string scheme = listener.Protocol == "HTTP" ? "http" : "https";
        int target = redirect.Port ?? (redirect.Scheme is null ? port : RedirectTarget.PortOf(redirect.Scheme) ?? port);
        return (redirect.Scheme is null || redirect.Scheme == scheme) && target == port;
    }

    /// <summary>A hostname of the route for which the redirect changes nothing; null as the name for all.</summary>
    private static (bool IsCertain, string? Name) HostOf(AttachedListener at, RequestRedirect redirect)
    {
        if (redirect.Hostname is not { } wanted)
        {
            return (true, at.Hostnames.IsEmpty ? null : at.Hostnames[0]);
        }
        string name = wanted.ToLowerInvariant();
        return (at.Hostnames.Contains(name), name);
    }

    /// <summary>False where another rule takes the requests, so that this one is never asked.</summary>
    private static bool IsFirst(HttpRoute route, int rule, int? match, AttachedListener at, string? host, SemanticContext context)
    {
        ShadowAnswer here = context.ShadowsAt(at.Listener, route, host);
        if (!here.IsServed)
        {
            return false;
        }
        foreach (Shadow shadow in here.Shadows)
        {
            if (shadow.Entry.Rule.Index == rule && shadow.Entry.Match.Index == match)
            {
                return false;
            }
        }
        return true;
    }
}
