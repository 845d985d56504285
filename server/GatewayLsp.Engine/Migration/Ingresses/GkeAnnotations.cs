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
            conversion.Lost(ingress, "networking.gke.io/managed-certificates", $"A Gateway does not use ManagedCertificates (`{managed}`): make a certificate map in Certificate Manager and name it in the Gateway's annotation `networking.gke.io/certmap`. The HTTPS listener has no certificate until then.");
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
                conversion.Lost(ingress, name, "The settings of a BackendConfig belong into a GCPBackendPolicy and a HealthCheckPolicy for the Service.");
            }
        }
        Services(work);
    }

    /// <summary>What the controller read from the annotations of Services, where these are among the manifests.</summary>
    private static void Services(IngressWork work)
    {
        foreach (RuleDraft rule in work.Rules)
        {
            foreach (BackendDraft backend in rule.Backends)
            {
                foreach (IndexedObject service in work.Conversion.Workspace.Index.Find(new ObjectKey("", "Service", work.Ingress.Namespace, backend.Service)))
                {
                    YamlNode? annotations = service.Object.At("metadata", "annotations");
                    foreach (string name in (string[])["cloud.google.com/backend-config", "beta.cloud.google.com/backend-config"])
                    {
                        if (annotations.At(name).Text() is { } config)
                        {
                            work.Conversion.Lost(work.Ingress, rule.At, name, $"The Service `{backend.Service}` has a BackendConfig, {config}. A Gateway does not read it: its settings belong into a GCPBackendPolicy and a HealthCheckPolicy for the Service.");
                        }
                    }
                    foreach (string name in (string[])["cloud.google.com/app-protocols", "service.alpha.kubernetes.io/app-protocols"])
                    {
                        if (annotations.At(name).Text() is { } protocols)
                        {
                            work.Conversion.Lost(work.Ingress, rule.At, name, $"The Service `{backend.Service}` says the protocols of its ports by an annotation, {protocols}. A Gateway reads `appProtocol` of the Service's port: write it there.");
                        }
                    }
                }
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
