using System.Collections.Frozen;
using System.Collections.Generic;

namespace GatewayLsp.Engine.Resolution.Features;

/// <summary>The features of Gateway API (package <c>features</c> of its conformance suite) in words that fit after "does not support".</summary>
public static class FeatureNames
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["BackendTLSPolicy"] = "BackendTLSPolicy",
        ["BackendTLSPolicySANValidation"] = "checking the alternative names of a backend's certificate",
        ["GRPCRoute"] = "GRPCRoute",
        ["GRPCRouteNamedRouteRule"] = "names of rules",
        ["GatewayAddressEmpty"] = "addresses without a value",
        ["GatewayBackendClientCertificate"] = "a client certificate for backends",
        ["GatewayFrontendClientCertificateValidation"] = "checking certificates of clients",
        ["GatewayFrontendClientCertificateValidationInsecureFallback"] = "letting in clients without a valid certificate",
        ["GatewayHTTPListenerIsolation"] = "keeping listeners with overlapping hostnames apart",
        ["GatewayInfrastructurePropagation"] = "labels and annotations for what it creates",
        ["GatewayStaticAddresses"] = "addresses that are given",
        ["HTTPRoute303RedirectStatusCode"] = "redirects with status 303",
        ["HTTPRoute307RedirectStatusCode"] = "redirects with status 307",
        ["HTTPRoute308RedirectStatusCode"] = "redirects with status 308",
        ["HTTPRouteBackendProtocolH2C"] = "backends that speak HTTP/2 without TLS",
        ["HTTPRouteBackendProtocolWebSocket"] = "backends that speak WebSocket",
        ["HTTPRouteBackendRequestHeaderModification"] = "changing request headers for one backend",
        ["HTTPRouteBackendRequestRedirect"] = "redirects at one backend",
        ["HTTPRouteBackendTimeout"] = "timeouts of requests to backends",
        ["HTTPRouteBackendURLRewrite"] = "rewriting URLs for one backend",
        ["HTTPRouteCORS"] = "CORS",
        ["HTTPRouteHostRewrite"] = "rewriting the host",
        ["HTTPRouteMethodMatching"] = "matching by method",
        ["HTTPRouteNamedRouteRule"] = "names of rules",
        ["HTTPRouteParentRefPort"] = "choosing listeners by port",
        ["HTTPRoutePathRedirect"] = "redirects to another path",
        ["HTTPRoutePathRewrite"] = "rewriting the path",
        ["HTTPRoutePortRedirect"] = "redirects to another port",
        ["HTTPRouteQueryParamMatching"] = "matching by query parameter",
        ["HTTPRouteRequestMirror"] = "mirroring requests",
        ["HTTPRouteRequestMultipleMirrors"] = "several mirrors in one rule",
        ["HTTPRouteRequestPercentageMirror"] = "mirroring a part of the requests",
        ["HTTPRouteRequestTimeout"] = "timeouts of requests",
        ["HTTPRouteResponseHeaderModification"] = "changing response headers",
        ["HTTPRouteRetry"] = "retries",
        ["HTTPRouteSchemeRedirect"] = "redirects to another scheme",
        ["ListenerSet"] = "ListenerSet",
        ["MeshConsumerRoute"] = "routes for a Service of another namespace",
        ["MeshHTTPRouteBackendRequestHeaderModification"] = "changing request headers for one backend",
        ["MeshHTTPRouteNamedRouteRule"] = "names of rules",
        ["MeshHTTPRouteQueryParamMatching"] = "matching by query parameter",
        ["MeshHTTPRouteRedirectPath"] = "redirects to another path",
        ["MeshHTTPRouteRedirectPort"] = "redirects to another port",
        ["MeshHTTPRouteRewritePath"] = "rewriting the path",
        ["MeshHTTPRouteSchemeRedirect"] = "redirects to another scheme",
        ["TCPRoute"] = "TCPRoute",
        ["TLSRoute"] = "TLSRoute",
        ["TLSRouteModeMixed"] = "TLS listeners of both modes on one port",
        ["TLSRouteModeTerminate"] = "TLSRoute at a listener that ends TLS",
        ["UDPRoute"] = "UDPRoute",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The feature that routes of a mesh need in place of that of routes of Gateways; null when there is none of its own.</summary>
    private static readonly FrozenDictionary<string, string> InMesh = new Dictionary<string, string>
    {
        ["HTTPRouteBackendRequestHeaderModification"] = "MeshHTTPRouteBackendRequestHeaderModification",
        ["HTTPRouteNamedRouteRule"] = "MeshHTTPRouteNamedRouteRule",
        ["HTTPRouteQueryParamMatching"] = "MeshHTTPRouteQueryParamMatching",
        ["HTTPRoutePathRedirect"] = "MeshHTTPRouteRedirectPath",
        ["HTTPRoutePortRedirect"] = "MeshHTTPRouteRedirectPort",
        ["HTTPRoutePathRewrite"] = "MeshHTTPRouteRewritePath",
        ["HTTPRouteSchemeRedirect"] = "MeshHTTPRouteSchemeRedirect",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> All => Words.Keys;

    /// <summary>The feature in words; its name for one that is not known here.</summary>
    public static string WordsFor(string feature) => Words.GetValueOrDefault(feature, feature);

    public static string? ForMesh(string feature) => InMesh.GetValueOrDefault(feature);

    /// <summary>True when requests go the same way with and without it: worth knowing, no more.</summary>
    public static bool IsHarmless(string feature) =>
        feature.EndsWith("NamedRouteRule", StringComparison.Ordinal) || feature is "GatewayHTTPListenerIsolation";
}
