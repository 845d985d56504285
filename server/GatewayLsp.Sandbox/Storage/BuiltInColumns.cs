using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Storage;

/// <summary>What <c>kubectl get</c> shows of the kinds that the API server prints itself: columns that are counted and put together.</summary>
internal static class BuiltInColumns
{
    private const string None = "<none>";

    /// <summary>Endpoints of a slice that are shown; of the others only how many there are.</summary>
    private const int MaxEndpoints = 3;

    private static readonly PrinterColumn Age = new("Age", "date", ".metadata.creationTimestamp");

    /// <summary>Null for a kind that has none of these.</summary>
    public static ImmutableArray<PrinterColumn>? Of(string kind) => kind switch
    {
        "Namespace" => [Text("Status", one => one.At("status", "phase").Text() ?? ""), Age],
        "Service" =>
        [
            Text("Type", one => one.At("spec", "type").Text() ?? ""), Text("Cluster-IP", one => Or(one.At("spec", "clusterIP").Text())), Text("External-IP", ExternalAddress),
            Text("Port(s)", ServicePorts), Age, Text("Selector", one => Labels(one.At("spec", "selector")), 1),
        ],
        "Deployment" =>
        [
            Text("Ready", one => $"{one.At("status", "readyReplicas").Number() ?? 0}/{one.At("spec", "replicas").Number() ?? 0}"), Number("Up-to-date", ".status.updatedReplicas"),
            Number("Available", ".status.availableReplicas"), Age, .. Template(),
        ],
        "ReplicaSet" => [Number("Desired", ".spec.replicas"), Number("Current", ".status.replicas"), Number("Ready", ".status.readyReplicas"), Age, .. Template()],
        "Pod" =>
        [
            Text("Ready", one => $"{Statuses(one).Count(status => status.At("ready").Truth() == true)}/{one.At("spec", "containers").Items().Count()}"),
            Text("Status", one => one.At("metadata", "deletionTimestamp") is not null ? "Terminating" : one.At("status", "reason").Text() ?? one.At("status", "phase").Text() ?? ""),
            Text("Restarts", one => Statuses(one).Sum(status => status.At("restartCount").Number() ?? 0).ToString(CultureInfo.InvariantCulture)), Age,
            Text("IP", one => Or(one.At("status", "podIP").Text()), 1), Text("Node", one => Or(one.At("spec", "nodeName").Text()), 1),
            Text("Nominated Node", one => Or(one.At("status", "nominatedNodeName").Text()), 1), Text("Readiness Gates", _ => None, 1),
        ],
        "Node" =>
        [
            Text("Status", one => one.At("status", "conditions").Items().Any(condition => condition.At("type").Text() == "Ready" && condition.At("status").Text() == "True") ? "Ready" : "NotReady"),
            Text("Roles", _ => None), Age, Text("Version", one => one.At("status", "nodeInfo", "kubeletVersion").Text() ?? ""),
        ],
        "ConfigMap" => [Text("Data", one => Count(one, "data", "binaryData")), Age],
        "Secret" => [Text("Type", one => one.At("type").Text() ?? ""), Text("Data", one => Count(one, "data")), Age],
        "ServiceAccount" => [Text("Secrets", one => Count(one, "secrets")), Age],
        "Endpoints" => [Text("Endpoints", one => Or(string.Join(",", one.At("subsets").Items().SelectMany(Addresses).Take(MaxEndpoints)))), Age],
        "EndpointSlice" =>
        [
            Text("AddressType", one => one.At("addressType").Text() ?? ""), Text("Ports", one => Some(one.At("ports").Items().Select(port => port.At("port").Shown()), "<unset>")),
            Text("Endpoints", one => Some(one.At("endpoints").Items().SelectMany(endpoint => endpoint.At("addresses").Items()).Select(address => address.Shown()), "<unset>")), Age,
        ],
        "Ingress" =>
        [
            Text("Class", one => Or(one.At("spec", "ingressClassName").Text())), Text("Hosts", one => Hosts(one)),
            Text("Address", one => string.Join(",", LoadBalancer(one))), Text("Ports", one => one.At("spec", "tls").Items().Any() ? "80, 443" : "80"), Age,
        ],
        _ => null,
    };

    private static PrinterColumn Text(string name, Func<JsonNode, string> shown, int priority = 0) => new(name, "string", "", priority) { Shown = shown };

    private static PrinterColumn Number(string name, string path) => new(name, "integer", path);

    private static PrinterColumn[] Template() =>
    [
        Text("Containers", one => string.Join(",", Containers(one).Select(container => container.At("name").Shown())), 1),
        Text("Images", one => string.Join(",", Containers(one).Select(container => container.At("image").Shown())), 1),
        Text("Selector", one => Labels(one.At("spec", "selector", "matchLabels")), 1),
    ];

    private static IEnumerable<JsonNode?> Containers(JsonNode one) => one.At("spec", "template", "spec", "containers").Items();

    private static IEnumerable<JsonNode?> Statuses(JsonNode one) => one.At("status", "containerStatuses").Items();

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? None : text;

    private static string Labels(JsonNode? labels) => Or(string.Join(",", labels.Texts().OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}={one.Value}")));

    private static string Count(JsonNode one, params ReadOnlySpan<string> fields)
    {
        int count = 0;
        foreach (string field in fields)
        {
            count += one.At(field) switch { JsonObject members => members.Count, JsonArray items => items.Count, _ => 0 };
        }
        return count.ToString(CultureInfo.InvariantCulture);
    }

    private static string Some(IEnumerable<string> all, string none)
    {
        string[] found = [.. all];
        return found.Length == 0 ? none
            : found.Length <= MaxEndpoints ? string.Join(",", found)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(",", found.Take(MaxEndpoints))} + {found.Length - MaxEndpoints} more...");
    }

    private static IEnumerable<string> Addresses(JsonNode? subset) =>
        from address in subset.At("addresses").Items()
        from port in subset.At("ports").Items().DefaultIfEmpty()
        select port is null ? address.At("ip").Shown() : $"{address.At("ip").Shown()}:{port.At("port").Shown()}";

    private static string Hosts(JsonNode one)
    {
        string[] hosts = [.. one.At("spec", "rules").Items().Select(rule => rule.At("host").Text()).OfType<string>().Where(host => host.Length > 0)];
        return hosts.Length == 0 ? "*" : string.Join(",", hosts);
    }

    private static IEnumerable<string> LoadBalancer(JsonNode one) =>
        one.At("status", "loadBalancer", "ingress").Items().Select(entry => entry.At("ip").Text() ?? entry.At("hostname").Text()).OfType<string>();

    private static string ExternalAddress(JsonNode one)
    {
        string given = string.Join(",", one.At("spec", "externalIPs").Items().Select(address => address.Shown()));
        string told = string.Join(",", LoadBalancer(one));
        return one.At("spec", "type").Text() switch
        {
            "ExternalName" => Or(one.At("spec", "externalName").Text()),
            "LoadBalancer" when told.Length == 0 && given.Length == 0 => "<pending>",
            "LoadBalancer" => string.Join(",", ((string[])[told, given]).Where(part => part.Length > 0)),
            _ => Or(given),
        };
    }

    private static string ServicePorts(JsonNode one) => Or(string.Join(",", one.At("spec", "ports").Items().Select(port =>
        port.At("port").Shown() + (port.At("nodePort").Number() is > 0 and var node ? string.Create(CultureInfo.InvariantCulture, $":{node}") : "") + "/" + (port.At("protocol").Text() ?? "TCP"))));
}
