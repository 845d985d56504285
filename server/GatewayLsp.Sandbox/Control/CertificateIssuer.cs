using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Control;

/// <summary>
/// Makes the certificates of Gateways that carry cert-manager's annotation for an issuer, as cert-manager would: a Secret for
/// each reference of a listener that ends TLS and leads to none yet. The sandbox's own authority signs.
/// </summary>
internal sealed class CertificateIssuer(Cluster cluster, ObjectWriter writer, Authority authority)
{
    private static readonly ResourceName Secrets = new("", "secrets");
    private static readonly ResourceName Gateways = new("gateway.networking.k8s.io", "gateways");
    private static readonly string[] Annotations = ["cert-manager.io/issuer", "cert-manager.io/cluster-issuer"];

    public void Sync(Resolver resolver)
    {
        ApiResource resource = cluster.Registry.Find(Secrets)!;
        foreach (Gateway gateway in resolver.All<Gateway>(ApiGroups.Gateway, "Gateway").Where(one => Annotations.Any(one.Annotations.ContainsKey)))
        {
            foreach (IGrouping<string, Listener> secret in gateway.Listeners.Where(listener => listener.TerminatesTls)
                .SelectMany(listener => (listener.Tls?.CertificateRefs ?? []).Where(reference => reference.Namespace == gateway.Namespace).Select(reference => (reference.Name, listener)))
                .GroupBy(one => one.Name, one => one.listener))
            {
                string[] names = [.. secret.Select(listener => listener.Hostname).OfType<string>().Distinct()];
                if (names.Length == 0 || cluster.Store.Find(Secrets, new ObjectPlace(gateway.Namespace, secret.Key)) is not null)
                {
                    continue;
                }
                if (cluster.Store.Find(Gateways, new ObjectPlace(gateway.Namespace, gateway.Name)) is not { } owner)
                {
                    continue;
                }
                PemPair pair = authority.IssuePem(names);
                var body = new JsonObject
                {
                    ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "kubernetes.io/tls",
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = secret.Key, ["namespace"] = gateway.Namespace,
                        ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = owner.Body["apiVersion"]?.DeepClone(), ["kind"] = "Gateway", ["name"] = gateway.Name, ["uid"] = owner.Uid, ["controller"] = true }),
                    },
                    ["data"] = new JsonObject { ["tls.crt"] = Base64(pair.Certificate), ["tls.key"] = Base64(pair.Key), ["ca.crt"] = Base64(authority.Pem) },
                };
                try
                {
                    writer.Create(resource, "v1", gateway.Namespace, body, new WriteOptions(false, StatusWriter.Manager, "Ignore", false));
                }
                catch (ApiFailure)
                {
                    // The namespace is going.
                }
            }
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
