using System.Text.Json.Nodes;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Sandbox.Faults;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>What <c>gateway-sandbox status</c> tells.</summary>
internal static class StatusReport
{
    private static readonly ResourceName Gateways = new("gateway.networking.k8s.io", "gateways");

    public static JsonObject Of(Sandbox sandbox)
    {
        var clusters = new JsonArray();
        foreach (SandboxCluster one in sandbox.Clusters)
        {
            var gateways = new JsonArray();
            foreach (StoredObject gateway in one.Cluster.Store.Objects(Gateways).Values)
            {
                var ports = new JsonArray();
                var name = new ObjectName(gateway.Place.Namespace, gateway.Place.Name);
                GatewayAddress? address = one.Plane.AddressOf(name);
                foreach ((int port, int real) in address?.Ports ?? System.Collections.Immutable.ImmutableSortedDictionary<int, int>.Empty)
                {
                    ports.Add((JsonNode)new JsonObject
                    {
                        ["port"] = port, ["open"] = real,
                        ["protocols"] = JsonPaths.TextsOf(one.Plane.Snapshot.Listeners(name, port).Select(listener => listener.Listener.Protocol).Distinct().Order(StringComparer.Ordinal)),
                    });
                }
                gateways.Add((JsonNode)new JsonObject
                {
                    ["namespace"] = gateway.Place.Namespace, ["name"] = gateway.Place.Name, ["address"] = address?.Address.ToString() ?? "", ["ports"] = ports,
                    ["programmed"] = gateway.Body.At("status", "conditions").Items().FirstOrDefault(condition => condition.At("type").Text() == "Programmed").At("status").Text() ?? "Unknown",
                });
            }
            var pods = new JsonArray();
            foreach ((ObjectPlace place, PodServer server) in one.Workloads.Running.OrderBy(pod => pod.Place))
            {
                pods.Add((JsonNode)new JsonObject
                {
                    ["namespace"] = place.Namespace, ["name"] = place.Name, ["address"] = server.Address.ToString(), ["version"] = server.Identity.Version, ["requests"] = server.Requests,
                    ["down"] = server.Fault.IsDown,
                });
            }
            clusters.Add((JsonNode)new JsonObject
            {
                ["name"] = one.Cluster.Name, ["server"] = $"https://127.0.0.1:{one.Port}", ["version"] = one.Cluster.GitVersion, ["channel"] = one.Cluster.Channel.ToString().ToLowerInvariant(),
                ["down"] = one.DownSince is not null, ["waitsForPort"] = one.IsWaitingForPort, ["idle"] = one.Controller.IsIdle,
                ["mesh"] = one.Plane.Mesh?.ToString() ?? "", ["gateways"] = gateways, ["pods"] = pods,
            });
        }
        var faults = new JsonArray();
        foreach ((FaultTarget target, PodFault fault) in sandbox.Faults.All.OrderBy(one => one.Key.ToString(), StringComparer.Ordinal))
        {
            JsonObject told = FaultOrders.Told(fault);
            told["target"] = target.ToString();
            faults.Add((JsonNode)told);
        }
        return new JsonObject { ["pid"] = Environment.ProcessId, ["clusters"] = clusters, ["faults"] = faults };
    }
}
