using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>Keeps the EndpointSlices of Services with a selector.</summary>
internal sealed class EndpointSlices(Cluster cluster, SliceStore slices, Workloads workloads)
{
    private static readonly ResourceName Services = new("", "services");
    private static readonly ResourceName Pods = new("", "pods");

    public void Sync()
    {
        var wanted = new Dictionary<ObjectPlace, JsonObject>();
        StoredObject[] pods = [.. cluster.Store.Objects(Pods).Values];
        foreach (StoredObject service in cluster.Store.Objects(Services).Values)
        {
            Dictionary<string, string> selector = service.Body.At("spec", "selector").Texts();
            if (selector.Count == 0 || service.Body.At("spec", "type").Text() == "ExternalName")
            {
                continue;
            }
            // Pods whose ports have the same numbers share a slice: all of them where each has an address of its own.
            var groups = new SortedDictionary<string, (JsonArray Ports, JsonArray Endpoints)>(StringComparer.Ordinal);
            foreach (StoredObject pod in pods.Where(pod => pod.Place.Namespace == service.Place.Namespace && Workloads.Selects(selector, pod.Body.At("metadata", "labels").Texts())))
            {
                if (workloads.Server(pod.Place) is { } server)
                {
                    JsonArray ports = Ports(service, pod, server);
                    string key = Json.Text(ports);
                    if (!groups.TryGetValue(key, out var group))
                    {
                        groups.Add(key, group = (ports, []));
                    }
                    group.Endpoints.Add((JsonNode)Endpoint(pod, server));
                }
            }
            int count = 0;
            foreach ((JsonArray ports, JsonArray endpoints) in groups.Values)
            {
                string name = $"{service.Place.Name}-{RandomNames.Of(string.Create(CultureInfo.InvariantCulture, $"{service.Uid}/{count++}"), 5)}";
                wanted[new ObjectPlace(service.Place.Namespace, name)] = SliceStore.Slice(
                    service.Place.Namespace, name, new JsonObject { [EndpointTable.ServiceLabel] = service.Place.Name }, ports, endpoints, service);
            }
        }
        slices.Keep(wanted, isImported: false);
    }

    private static JsonArray Ports(StoredObject service, StoredObject pod, PodServer server)
    {
        var named = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonNode? port in pod.Body.At("spec", "containers").Items().SelectMany(container => container.At("ports").Items()))
        {
            if (port.At("name").Text() is { } name && port.At("containerPort").Number() is { } number)
            {
                named[name] = (int)number;
            }
        }
        var ports = new JsonArray();
        foreach (JsonNode? port in service.Body.At("spec", "ports").Items())
        {
            string protocol = port.At("protocol").Text() ?? "TCP";
            if (Workloads.TargetPort(port, named) is { } target && server.PortOf(new PodPort(target, protocol == "UDP")) is { } real)
            {
                var json = new JsonObject { ["name"] = port.At("name").Text() ?? "", ["port"] = real, ["protocol"] = protocol };
                if (port.At("appProtocol").Text() is { } app)
                {
                    json["appProtocol"] = app;
                }
                ports.Add((JsonNode)json);
            }
        }
        return ports;
    }

    private JsonObject Endpoint(StoredObject pod, PodServer server)
    {
        bool isReady = Workloads.IsReady(pod);
        return new JsonObject
        {
            ["addresses"] = new JsonArray((JsonNode)server.Address.ToString()),
            ["conditions"] = new JsonObject { ["ready"] = isReady, ["serving"] = isReady, ["terminating"] = false },
            ["nodeName"] = cluster.Name + "-node",
            ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["namespace"] = pod.Place.Namespace, ["name"] = pod.Place.Name, ["uid"] = pod.Uid },
        };
    }
}
