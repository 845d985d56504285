using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Deletes objects: preconditions, finalizers, and what hangs on an owner, a namespace or a definition.</summary>
internal sealed class Deleter(Cluster cluster)
{
    private static readonly string[] Immortal = ["default", "kube-system"];
    private static readonly ResourceName Namespaces = new("", "namespaces");

    /// <summary>What the client gets: the object where an API server sends it, else a Status.</summary>
    /// <param name="leavesOwned">True to leave what the object owns, without it as an owner; else that goes too.</param>
    public JsonObject Delete(ApiResource resource, ObjectPlace place, JsonNode? options, bool isDryRun, bool leavesOwned = false)
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
            if (leavesOwned && !isDryRun)
            {
                Leave(stored);
            }
            JsonObject? waiting = !isDryRun ? Remove(resource, stored) : HasFinalizers(stored) ? Marked(stored) : null;
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

    /// <summary>Deletes an object whatever it is; with finalizers, and a namespace with something left in it, it only asks for it. Null when it is gone.</summary>
    public JsonObject? Remove(ApiResource resource, StoredObject stored)
    {
        lock (cluster.Store.Gate)
        {
            if (cluster.Store.Find(resource.Name, stored.Place) is not { } now || now.Uid != stored.Uid)
            {
                return null;
            }
            now = Mark(resource, now);
            return End(resource, now) ? null : now.Body.Copy();
        }
    }

    /// <summary>
    /// Takes an object away for good whose deletion was asked for, with what it owns; false while finalizers hold it back, or the
    /// contents of a namespace. The gate must be held.
    /// </summary>
    public bool End(ApiResource resource, StoredObject stored)
    {
        bool isNamespace = resource.Name == Namespaces;
        if (HasFinalizers(stored) || (isNamespace && !IsEmpty(stored.Place.Name)))
        {
            return false;
        }
        Drop(resource, stored);
        if (stored.Uid.Length > 0)
        {
            Collect(stored);
        }
        if (stored.Place.Namespace.Length > 0 && cluster.Store.Find(Namespaces, new ObjectPlace("", stored.Place.Namespace)) is { } home
            && home.Body.At("metadata", "deletionTimestamp") is not null)
        {
            // It may have been what its namespace waited for.
            End(cluster.Registry.Find(Namespaces)!, home);
        }
        return true;
    }

    private static bool HasFinalizers(StoredObject stored) => stored.Body.At("metadata", "finalizers") is JsonArray { Count: > 0 };

    /// <summary>As it is once its deletion is asked for.</summary>
    private JsonObject Marked(StoredObject stored, bool isNamespace = false)
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
        if (isNamespace)
        {
            body.Child("status")["phase"] = "Terminating";
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

    /// <summary>Asks for the deletion of what can't go at once, and empties a namespace.</summary>
    private StoredObject Mark(ApiResource resource, StoredObject stored)
    {
        bool isNamespace = resource.Name == Namespaces;
        if ((isNamespace || HasFinalizers(stored)) && stored.Body.At("metadata", "deletionTimestamp") is null)
        {
            stored = cluster.Store.Put(resource.Name, stored.Place, Marked(stored, isNamespace));
        }
        if (isNamespace)
        {
            Empty(stored.Place.Name);
        }
        return stored;
    }

    private void Drop(ApiResource resource, StoredObject stored)
    {
        cluster.Store.Remove(resource.Name, stored.Place);
        if (resource.Kind == "CustomResourceDefinition")
        {
            RemoveCustom(stored);
        }
    }

    /// <summary>What has no other owner goes with the one that is gone, and what that owned, and so on; a row, as chains may be long.</summary>
    private void Collect(StoredObject gone)
    {
        var owners = new Queue<StoredObject>([gone]);
        while (owners.TryDequeue(out StoredObject? owner))
        {
            foreach ((ApiResource resource, StoredObject one) in OwnedBy(owner))
            {
                // An owner in a namespace owns nothing outside of it.
                if (owner.Place.Namespace.Length > 0 && owner.Place.Namespace != one.Place.Namespace)
                {
                    continue;
                }
                if (one.Body.At("metadata", "ownerReferences").Items().Any(other => other.At("uid").Text() != owner.Uid))
                {
                    Disown(resource, one, owner.Uid);
                }
                else
                {
                    Mark(resource, one);
                    if (!HasFinalizers(one) && (resource.Name != Namespaces || IsEmpty(one.Place.Name)))
                    {
                        Drop(resource, one);
                        owners.Enqueue(one);
                    }
                }
            }
        }
    }

    /// <summary>Each as it is when it is asked for: what goes may take others with it.</summary>
    private IEnumerable<(ApiResource Resource, StoredObject One)> OwnedBy(StoredObject owner)
    {
        foreach ((ResourceName name, ObjectPlace place) in cluster.Store.OwnedBy(owner.Uid))
        {
            if (cluster.Registry.Find(name) is { } resource && cluster.Store.Find(name, place) is { } one)
            {
                yield return (resource, one);
            }
        }
    }

    private void Leave(StoredObject owner)
    {
        foreach ((ApiResource resource, StoredObject one) in OwnedBy(owner))
        {
            Disown(resource, one, owner.Uid);
        }
    }

    private void Disown(ApiResource resource, StoredObject one, string uid)
    {
        JsonObject body = one.Body.Copy();
        JsonObject metadata = body.Child("metadata");
        JsonNode?[] others = [.. metadata["ownerReferences"].Items().Where(owner => owner.At("uid").Text() != uid).Select(owner => owner?.DeepClone())];
        metadata.Remove("ownerReferences");
        if (others.Length > 0)
        {
            metadata["ownerReferences"] = new JsonArray(others);
        }
        cluster.Store.Put(resource.Name, one.Place, body);
    }

    private bool IsEmpty(string ns) => !cluster.Registry.Resources.Any(resource => resource.IsNamespaced && cluster.Store.Objects(resource.Name).Keys.Any(place => place.Namespace == ns));

    /// <summary>All that is in a namespace goes; what has finalizers is asked to.</summary>
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
                Mark(resource, one);
                if (!HasFinalizers(one))
                {
                    Drop(resource, one);
                }
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
