using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Deletes objects: preconditions, finalizers, and what hangs on a namespace or definition.</summary>
internal sealed class Deleter(Cluster cluster)
{
    private static readonly string[] Immortal = ["default", "kube-system"];

    /// <summary>What the client gets: the object where an API server sends it, else a Status.</summary>
    public JsonObject Delete(ApiResource resource, ObjectPlace place, JsonNode? options, bool isDryRun)
    {
        lock (cluster.Store.Gate)
        {
            if (cluster.Store.Find(resource.Name, place) is not { } stored)
            {
                throw ApiFailure.NotFound(resource.Name, place.Name);
            }
            CheckPreconditions(resource, stored, options.At("preconditions"));
            bool isNamespace = resource is { Group: "", Kind: "Namespace" };
            if (isNamespace && Immortal.Contains(place.Name))
            {
                throw ApiFailure.Forbidden("", "namespaces", place.Name, $"namespaces \"{place.Name}\" is forbidden: this namespace may not be deleted");
            }
            JsonObject? waiting = !isDryRun ? Remove(resource, stored) : HasFinalizers(stored) ? Marked(stored) : null;
            if (isNamespace && !isDryRun)
            {
                Empty(place.Name);
            }
            if (waiting is not null)
            {
                return waiting;
            }
            if (resource is { Group: "", Kind: "Service" or "Pod" or "ServiceAccount" or "Namespace" })
            {
                JsonObject last = stored.Body.Copy();
                if (isNamespace)
                {
                    last["status"] = new JsonObject { ["phase"] = "Terminating" };
                }
                return last;
            }
            JsonObject details = ApiFailure.Of(place.Name, resource.Group, resource.Plural);
            details["uid"] = stored.Uid;
            return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
        }
    }

    /// <summary>Deletes an object whatever it is; with finalizers it only asks for it. Null when it is gone.</summary>
    public JsonObject? Remove(ApiResource resource, StoredObject stored)
    {
        lock (cluster.Store.Gate)
        {
            if (HasFinalizers(stored))
            {
                return stored.Body.At("metadata", "deletionTimestamp") is not null ? stored.Body.Copy() : cluster.Store.Put(resource.Name, stored.Place, Marked(stored)).Body.Copy();
            }
            cluster.Store.Remove(resource.Name, stored.Place);
            if (resource.Kind == "CustomResourceDefinition")
            {
                RemoveCustom(stored);
            }
            return null;
        }
    }

    private static bool HasFinalizers(StoredObject stored) => stored.Body.At("metadata", "finalizers") is JsonArray { Count: > 0 };

    /// <summary>As it is once its deletion is asked for.</summary>
    private JsonObject Marked(StoredObject stored)
    {
        JsonObject body = stored.Body.Copy();
        JsonObject metadata = body.Child("metadata");
        if (metadata["deletionTimestamp"] is null)
        {
            metadata["deletionTimestamp"] = JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());
            metadata["deletionGracePeriodSeconds"] = 0;
            if (metadata["generation"].Number() is { } generation)
            {
                metadata["generation"] = generation + 1;
            }
        }
        return body;
    }

    private void CheckPreconditions(ApiResource resource, StoredObject stored, JsonNode? wanted)
    {
        if (wanted.At("uid").Text() is { } uid && uid != stored.Uid)
        {
            string kind = resource.Kind + (resource.Group.Length > 0 ? "." + resource.Group : "");
            throw new ApiFailure(409, "Conflict",
                $"Operation cannot be fulfilled on {kind} \"{stored.Place.Name}\": the UID in the precondition ({uid}) does not match the UID in record ({stored.Uid}). The object might have been deleted and then recreated",
                ApiFailure.Of(stored.Place.Name, resource.Group, resource.Kind));
        }
        string now = stored.Body.At("metadata", "resourceVersion").Text() ?? "";
        if (wanted.At("resourceVersion").Text() is { } version && version != now)
        {
            throw new ApiFailure(409, "Conflict",
                $"Operation cannot be fulfilled on {resource.Kind} \"{stored.Place.Name}\": the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({now}). The object might have been modified",
                ApiFailure.Of(stored.Place.Name, resource.Group, resource.Kind));
        }
    }

    private void Empty(string ns)
    {
        foreach (ApiResource resource in cluster.Registry.Resources)
        {
            if (!resource.IsNamespaced)
            {
                continue;
            }
            foreach (StoredObject one in cluster.Store.Objects(resource.Name).Values.Where(one => one.Place.Namespace == ns))
            {
                Remove(resource, one);
            }
        }
    }

    private void RemoveCustom(StoredObject definition)
    {
        var name = new ResourceName(definition.Body.At("spec", "group").Text() ?? "", definition.Body.At("spec", "names", "plural").Text() ?? "");
        ApiResource? custom = cluster.Registry.Find(name);
        cluster.Redefine();
        if (custom is not null && cluster.Registry.Find(name) is null)
        {
            foreach (StoredObject one in cluster.Store.Objects(name).Values)
            {
                cluster.Store.Remove(name, one.Place);
            }
        }
    }
}
