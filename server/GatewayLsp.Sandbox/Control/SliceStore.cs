using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Api;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Control;

/// <summary>Writes the EndpointSlices that the sandbox keeps, and takes away those that it kept before.</summary>
internal sealed class SliceStore(Cluster cluster, ObjectWriter writer, Deleter deleter)
{
    private const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    private const string OfServices = "gateway-sandbox";
    private const string OfImports = "gateway-sandbox-imports";

    private static readonly ResourceName Slices = new("discovery.k8s.io", "endpointslices");

    public static JsonObject Slice(string ns, string name, JsonObject labels, JsonArray ports, JsonArray endpoints, StoredObject? owner)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = ns, ["labels"] = labels };
        if (owner is not null)
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Service", ["name"] = owner.Place.Name, ["uid"] = owner.Uid, ["controller"] = true, ["blockOwnerDeletion"] = true });
        }
        return new JsonObject
        {
            ["apiVersion"] = "discovery.k8s.io/v1", ["kind"] = "EndpointSlice", ["metadata"] = metadata, ["addressType"] = "IPv4", ["ports"] = ports, ["endpoints"] = endpoints,
        };
    }

    public void Keep(Dictionary<ObjectPlace, JsonObject> wanted, bool isImported)
    {
        ApiResource resource = cluster.Registry.Find(Slices)!;
        string manager = isImported ? OfImports : OfServices;
        foreach (StoredObject known in cluster.Store.Objects(Slices).Values.Where(one => one.Body.At("metadata", "labels", ManagedBy).Text() == manager))
        {
            if (!wanted.Remove(known.Place, out JsonObject? slice))
            {
                deleter.Remove(resource, known);
                continue;
            }
            writer.Modify(resource, known.Place, "", StatusWriter.Manager, body =>
            {
                body["ports"] = slice["ports"]!.DeepClone();
                body["endpoints"] = slice["endpoints"]!.DeepClone();
            });
        }
        foreach ((ObjectPlace place, JsonObject slice) in wanted)
        {
            slice.Child("metadata").Child("labels")[ManagedBy] = manager;
            try
            {
                writer.Create(resource, "v1", place.Namespace, slice, new WriteOptions(false, StatusWriter.Manager, "Ignore", false));
            }
            catch (ApiFailure)
            {
                // The namespace is going.
            }
        }
    }
}
