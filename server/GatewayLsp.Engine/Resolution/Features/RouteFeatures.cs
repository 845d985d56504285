using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>The features that a route asks for, those of its parentRefs apart: each once, at the first field that does.</summary>
internal static class RouteFeatures
{
    public static List<FeatureUse> Of(ResolvedRoute resolved)
    {
        var uses = new List<FeatureUse>();
        foreach (RouteRule rule in resolved.Route.Rules)
        {
            switch (rule)
            {
                case HttpRouteRule http:
                    OfHttp(uses, http);
                    break;
                case GrpcRouteRule when rule.Name is not null:
                    Add(uses, "GRPCRouteNamedRouteRule", rule.Node, "name");
                    break;
            }
        }
        if (resolved.Route.Type == RouteKind.Http)
        {
            foreach (ResolvedBackend backend in resolved.Backends)
            {
                string? feature = backend.Port?.AppProtocol switch
                {
                    "kubernetes.io/h2c" => "HTTPRouteBackendProtocolH2C",
                    "kubernetes.io/ws" => "HTTPRouteBackendProtocolWebSocket",
                    _ => null,
                };
                if (feature is not null)
                {
                    Add(uses, feature, backend.Ref.Node, "port");
                }
            }
        }
        return uses;
    }

    private static void OfHttp(List<FeatureUse> uses, HttpRouteRule rule)
    {
        if (rule.Name is not null)
        {
            Add(uses, "HTTPRouteNamedRouteRule", rule.Node, "name");
        }
        foreach (HttpMatch match in rule.Matches)
        {
            Add(uses, match.Method is not null, "HTTPRouteMethodMatching", match.Node, "method");
            Add(uses, match.QueryParams.Length > 0, "HTTPRouteQueryParamMatching", match.Node, "queryParams");
        }
        YamlNode? timeouts = rule.Node.At("timeouts");
        Add(uses, rule.RequestTimeout is not null, "HTTPRouteRequestTimeout", timeouts, "request");
        Add(uses, rule.BackendRequestTimeout is not null, "HTTPRouteBackendTimeout", timeouts, "backendRequest");
        Add(uses, rule.RetryPolicy is not null, "HTTPRouteRetry", rule.Node, "retry");
        int mirrors = 0;
        foreach (RouteFilter filter in rule.Filters)
        {
            if (filter.Mirror is not null && ++mirrors == 2)
            {
                Add(uses, "HTTPRouteRequestMultipleMirrors", filter.Node, "type");
            }
            OfFilter(uses, filter);
        }
        foreach (BackendRef backend in rule.BackendRefs)
        {
            foreach (RouteFilter filter in backend.Filters)
            {
                string? feature = filter.Type switch
                {
                    RouteFilterType.RequestHeaderModifier => "HTTPRouteBackendRequestHeaderModification",
                    RouteFilterType.RequestRedirect => "HTTPRouteBackendRequestRedirect",
                    RouteFilterType.UrlRewrite => "HTTPRouteBackendURLRewrite",
                    _ => null,
                };
                Add(uses, feature is not null, feature ?? "", filter.Node, "type");
            }
        }
    }

    private static void OfFilter(List<FeatureUse> uses, RouteFilter filter)
    {
        Add(uses, filter.Type == RouteFilterType.ResponseHeaderModifier, "HTTPRouteResponseHeaderModification", filter.Node, "type");
        Add(uses, filter.Type == RouteFilterType.Cors, "HTTPRouteCORS", filter.Node, "type");
        if (filter.Mirror is { } mirror)
        {
            Add(uses, "HTTPRouteRequestMirror", filter.Node, "type");
            Add(uses, mirror.Percent is not null, "HTTPRouteRequestPercentageMirror", mirror.Node, "percent");
            Add(uses, mirror.Numerator is not null, "HTTPRouteRequestPercentageMirror", mirror.Node, "fraction");
        }
        if (filter.Rewrite is { } rewrite)
        {
            Add(uses, rewrite.Hostname is not null, "HTTPRouteHostRewrite", rewrite.Node, "hostname");
            Add(uses, rewrite.Path.Type != PathModifierType.None, "HTTPRoutePathRewrite", rewrite.Node, "path");
        }
        if (filter.Redirect is { } redirect)
        {
            Add(uses, redirect.Scheme is not null, "HTTPRouteSchemeRedirect", redirect.Node, "scheme");
            Add(uses, redirect.Port is not null, "HTTPRoutePortRedirect", redirect.Node, "port");
            Add(uses, redirect.Path.Type != PathModifierType.None, "HTTPRoutePathRedirect", redirect.Node, "path");
            Add(uses, redirect.StatusCode == 303, "HTTPRoute303RedirectStatusCode", redirect.Node, "statusCode");
            Add(uses, redirect.StatusCode == 307, "HTTPRoute307RedirectStatusCode", redirect.Node, "statusCode");
            Add(uses, redirect.StatusCode == 308, "HTTPRoute308RedirectStatusCode", redirect.Node, "statusCode");
        }
    }

    private static void Add(List<FeatureUse> uses, bool isUsed, string feature, YamlNode? node, string key)
    {
        if (isUsed && node is not null)
        {
            Add(uses, feature, node, key);
        }
    }

    private static void Add(List<FeatureUse> uses, string feature, YamlNode node, string key)
    {
        foreach (FeatureUse use in uses)
        {
            if (use.Feature == feature)
            {
                return;
            }
        }
        uses.Add(new FeatureUse(feature, node, key));
    }
}
