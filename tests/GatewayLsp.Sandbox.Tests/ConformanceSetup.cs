using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Net;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Testing;

namespace GatewayLsp.Sandbox.Tests;

/// <summary>Brings a cluster to where the conformance suite sends its requests.</summary>
internal static class ConformanceSetup
{
    public static async Task Load(RunningSandbox running, string cluster, string[] manifests)
    {
        string root = SharedFiles.Get("oracle/conformance/manifests");
        JsonObject[] objects = [.. ((string[])["base/manifests.yaml", .. manifests.Select(path => path["conformance/".Length..])])
            .SelectMany(path => YamlObjects.ReadAll(File.ReadAllText(Path.Combine(root, path)).Replace("{GATEWAY_CLASS_NAME}", "sandbox", StringComparison.Ordinal)
                .Replace("PLACEHOLDER_UNUSABLE_ADDRS", "198.51.100.1", StringComparison.Ordinal).Replace("PLACEHOLDER_USABLE_ADDRS", "127.0.0.1", StringComparison.Ordinal)))];
        foreach (JsonObject one in objects.Where(one => one["kind"].Text() == "Namespace"))
        {
            await running.ApplyOne(cluster, one);
        }
        await MakeCertificates(running, cluster, objects);
        foreach (JsonObject one in objects.Where(one => one["kind"].Text() != "Namespace"))
        {
            // Some are there to be refused.
            await running.ApplyOne(cluster, one);
        }
        await running.Settle();
    }

    /// <summary>The suite makes certificates while it runs; their names stand in the manifests.</summary>
    private static async Task MakeCertificates(RunningSandbox running, string cluster, JsonObject[] objects)
    {
        var secrets = new HashSet<(string, string)>();
        foreach (JsonObject gateway in objects.Where(one => one["kind"].Text() is "Gateway" or "ListenerSet"))
        {
            string own = gateway.At("metadata", "namespace").Text() ?? "default";
            foreach (JsonNode? reference in gateway.At("spec", "listeners").Items().SelectMany(one => one.At("tls", "certificateRefs").Items()))
            {
                secrets.Add((reference.At("namespace").Text() ?? own, reference.At("name").Text() ?? ""));
            }
        }
        foreach (JsonObject deployment in objects.Where(one => one["kind"].Text() == "Deployment"))
        {
            foreach (string name in deployment.At("spec", "template", "spec", "volumes").Items().Select(one => one.At("secret", "secretName").Text()).OfType<string>())
            {
                secrets.Add((deployment.At("metadata", "namespace").Text() ?? "default", name));
            }
        }
        foreach ((string ns, string name) in secrets.Where(one => !one.Item2.Contains("malformed", StringComparison.Ordinal) && !one.Item2.Contains("nonexistent", StringComparison.Ordinal)))
        {
            if (objects.Any(one => one["kind"].Text() == "Secret" && one.At("metadata", "name").Text() == name && one.At("metadata", "namespace").Text() == ns))
            {
                continue;
            }
            PemPair pair = running.Sandbox.Authority.IssuePem("*", "*.com", "*.org", "abc.example.com", "example.com", "*.example.com", "*.example.org", "*.wildcard.io", "other.example.com");
            await running.ApplyOne(cluster, Tls(ns, name, pair));
        }
        foreach (JsonObject policy in objects.Where(one => one["kind"].Text() is "BackendTLSPolicy" or "Gateway"))
        {
            string ns = policy.At("metadata", "namespace").Text() ?? "default";
            JsonNode?[] references =
            [
                .. policy.At("spec", "validation", "caCertificateRefs").Items(), .. policy.At("spec", "tls", "frontend", "default", "validation", "caCertificateRefs").Items(),
                .. policy.At("spec", "tls", "frontend", "perPort").Items().SelectMany(one => one.At("tls", "validation", "caCertificateRefs").Items()),
            ];
            foreach (string name in references.Select(one => one.At("name").Text()).OfType<string>().Where(name => !name.Contains("nonexistent", StringComparison.Ordinal)))
            {
                // One of them is meant not to fit the backend.
                string pem = name.Contains("mismatch", StringComparison.Ordinal) ? new Authority("other").Pem : running.Sandbox.Authority.Pem;
                await running.ApplyOne(cluster, new JsonObject
                {
                    ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns }, ["data"] = new JsonObject { ["ca.crt"] = pem },
                });
            }
        }
    }

    private static JsonObject Tls(string ns, string name, PemPair pair) => new()
    {
        ["apiVersion"] = "v1", ["kind"] = "Secret", ["type"] = "kubernetes.io/tls", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["data"] = new JsonObject { ["tls.crt"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Certificate)), ["tls.key"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Key)) },
    };
}
