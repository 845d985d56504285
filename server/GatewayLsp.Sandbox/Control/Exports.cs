using System.Text.Json.Nodes;
using GatewayLsp.Engine.Model;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;
using GatewayLsp.Sandbox.Traffic;

namespace GatewayLsp.Sandbox.Control;

/// <summary>One member of the set of clusters.</summary>
/// <param name="IsReachable">False when the other members have noticed that it is gone.</param>
internal sealed record ExportMember(Cluster Cluster, ObjectWriter Writer, Deleter Deleter, SliceStore Slices, Func<bool> IsReachable);

/// <summary>ServiceExport to ServiceImport: what one cluster exports, all of them can reach by name.</summary>
internal sealed class Exports(IReadOnlyList<ExportMember> members)
{
    private const string ManagedLabel = "gateway-sandbox/managed";

    private static readonly ResourceName Services = new("", "services");
    private static readonly ResourceName Slices = new("discovery.k8s.io", "endpointslices");
    private static readonly ResourceName Namespaces = new("", "namespaces");

    private readonly Lock _gate = new();

    private sealed record Export(ExportMember Member, StoredObject Service);

    public void Sync()
    {
        lock (_gate)
        {
            var exported = new SortedDictionary<ObjectPlace, List<Export>>();
            foreach (ExportMember member in members)
            {
                foreach ((ObjectPlace place, StoredObject? service) in Read(member))
                {
                    if (service is not null && member.IsReachable())
                    {
                        if (!exported.TryGetValue(place, out List<Export>? known))
                        {
                            exported.Add(place, known = []);
                        }
                        known.Add(new Export(member, service));
                    }
                }
            }
            foreach (ExportMember member in members)
            {
                Import(member, exported);
            }
        }
    }

    /// <summary>The exports of a cluster, each once, and whether its Service is there; their status is written.</summary>
    private static Dictionary<ObjectPlace, StoredObject?> Read(ExportMember member)
    {
        var found = new Dictionary<ObjectPlace, StoredObject?>();
        foreach (string group in (string[])[ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster])
        {
            if (member.Cluster.Registry.OfKind(group, "ServiceExport") is not { } resource)
            {
                continue;
            }
            foreach (StoredObject export in member.Cluster.Store.Objects(resource.Name).Values)
            {
                StoredObject? service = member.Cluster.Store.Find(Services, export.Place);
                bool isValid = service is not null && service.Body.At("spec", "type").Text() != "ExternalName";
                found[export.Place] = isValid ? service : null;
                string now = JsonPaths.Stamp(member.Cluster.Store.Clock.GetUtcNow());
                member.Writer.Modify(resource, export.Place, "status", StatusWriter.Manager, body => body.Child("status")["conditions"] = new JsonArray(
                    StatusWriter.Condition(body.At("status", "conditions"), "Valid", isValid ? "True" : "False", isValid ? "Valid" : "NoService",
                        isValid ? "The Service is exported." : "There is no Service of this name that can be exported.", body.At("metadata", "generation").Number(), now),
                    StatusWriter.Condition(body.At("status", "conditions"), "Conflict", "False", "NoConflicts", "All clusters agree.", body.At("metadata", "generation").Number(), now)));
            }
        }
        return found;
    }

    private static void Import(ExportMember member, SortedDictionary<ObjectPlace, List<Export>> exported)
    {
        Cluster cluster = member.Cluster;
        foreach (string group in (string[])[ApiGroups.MultiCluster, ApiGroups.GkeMultiCluster])
        {
            if (cluster.Registry.OfKind(group, "ServiceImport") is { } resource)
            {
                KeepImports(member, resource, exported);
            }
        }
        var slices = new Dictionary<ObjectPlace, JsonObject>();
        foreach ((ObjectPlace place, List<Export> exports) in exported)
        {
            if (!IsOpen(cluster, place.Namespace))
            {
                continue;
            }
            foreach (Export export in exports)
            {
                int count = 0;
                foreach (StoredObject slice in export.Member.Cluster.Store.Objects(Slices).Values
                    .Where(one => one.Place.Namespace == place.Namespace && one.Body.At("metadata", "labels", EndpointTable.ServiceLabel).Text() == place.Name))
                {
                    string name = $"imported-{place.Name}-{export.Member.Cluster.Name}-{count++}";
                    var labels = new JsonObject { [EndpointTable.ImportLabel] = place.Name, [EndpointTable.ClusterLabel] = export.Member.Cluster.Name };
                    slices[place with { Name = name }] = SliceStore.Slice(place.Namespace, name, labels, Copy(slice.Body["ports"]), Copy(slice.Body["endpoints"]), null);
                }
            }
        }
        member.Slices.Keep(slices, isImported: true);
    }

    /// <summary>False for a namespace that is not there or is going: nothing can be made in it.</summary>
    private static bool IsOpen(Cluster cluster, string ns) => cluster.Store.Find(Namespaces, new ObjectPlace("", ns)) is { } home && home.Body.At("metadata", "deletionTimestamp") is null;

    /// <summary>A slice of somebody else may lack either.</summary>
    private static JsonArray Copy(JsonNode? list) => (JsonArray?)(list as JsonArray)?.DeepClone() ?? [];

    private static void KeepImports(ExportMember member, ApiResource resource, SortedDictionary<ObjectPlace, List<Export>> exported)
    {
        Cluster cluster = member.Cluster;
        foreach (StoredObject gone in cluster.Store.Objects(resource.Name).Values.Where(one => one.Body.At("metadata", "labels", ManagedLabel).Text() == "true" && !exported.ContainsKey(one.Place)))
        {
            member.Deleter.Remove(resource, gone);
        }
        foreach ((ObjectPlace place, List<Export> exports) in exported)
        {
            if (!IsOpen(cluster, place.Namespace))
            {
                continue;
            }
            JsonArray ports = Ports(exports);
            // In the old version all of it stands at the top, in the new one below spec.
            bool hasSpec = resource.Schema.Find("spec") is not null;
            void fill(JsonObject body)
            {
                JsonObject at = hasSpec ? body.Child("spec") : body;
                at["type"] = exports[0].Service.Body.At("spec", "clusterIP").Text() == "None" ? "Headless" : "ClusterSetIP";
                at["ports"] = ports.DeepClone();
            }
            if (cluster.Store.Find(resource.Name, place) is null)
            {
                var body = new JsonObject
                {
                    ["apiVersion"] = resource.ApiVersion, ["kind"] = resource.Kind,
                    ["metadata"] = new JsonObject { ["name"] = place.Name, ["namespace"] = place.Namespace, ["labels"] = new JsonObject { [ManagedLabel] = "true" } },
                };
                fill(body);
                member.Writer.Create(resource, resource.Version, place.Namespace, body, new WriteOptions(false, StatusWriter.Manager, "Ignore", false));
            }
            else if (cluster.Store.Find(resource.Name, place)!.Body.At("metadata", "labels", ManagedLabel).Text() == "true")
            {
                member.Writer.Modify(resource, place, "", StatusWriter.Manager, fill);
            }
            if (resource.Schema.Child("status")?.Find("clusters") is not null)
            {
                member.Writer.Modify(resource, place, "status", StatusWriter.Manager, body =>
                    body.Child("status")["clusters"] = new JsonArray([.. exports.Select(one => (JsonNode)new JsonObject { ["cluster"] = one.Member.Cluster.Name })]));
            }
        }
    }

    /// <summary>The ports of all exporting clusters; of the same port the first cluster's counts.</summary>
    private static JsonArray Ports(List<Export> exports)
    {
        var ports = new JsonArray();
        var seen = new HashSet<(long?, string)>();
        foreach (JsonNode? port in exports.SelectMany(one => one.Service.Body.At("spec", "ports").Items()))
        {
            if (!seen.Add((port.At("port").Number(), port.At("protocol").Text() ?? "TCP")))
            {
                continue;
            }
            var json = new JsonObject { ["port"] = port.At("port")?.DeepClone(), ["protocol"] = port.At("protocol").Text() ?? "TCP" };
            foreach (string name in (string[])["name", "appProtocol"])
            {
                if (port.At(name).Text() is { } text)
                {
                    json[name] = text;
                }
            }
            ports.Add((JsonNode)json);
        }
        return ports;
    }
}
