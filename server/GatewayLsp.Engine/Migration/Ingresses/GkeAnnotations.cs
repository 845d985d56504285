using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Ingresses;

/// <summary>Annotations of GKE's Ingress controller.</summary>
internal static class GkeAnnotations
{
    private const string Frontend = "networking.gke.io/v1beta1.FrontendConfig";

    public static void Apply(IngressWork work)
    {
        IngressModel ingress = work.Ingress;
        Conversion conversion = work.Conversion;
        foreach (string name in (string[])["kubernetes.io/ingress.global-static-ip-name", "kubernetes.io/ingress.regional-static-ip-name", "networking.gke.io/static-ip"])
        {
            if (ingress.Take(name) is { Length: > 0 } address)
            {
                work.Gateway.Addresses.Add(Json.Map(("type", JsonValue.Of("NamedAddress")), ("value", JsonValue.Of(address))));
            }
        }
        foreach (string name in (string[])["ingress.gcp.kubernetes.io/pre-shared-cert", "ingress.gcp.kubernetes.io/pre-shared-certs", "networking.gke.io/pre-shared-certs"])
        {
            work.SharedCertificates = ingress.Take(name) is { Length: > 0 } certificates ? certificates : work.SharedCertificates;
        }
        if (ingress.Take("networking.gke.io/managed-certificates") is { } managed)
        {
            work.Ports = [.. work.Ports, ("HTTPS", 443)];
            conversion.Lost(ingress, "networking.gke.io/managed-certificates", $"Gateways don't use ManagedCertificates (`{managed}`): make a certificate map in Certificate Manager and name it in the Gateway's annotation `networking.gke.io/certmap`. The HTTPS listener has no certificate until then.");
        }
        if (!ingress.TakeFlag("kubernetes.io/ingress.allow-http", usual: true))
        {
            work.Ports.RemoveAll(port => port.Protocol == "HTTP");
            if (work.Ports.Count == 0)
            {
                work.Ports.Add(("HTTPS", 443));
            }
        }
        if (ingress.Take(Frontend) is { Length: > 0 } frontend)
        {
            Redirect(work, frontend);
        }
        foreach (string name in (string[])["cloud.google.com/backend-config", "beta.cloud.google.com/backend-config"])
        {
            if (ingress.Take(name) is not null)
            {
                conversion.Lost(ingress, name, "A BackendConfig's settings are GCPBackendPolicy and HealthCheckPolicy for the Service.");
            }
        }
    }

    private static void Redirect(IngressWork work, string name)
    {
        YamlNode? spec = null;
        foreach (IndexedObject one in work.Conversion.Workspace.Index.Find(new ObjectKey("networking.gke.io", "FrontendConfig", work.Ingress.Namespace, name)))
        {
            spec = one.Object.At("spec");
        }
        if (spec is null)
        {
            work.Conversion.Lost(work.Ingress, Frontend, $"The FrontendConfig `{name}` is not among the manifests. Its redirect is an HTTPRoute with a RequestRedirect, its SSL policy a GCPGatewayPolicy.");
            return;
        }
        if (spec.At("redirectToHttps", "enabled").Text() == "true")
        {
            work.RedirectCode = spec.At("redirectToHttps", "responseCodeName").Text() switch
            {
                "FOUND" => 302,
                "SEE_OTHER" => 303,
                "TEMPORARY_REDIRECT" => 307,
                "PERMANENT_REDIRECT" => 308,
                _ => 301,
            };
        }
        if (spec.At("sslPolicy").Text() is { } policy)
        {
            work.Conversion.Lost(work.Ingress, Frontend, $"The SSL policy `{policy}` of the FrontendConfig is `sslPolicy` of a GCPGatewayPolicy for the Gateway.");
        }
    }
}
