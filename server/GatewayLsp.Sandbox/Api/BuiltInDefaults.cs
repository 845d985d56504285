using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>What an API server fills in for built-in kinds, as far as kubectl, controllers and readers see it.</summary>
internal static class BuiltInDefaults
{
    /// <summary>Defaults that whoever creates the object then owns.</summary>
    public static void Fill(ApiResource resource, JsonObject body)
    {
        switch (resource.Group, resource.Kind)
        {
            case ("", "Namespace"):
                body.Child("metadata").Child("labels")["kubernetes.io/metadata.name"] = body.At("metadata", "name")?.DeepClone();
                break;
            case ("", "Service"):
                JsonObject spec = body.Child("spec");
                Put(spec, "type", "ClusterIP");
                Put(spec, "sessionAffinity", "None");
                foreach (JsonNode? port in spec["ports"].Items())
                {
                    Put(port, "protocol", "TCP");
                }
                break;
            case ("", "Secret"):
                Put(body, "type", "Opaque");
                Encode(body);
                break;
            case ("apps", "Deployment" or "ReplicaSet"):
                JsonObject workload = body.Child("spec");
                Put(workload, "replicas", 1);
                if (resource.Kind == "Deployment")
                {
                    Put(workload, "progressDeadlineSeconds", 600);
                    Put(workload, "revisionHistoryLimit", 10);
                }
                if (workload.At("template", "spec") is JsonObject pod)
                {
                    Put(pod, "restartPolicy", "Always");
                }
                break;
            case ("", "Pod"):
                Put(body.Child("spec"), "restartPolicy", "Always");
                break;
        }
    }

    /// <summary>What the API server decides itself, so that nobody owns it.</summary>
    public static void Allocate(Cluster cluster, ApiResource resource, JsonObject body, JsonObject? old)
    {
        if (resource is { Group: "", Kind: "Namespace" } && body["status"] is null)
        {
            body["status"] = new JsonObject { ["phase"] = "Active" };
        }
        if (resource.Kind == "CustomResourceDefinition")
        {
            DefinitionStatus.Fill(cluster, body);
        }
        if (resource is not { Group: "", Kind: "Service" } || body["spec"] is not JsonObject spec)
        {
            return;
        }
        foreach (JsonNode? port in spec["ports"].Items())
        {
            if (port is JsonObject fields && !fields.ContainsKey("targetPort") && fields["port"] is { } number)
            {
                fields["targetPort"] = number.DeepClone();
            }
        }
        if (spec["type"].Text() == "ExternalName")
        {
            return;
        }
        string address = spec["clusterIP"].Text() ?? old.At("spec", "clusterIP").Text()
            ?? AddressOf(cluster, $"{body.At("metadata", "namespace").Text()}/{body.At("metadata", "name").Text()}");
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(JsonValue.Create(address));
        Put(spec, "internalTrafficPolicy", "Cluster");
        Put(spec, "ipFamilyPolicy", "SingleStack");
        if (!spec.ContainsKey("ipFamilies"))
        {
            spec["ipFamilies"] = new JsonArray(JsonValue.Create("IPv4"));
        }
    }

    /// <summary>The same name gets the same address, so that a Service made anew keeps it.</summary>
    private static string AddressOf(Cluster cluster, string name)
    {
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ c) * 16777619;
        }
        HashSet<string?> taken = [.. cluster.Store.Objects(new ResourceName("", "services")).Values.Select(one => one.Body.At("spec", "clusterIP").Text())];
        while (true)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"{cluster.ServicePrefix}.{hash >> 8 & 255}.{(hash & 127) + 10}");
            if (!taken.Contains(address))
            {
                return address;
            }
            hash += 257;
        }
    }

    private static void Encode(JsonObject secret)
    {
        if (secret["stringData"] is not JsonObject plain)
        {
            return;
        }
        JsonObject data = secret.Child("data");
        foreach ((string key, JsonNode? value) in plain)
        {
            data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text() ?? ""));
        }
        secret.Remove("stringData");
    }

    private static void Put(JsonNode? at, string name, JsonNode value)
    {
        if (at is JsonObject fields && fields[name] is null)
        {
            fields[name] = value;
        }
    }
}
