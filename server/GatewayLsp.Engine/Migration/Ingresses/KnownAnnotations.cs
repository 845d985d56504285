namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>The annotations of Ingresses that a conversion knows, with what becomes of each; the documentation is made of it.</summary>
internal static class KnownAnnotations
{
    private const string N = Controllers.NginxPrefix;
    private const string A = Controllers.AlbPrefix;

    /// <summary>Those that a place is known for.</summary>
    public static readonly (string Name, string Becomes)[] Carried =
    [
        ("kubernetes.io/ingress.class", "the controller, when `ingressClassName` is missing"),
        ("cert-manager.io/*", "the same annotation of the Gateway"),
        (N + "ssl-redirect", "on by default with TLS: a route at the HTTP listener with a RequestRedirect 308"),
        (N + "force-ssl-redirect", "told, when there is no `tls`"),
        (N + "rewrite-target", "URLRewrite: ReplacePrefixMatch for a capture of the rest of the path, ReplaceFullPath without captures; else told"),
        (N + "use-regex", "a prefix where that means the same, else RegularExpression; for all Ingresses of the host"),
        (N + "permanent-redirect", "RequestRedirect 301"),
        (N + "permanent-redirect-code", "its status code"),
        (N + "temporal-redirect", "RequestRedirect 302"),
        (N + "temporal-redirect-code", "its status code"),
        (N + "app-root", "a rule for exactly `/` with a RequestRedirect"),
        (N + "from-to-www-redirect", "told"),
        (N + "canary", "the Ingress takes a part of the requests of another"),
        (N + "canary-by-header", "rules that match the header: `always`, `never`"),
        (N + "canary-by-header-value", "a rule that matches the header's value"),
        (N + "canary-by-header-pattern", "a rule that matches the header by RegularExpression"),
        (N + "canary-by-cookie", "rules that match the header `Cookie` by RegularExpression"),
        (N + "canary-weight", "weights"),
        (N + "canary-weight-total", "their sum"),
        (N + "proxy-read-timeout", "`timeouts.backendRequest`"),
        (N + "proxy-connect-timeout", "told"),
        (N + "proxy-send-timeout", "told"),
        (N + "enable-cors", "CORS filter"),
        (N + "cors-allow-origin", "`allowOrigins`"),
        (N + "cors-allow-methods", "`allowMethods`"),
        (N + "cors-allow-headers", "`allowHeaders`"),
        (N + "cors-allow-credentials", "`allowCredentials`"),
        (N + "cors-expose-headers", "`exposeHeaders`"),
        (N + "cors-max-age", "`maxAge`"),
        (N + "server-alias", "further `hostnames` of the first host's route"),
        (N + "upstream-vhost", "URLRewrite with `hostname`"),
        (N + "x-forwarded-prefix", "RequestHeaderModifier"),
        (N + "backend-protocol", "`GRPC`: GRPCRoute, or HTTPRoute where other Ingresses of the host are not for gRPC; others are told"),
        (N + "ssl-passthrough", "TLS listener and TLSRoute"),
        (A + "listen-ports", "listeners"),
        (A + "ssl-redirect", "RequestRedirect 301 at the HTTP listeners, to that port"),
        (A + "certificate-arn", "HTTPS listeners; the certificate itself is told"),
        (A + "actions.*", "redirect: RequestRedirect. forward: weighted `backendRefs`. Fixed answers are told"),
        (A + "conditions.*", "headers, methods, query parameters: matches. Hosts and paths: further hostnames and rules. Rules with others are left out and told"),
        (A + "group.name", "one Gateway for the group"),
        (A + "group.order", "told"),
        (A + "scheme", "told"),
        (A + "backend-protocol", "`HTTPS` is told"),
        (A + "backend-protocol-version", "`GRPC`: GRPCRoute"),
        ("kubernetes.io/ingress.global-static-ip-name", "`addresses` of type NamedAddress"),
        ("kubernetes.io/ingress.regional-static-ip-name", "`addresses` of type NamedAddress"),
        ("networking.gke.io/static-ip", "`addresses` of type NamedAddress"),
        ("ingress.gcp.kubernetes.io/pre-shared-cert", "`tls.options` `networking.gke.io/pre-shared-certs`"),
        ("networking.gke.io/managed-certificates", "HTTPS listeners; the certificate itself is told"),
        ("kubernetes.io/ingress.allow-http", "`false`: no HTTP listener"),
        ("networking.gke.io/v1beta1.FrontendConfig", "its `redirectToHttps`: RequestRedirect. Its `sslPolicy` is told"),
        ("cloud.google.com/backend-config", "told, on a Service of the manifests, too"),
    ];

    /// <summary>Those that no place is known for: the beginning of the name, and what is told.</summary>
    public static IEnumerable<(string Name, string Message)> Told =>
        [.. LostAnnotations.Nginx.Select(one => (Shown(N, one.Prefix), one.Message)), .. LostAnnotations.Alb.Select(one => (Shown(A, one.Prefix), one.Message))];

    private static string Shown(string controller, string prefix) => controller + prefix + (prefix.Length == 0 || prefix[^1] is '-' or '.' ? "*" : "");
}
