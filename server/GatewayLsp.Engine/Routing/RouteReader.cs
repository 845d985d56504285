using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;
using GatewayLsp.Engine.Syntax;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Routing;

/// <summary>Makes of a route what the tracer works with: matchers compiled, backends as they were resolved.</summary>
internal static class RouteReader
{
    /// <summary>Made once for each resolution of the route and kept with it: always the same instance.</summary>
    public static RoutingRoute Of(ResolvedRoute resolved) =>
        (RoutingRoute)(Volatile.Read(ref resolved.Compiled) ?? Interlocked.CompareExchange(ref resolved.Compiled, Read(resolved), null) ?? resolved.Compiled!);

    private static RoutingRoute Read(ResolvedRoute resolved)
    {
        Route route = resolved.Route;
        var rules = ImmutableArray.CreateBuilder<RoutingRule>(route.Rules.Length);
        for (int i = 0; i < route.Rules.Length; i++)
        {
            // A rule that nobody can carry out is dropped; the others stand.
            if (resolved.RuleIssues.IsEmpty || !resolved.RuleIssues.Any(issue => ReferenceEquals(issue.Rule, route.Rules[i])))
            {
                rules.Add(Read(resolved, route.Rules[i], i));
            }
        }
        return new RoutingRoute
        {
            Name = new TracedRoute(route.Kind, route.Namespace, route.Name),
            CreatedAt = route.CreationTimestamp,
            Rules = rules.DrainToImmutable(),
        };
    }

    private static RoutingRule Read(ResolvedRoute route, RouteRule rule, int index)
    {
        var http = rule as HttpRouteRule;
        return new RoutingRule
        {
            Index = index,
            Name = rule.Name,
            Matches = Matches(rule),
            Filters = Filters(route, rule.Filters),
            Backends = Backends(route, rule.BackendRefs),
            IsOpen = rule.HasOpenBackends || rule.HasOpenFilters,
            RequestTimeout = http?.RequestTimeout,
            BackendTimeout = http?.BackendRequestTimeout,
            Retry = http?.RetryPolicy is { } retry ? Words(retry) : null,
        };
    }

    private static ImmutableArray<RoutingBackend> Backends(ResolvedRoute route, ImmutableArray<BackendRef> backends)
    {
        var found = ImmutableArray.CreateBuilder<RoutingBackend>(backends.Length);
        foreach (BackendRef backend in backends)
        {
            found.Add(new RoutingBackend(Target(route, backend), backend.Weight, Filters(route, backend.Filters)));
        }
        return found.MoveToImmutable();
    }

    /// <summary>Made once for each rule: a Gateway that changes makes all of its routes resolve again, and their matches stay.</summary>
    private static ImmutableArray<RequestMatch> Matches(RouteRule rule)
    {
        if (Volatile.Read(ref rule.Matchers) is RequestMatch[] known)
        {
            return ImmutableCollectionsMarshal.AsImmutableArray(known);
        }
        ImmutableArray<RequestMatch> made = Read(rule);
        Volatile.Write(ref rule.Matchers, ImmutableCollectionsMarshal.AsArray(made));
        return made;
    }

    private static ImmutableArray<RequestMatch> Read(RouteRule rule)
    {
        var found = ImmutableArray.CreateBuilder<RequestMatch>();
        switch (rule)
        {
            case HttpRouteRule http:
                for (int i = 0; i < http.Matches.Length; i++)
                {
                    found.Add(Match(http.Matches[i], IndexOf(http.Matches[i], rule, i)));
                }
                break;
            case GrpcRouteRule grpc:
                for (int i = 0; i < grpc.Matches.Length; i++)
                {
                    found.Add(Match(grpc.Matches[i], IndexOf(grpc.Matches[i], rule, i)));
                }
                break;
            default:
                found.Add(RequestMatch.Everything);
                break;
        }
        return found.DrainToImmutable();
    }

    /// <summary>The match that stands for none is placed at its rule.</summary>
    private static int? IndexOf(ModelElement match, RouteRule rule, int index) => ReferenceEquals(match.Node, rule.Node) ? null : index;

    private static RequestMatch Match(HttpMatch match, int? index) => new()
    {
        Index = index,
        Path = new PathMatcher(match.Path.Type, match.Path.Value),
        Method = match.Method,
        Headers = Values(match.Headers, StringComparer.OrdinalIgnoreCase),
        Query = Values(match.QueryParams, StringComparer.Ordinal),
        Unknown = match.IsOpen ? "what it asks for" : match.Path.IsTemplated || match.Path.Type == PathMatchType.Unknown ? "its path"
            : match.IsTemplated ? "its method" : UnknownOf(match.Headers, "header") ?? UnknownOf(match.QueryParams, "query parameter"),
    };

    private static RequestMatch Match(GrpcMatch match, int? index) => new()
    {
        Index = index,
        Call = new CallMatcher(match.Service ?? "", match.Method ?? "", match.MethodType == ValueMatchType.RegularExpression),
        Headers = Values(match.Headers, StringComparer.OrdinalIgnoreCase),
        Unknown = match.IsOpen ? "what it asks for" : match.IsTemplated || match.MethodType == ValueMatchType.Unknown ? "its service or method" : UnknownOf(match.Headers, "header"),
    };

    private static ImmutableArray<ValueMatcher> Values(ImmutableArray<NamedMatch> matches, StringComparer names)
    {
        if (matches.IsEmpty)
        {
            return [];
        }
        var seen = new HashSet<string>(names);
        var found = ImmutableArray.CreateBuilder<ValueMatcher>(matches.Length);
        foreach (NamedMatch match in matches)
        {
            if (seen.Add(match.Name))
            {
                found.Add(new ValueMatcher(match.Name, match.Value, match.Type == ValueMatchType.RegularExpression));
            }
        }
        return found.DrainToImmutable();
    }

    private static string? UnknownOf(ImmutableArray<NamedMatch> matches, string what)
    {
        foreach (NamedMatch match in matches)
        {
            if (match.IsTemplated || match.Type == ValueMatchType.Unknown)
            {
                return $"its {what} {match.Name}";
            }
        }
        return null;
    }

    private static ImmutableArray<TracedFilter> Filters(ResolvedRoute route, ImmutableArray<RouteFilter> filters)
    {
        if (filters.IsEmpty)
        {
            return [];
        }
        var found = ImmutableArray.CreateBuilder<TracedFilter>(filters.Length);
        foreach (RouteFilter filter in filters)
        {
            found.Add(Filter(route, filter));
        }
        return found.MoveToImmutable();
    }

    private static TracedFilter Filter(ResolvedRoute route, RouteFilter filter) => filter switch
    {
        { Headers: { } headers } => new HeaderModifierFilter(filter.TypeName, Fields(headers.Set), Fields(headers.Add), headers.Remove),
        { Mirror: { } mirror } => new MirrorFilter(Target(route, mirror.BackendRef), ShareOf(mirror)),
        { Redirect: { } redirect } => new RedirectFilter(redirect.Scheme, redirect.Hostname, redirect.Port, Change(redirect.Path), redirect.StatusCode),
        { Rewrite: { } rewrite } => new RewriteFilter(rewrite.Hostname, Change(rewrite.Path)),
        { Cors: { } cors } => new CorsFilter(
            cors.AllowOrigins, cors.AllowMethods, cors.AllowHeaders, cors.ExposeHeaders, cors.AllowCredentials, cors.MaxAge),
        { Authorization: { } backend } => new ExternalAuthFilter(
            Target(route, backend), filter.Node.At("externalAuth", "protocol").Text() ?? "HTTP"),
        { Extension: { } extension } => new ExtensionFilter(extension.Group, extension.Kind, extension.Name),
        _ => new UnreadableFilter(filter.TypeName),
    };

    private static BackendTarget Target(ResolvedRoute route, BackendRef reference) => TargetReader.Of(route.Route, reference, route.Find(reference));

    private static ImmutableArray<KeyValuePair<string, string>> Fields(ImmutableArray<HeaderValue> headers)
    {
        var found = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>(headers.Length);
        foreach (HeaderValue header in headers)
        {
            found.Add(new KeyValuePair<string, string>(header.Name, header.Value));
        }
        return found.MoveToImmutable();
    }

    private static PathChange? Change(PathModifier modifier) => modifier.Type switch
    {
        PathModifierType.ReplaceFullPath => new PathChange(IsPrefix: false, modifier.Value),
        PathModifierType.ReplacePrefixMatch => new PathChange(IsPrefix: true, modifier.Value),
        _ => null,
    };

    public static Share ShareOf(RequestMirror mirror) =>
        mirror.Percent is { } percent ? Share.Of(percent, 100) : mirror.Numerator is { } numerator ? Share.Of(numerator, mirror.Denominator ?? 100) : Share.All;

    private static string Words(RetryPolicy retry)
    {
        string attempts = retry.Attempts is { } count ? string.Create(CultureInfo.InvariantCulture, $"up to {count} times") : "as often as the implementation sees fit";
        string codes = retry.Codes.IsEmpty ? "" : " after " + string.Join(", ", retry.Codes);
        return attempts + codes + (retry.Backoff is { } pause ? string.Create(CultureInfo.InvariantCulture, $", at least {pause.TotalMilliseconds} ms apart") : "");
    }
}
