using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing.Filters;
using GatewayLsp.Engine.Routing.Matching;

namespace GatewayLsp.Engine.Routing;

/// <summary>Paths and redirect targets as the path modifiers and HTTPRequestRedirectFilter of the Gateway API make them.</summary>
internal static class RedirectTarget
{
    private const int HttpPort = 80;
    private const int HttpsPort = 443;

    /// <summary>Well-known port of a scheme; null when it has none.</summary>
    public static int? PortOf(string scheme) => scheme switch
    {
        "http" => HttpPort,
        "https" => HttpsPort,
        _ => null,
    };

    /// <param name="scheme">Of the request as it came in.</param>
    /// <param name="host">Of the request, without port.</param>
    /// <param name="listenerPort">Where the request came in.</param>
    public static TracedRedirect Of(RedirectFilter filter, string scheme, string host, int listenerPort, string path, PathMatcher match)
    {
        string target = filter.Scheme ?? scheme;
        // A scheme that the filter names brings its own port; without one the listener's stays.
        int port = filter.Port ?? (filter.Scheme is null ? listenerPort : PortOf(filter.Scheme) ?? listenerPort);
        return new TracedRedirect(
            target, filter.Hostname ?? host, PortOf(target) == port ? null : port, Modify(filter.Path, path, match), filter.StatusCode);
    }

    /// <summary>The path after a modifier. A prefix is replaced only where the rule matched by prefix.</summary>
    public static string Modify(PathChange? modifier, string path, PathMatcher match)
    {
        if (modifier is null)
        {
            return path;
        }
        if (modifier.IsPrefix)
        {
            return match.Type == PathMatchType.PathPrefix ? match.ReplacePrefix(path, modifier.Value) : path;
        }
        return modifier.Value.StartsWith('/') ? modifier.Value : "/" + modifier.Value;
    }
}
