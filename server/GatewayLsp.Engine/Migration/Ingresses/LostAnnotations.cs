using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>What is left on an Ingress when all that has a place has been taken: why, and what comes nearest.</summary>
internal static class LostAnnotations
{
    private const string Policy = "Gateway API has no field for this setting: see whether your controller has a policy for it, and write that.";
    private const string Authentication = "Routes have no authentication in the standard channel: write a policy of your controller, or name one by an ExtensionRef filter. (The experimental channel has a filter ExternalAuth.)";
    private const string Affinity = "Routes have no session affinity in the standard channel: write a policy of your controller. (The experimental channel has `sessionPersistence` in rules.)";
    private const string Balancing = "How requests are spread over endpoints is the controller's matter: see whether it has a policy for it.";
    private const string Addresses = "Routes don't match the addresses of clients: write a policy of your controller, or a NetworkPolicy.";
    private const string Snippet = "Configuration of nginx itself has no counterpart: write headers, redirects and rewrites of the snippet as filters of the route, the rest as a policy of your controller.";
    private const string Firewall = "Gateway API has no web application firewall: write a policy of your controller.";
    private const string Ciphers = "Gateway API has no field for ciphers: see whether your controller has a key for them in `tls.options` of the listener.";

    /// <summary>The end of what is told of settings that nobody misses: there is no work in them.</summary>
    private const string NoLoss = ": nothing is to be done.";
    private const string TargetGroup = "The AWS controller has this setting in a TargetGroupConfiguration for the Service: write one.";
    private const string HealthCheck = "The AWS controller has this setting in `healthCheckConfig` of a TargetGroupConfiguration for the Service: write one.";

    /// <summary>By the beginning of the name without the controller's prefix; the first that fits counts.</summary>
    internal static readonly (string Prefix, string Message)[] Nginx =
    [
        ("auth-tls", "The certificates of clients are checked by the Gateway: name the CA's ConfigMap in `spec.tls.frontend.default.validation.caCertificateRefs`."),
        ("auth-", Authentication),
        ("satisfy", Authentication),
        ("affinity", Affinity),
        ("session-cookie", Affinity),
        ("upstream-hash-by", Balancing),
        ("load-balance", Balancing),
        ("limit-", "Gateway API has no rate limits: write a policy of your controller."),
        ("whitelist-source-range", Addresses),
        ("denylist-source-range", Addresses),
        ("mirror-", "A RequestMirror filter sends copies to a Service and takes no URL: add one that names the Service to the rules."),
        ("configuration-snippet", Snippet),
        ("server-snippet", Snippet),
        ("stream-snippet", Snippet),
        ("custom-headers", "Headers of answers are set by a ResponseHeaderModifier filter: write those of the ConfigMap into one."),
        ("custom-http-errors", "Routes don't replace error pages: let the backends make them."),
        ("default-backend", "A route has no fallback for backends that are not ready: let another rule or the backend answer."),
        ("proxy-next-upstream", "Routes have no retries in the standard channel: write a policy of your controller. (The experimental channel has `retry` in rules.)"),
        ("proxy-ssl", "TLS towards a backend is a BackendTLSPolicy for its Service: write one with the hostname and the CA of the backend's certificate."),
        ("proxy-body-size", "Gateway API has no limit for bodies: write a policy of your controller."),
        ("proxy-buffer", Policy),
        ("service-upstream", Balancing),
        ("ssl-ciphers", Ciphers),
        ("ssl-prefer-server-ciphers", Ciphers),
        ("hsts", "Set the header `Strict-Transport-Security` by a ResponseHeaderModifier filter in the rules."),
        ("preserve-trailing-slash", "A redirect to HTTPS keeps the path as it is, so the setting is not needed" + NoLoss),
        ("enable-opentelemetry", "Tracing is the controller's matter: see its documentation for Gateways."),
        ("enable-modsecurity", Firewall),
        ("modsecurity", Firewall),
        ("cors-", "It had no effect, because `enable-cors` is not `true`" + NoLoss),
        ("canary-", "It had no effect, because `canary` is not `true`" + NoLoss),
        ("permanent-redirect-code", "It had no effect, because there is no `permanent-redirect`" + NoLoss),
    ];

    internal static readonly (string Prefix, string Message)[] Alb =
    [
        ("target-type", TargetGroup),
        ("target-group-attributes", TargetGroup),
        ("target-node-labels", TargetGroup),
        ("healthcheck-", HealthCheck),
        ("healthy-threshold-count", HealthCheck),
        ("unhealthy-threshold-count", HealthCheck),
        ("success-codes", HealthCheck),
        ("auth-", "The AWS controller has authentication in the actions of a ListenerRuleConfiguration: write one and name it by an ExtensionRef filter in the rules."),
        ("transforms.", "A URLRewrite filter rewrites paths and hosts: write the rewrite as one into the rules."),
        ("", "The AWS controller has this setting in a LoadBalancerConfiguration: write one and name it in `spec.infrastructure.parametersRef` of the Gateway."),
    ];

    public static void Tell(Conversion conversion, IngressModel ingress)
    {
        foreach (YamlEntry entry in ingress.Untaken.ToArray())
        {
            string name = entry.Name;
            string? message = name switch
            {
                _ when name.StartsWith(Controllers.NginxPrefix, StringComparison.Ordinal) => Find(Nginx, name[Controllers.NginxPrefix.Length..]) ?? Policy,
                _ when name.StartsWith(Controllers.AlbPrefix, StringComparison.Ordinal) => Find(Alb, name[Controllers.AlbPrefix.Length..]),
                _ when name.StartsWith("external-dns.alpha.kubernetes.io/", StringComparison.Ordinal) => "ExternalDNS reads hostnames from routes: put its other annotations on the Gateway or the route, as its documentation says.",
                _ when name.StartsWith("kubectl.kubernetes.io/", StringComparison.Ordinal) || name.StartsWith("meta.helm.sh/", StringComparison.Ordinal)
                    || name.StartsWith("argocd.argoproj.io/", StringComparison.Ordinal) => null,
                _ when name.Contains("ingress", StringComparison.Ordinal) || name.Contains("gke.io", StringComparison.Ordinal) || name.Contains("traefik", StringComparison.Ordinal)
                    || name.Contains("haproxy", StringComparison.Ordinal) || name.Contains("konghq", StringComparison.Ordinal) => Policy,
                _ => "This annotation is not known, so it is left out: put it on the Gateway or the route, if it is of use there.",
            };
            if (message is not null && message.EndsWith(NoLoss, StringComparison.Ordinal))
            {
                conversion.Differs(ingress, entry.Key, name, message);
            }
            else if (message is not null)
            {
                conversion.Lost(ingress, entry.Key, name, message);
            }
        }
    }

    private static string? Find((string Prefix, string Message)[] table, string name)
    {
        foreach ((string prefix, string message) in table)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return message;
            }
        }
        return null;
    }
}
