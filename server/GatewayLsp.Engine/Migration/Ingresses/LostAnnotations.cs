using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>What is left on an Ingress when all that has a place has been taken: why, and what comes nearest.</summary>
internal static class LostAnnotations
{
    private const string Policy = "Gateway API has no field for it; see whether your controller has a policy for it.";

    /// <summary>By the beginning of the name without the controller's prefix; the first that fits counts.</summary>
    private static readonly (string Prefix, string Message)[] Nginx =
    [
        ("auth-tls", "Certificates of clients are checked by `spec.tls.frontend` of the Gateway."),
        ("auth-", "Authentication: an ExtensionRef filter or a policy of your controller; ExternalAuth filters are in the experimental channel."),
        ("satisfy", "Authentication: an ExtensionRef filter or a policy of your controller; ExternalAuth filters are in the experimental channel."),
        ("affinity", "Session affinity: `sessionPersistence` of a rule is in the experimental channel; some controllers have a policy."),
        ("session-cookie", "Session affinity: `sessionPersistence` of a rule is in the experimental channel; some controllers have a policy."),
        ("upstream-hash-by", "Load balancing is the controller's matter; see whether it has a policy for it."),
        ("load-balance", "Load balancing is the controller's matter; see whether it has a policy for it."),
        ("limit-", "Rate limits: a policy of your controller."),
        ("whitelist-source-range", "Addresses of clients: a policy of your controller, or a NetworkPolicy."),
        ("denylist-source-range", "Addresses of clients: a policy of your controller, or a NetworkPolicy."),
        ("mirror-", "A RequestMirror filter sends copies to a Service; it takes no URL. Name the Service there."),
        ("configuration-snippet", "Configuration of nginx itself has no counterpart: headers and rewrites in it can be filters of the route."),
        ("server-snippet", "Configuration of nginx itself has no counterpart: headers and rewrites in it can be filters of the route."),
        ("stream-snippet", "Configuration of nginx itself has no counterpart."),
        ("custom-headers", "Headers of the answer are a ResponseHeaderModifier filter; put those of the ConfigMap in there."),
        ("custom-http-errors", "Error pages: let the backends give them."),
        ("default-backend", "For when no backend is ready: routes have no such fallback."),
        ("proxy-next-upstream", "Retries: `retry` of a rule is in the experimental channel."),
        ("proxy-ssl", "TLS towards the backend is a BackendTLSPolicy for its Service."),
        ("proxy-body-size", "Limits of bodies: a policy of your controller."),
        ("proxy-buffer", Policy),
        ("service-upstream", "How backends are reached is the controller's matter."),
        ("ssl-ciphers", "`tls.options` of the listener may have a key of your controller for it."),
        ("ssl-prefer-server-ciphers", "`tls.options` of the listener may have a key of your controller for it."),
        ("hsts", "The header `Strict-Transport-Security` can be set by a ResponseHeaderModifier filter."),
        ("preserve-trailing-slash", "A redirect to HTTPS keeps the path as it is."),
        ("enable-opentelemetry", "Tracing is the controller's matter."),
        ("enable-modsecurity", "Web application firewalls: a policy of your controller."),
        ("modsecurity", "Web application firewalls: a policy of your controller."),
        ("cors-", "`enable-cors` is not `true`, so it had no effect."),
        ("canary-", "`canary` is not `true`, so it had no effect."),
        ("permanent-redirect-code", "There is no `permanent-redirect`, so it had no effect."),
    ];

    private static readonly (string Prefix, string Message)[] Alb =
    [
        ("target-type", "With the same controller, a TargetGroupConfiguration for the Service says it (`targetType`)."),
        ("target-group-attributes", "With the same controller, a TargetGroupConfiguration for the Service has it."),
        ("target-node-labels", "With the same controller, a TargetGroupConfiguration for the Service has it."),
        ("healthcheck-", "With the same controller, a TargetGroupConfiguration for the Service has it (`healthCheckConfig`)."),
        ("healthy-threshold-count", "With the same controller, a TargetGroupConfiguration for the Service has it (`healthCheckConfig`)."),
        ("unhealthy-threshold-count", "With the same controller, a TargetGroupConfiguration for the Service has it (`healthCheckConfig`)."),
        ("success-codes", "With the same controller, a TargetGroupConfiguration for the Service has it (`healthCheckConfig`)."),
        ("auth-", "With the same controller, a ListenerRuleConfiguration has actions for authentication, named by an ExtensionRef filter."),
        ("transforms.", "URLRewrite filters rewrite paths and hosts; put the rewrite there."),
        ("", "With the same controller, a LoadBalancerConfiguration has it, named by `spec.infrastructure.parametersRef` of the Gateway."),
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
                _ when name.StartsWith("external-dns.alpha.kubernetes.io/", StringComparison.Ordinal) => "ExternalDNS takes hostnames from routes; other settings are annotations of the Gateway or the route.",
                _ when name.StartsWith("kubectl.kubernetes.io/", StringComparison.Ordinal) || name.StartsWith("meta.helm.sh/", StringComparison.Ordinal)
                    || name.StartsWith("argocd.argoproj.io/", StringComparison.Ordinal) => null,
                _ when name.Contains("ingress", StringComparison.Ordinal) || name.Contains("gke.io", StringComparison.Ordinal) || name.Contains("traefik", StringComparison.Ordinal)
                    || name.Contains("haproxy", StringComparison.Ordinal) || name.Contains("konghq", StringComparison.Ordinal) => Policy,
                _ => "It is not known here, and so not carried over: put it on the Gateway or the route, if it is still of use.",
            };
            if (message is not null)
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
