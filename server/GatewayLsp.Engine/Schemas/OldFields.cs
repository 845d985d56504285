using System.Collections.Frozen;

namespace GatewayLsp.Engine.Schemas;

/// <summary>Fields of early Gateway API versions, which old articles still show, and what took their place.</summary>
internal static class OldFields
{
    private static readonly FrozenDictionary<string, string> Successors = new Dictionary<string, string>
    {
        ["forwardTo"] = "`backendRefs` took the place of `forwardTo`: `name` for its `serviceName`, `port` and `weight` as before.",
        ["serviceName"] = "`name` of a `backendRefs` item took the place of `serviceName`.",
        ["servicePort"] = "`port` of a `backendRefs` item took the place of `servicePort`.",
        ["mirror"] = "A filter of `type: RequestMirror` with a `requestMirror` does this.",
        ["gateways"] = "`parentRefs` took the place of `gateways`: each route names the Gateways to be attached to.",
        ["routes"] = "`allowedRoutes` of a listener took the place of `routes`; a route chooses its Gateways by `parentRefs`.",
        ["certificateRef"] = "The list `certificateRefs` took the place of `certificateRef`.",
        ["routeOverride"] = "Routes can't override a listener's certificate any more.",
        ["frontendValidation"] = "`spec.tls.frontend` of the Gateway took the place of `frontendValidation` in a listener.",
        ["backendTLS"] = "`spec.tls.backend` of the Gateway took the place of `spec.backendTLS`.",
        ["caCertRefs"] = "`caCertificateRefs` took the place of `caCertRefs`.",
        ["wellKnownCACerts"] = "`wellKnownCACertificates` took the place of `wellKnownCACerts`.",
        ["targetRef"] = "The list `targetRefs` took the place of `targetRef`.",
        ["queryParam"] = "The list `queryParams` took the place of `queryParam`.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What to write instead; null when we know of nothing.</summary>
    public static string? Successor(string field) => Successors.GetValueOrDefault(field);
}
