using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Apply;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>What a write came to.</summary>
/// <param name="Warnings">For the <c>Warning</c> headers.</param>
internal sealed record Written(JsonObject Body, bool IsNew, List<string> Warnings);

/// <summary>
/// Creates, replaces and applies objects as an API server does: decoding, defaults, validation, ownership, versions. Each
/// call is one transaction on the store.
/// </summary>
internal sealed class ObjectWriter(Cluster cluster)
{
    /// <summary>Bytes of an object that patches make.</summary>
    private const int MaxSize = 3 * 1024 * 1024;

    private static readonly ResourceName Namespaces = new("", "namespaces");

    private readonly Deleter _deleter = new(cluster);

    private string Now => JsonPaths.Stamp(cluster.Store.Clock.GetUtcNow());

    public Written Create(ApiResource resource, string version, string ns, JsonObject body, WriteOptions options)
    {
        List<string> warnings = Decode(resource, version, ns, body, options);
        lock (cluster.Store.Gate)
        {
            return new Written(Insert(resource, ns, body, Manager(resource, version, "", options), options.IsDryRun), true, warnings);
        }
    }

    /// <summary>PUT, and what a patch made of the object.</summary>
    /// <param name="change">Makes the new body of the stored one; null for a PUT of <paramref name="given"/>.</param>
    public Written Update(ApiResource resource, string version, ObjectPlace place, string subresource, JsonObject? given, Func<JsonObject, JsonNode?>? change, WriteOptions options)
    {
        // What can't be read is refused before anybody asks whether the object is there.
        List<string>? warnings = given is null ? null : Decode(resource, version, place.Namespace, given, options);
        lock (cluster.Store.Gate)
        {
            if (cluster.Store.Find(resource.Name, place) is not { } stored)
            {
                throw ApiFailure.NotFound(resource.Name, place.Name);
            }
            JsonObject live = stored.Body.Copy();
            live["apiVersion"] = ApiResource.ApiVersionOf(resource.Group, version);
            JsonObject body = given ?? Bounded(change!(live) as JsonObject ?? throw NoObject(options));
            warnings ??= Decode(resource, version, place.Namespace, body, options);
            CheckIdentity(resource, stored, body, isPut: given is not null && !resource.IsBuiltIn);
            return new Written(Replace(resource, stored, body, subresource, Manager(resource, version, subresource, options), options.IsDryRun), false, warnings);
        }
    }

    /// <summary>Server-side apply.</summary>
    public Written Apply(ApiResource resource, string version, ObjectPlace place, string subresource, JsonObject applied, WriteOptions options)
    {
        if (applied.At("metadata", "managedFields") is JsonArray { Count: > 0 })
        {
            throw ApiFailure.BadRequest("metadata.managedFields must be nil");
        }
        if (TypedCheck.Problem(applied, resource.SchemaOf(version) ?? resource.Schema, withScalars: !resource.IsBuiltIn) is { } problem)
        {
            throw new ApiFailure(500, "", $"failed to create typed patch object ({place.Namespace}/{place.Name}; {ApiResource.ApiVersionOf(resource.Group, version)}, Kind={resource.Kind}): {problem}");
        }
        List<string> warnings = Decode(resource, version, place.Namespace, applied, options, isApplied: true);
        FieldManager manager = Manager(resource, version, subresource, options);
        lock (cluster.Store.Gate)
        {
            StoredObject? stored = cluster.Store.Find(resource.Name, place);
            if (stored is null && subresource.Length > 0)
            {
                throw ApiFailure.NotFound(resource.Name, place.Name);
            }
            if (stored is null && applied.At("metadata", "uid").Text() is { } uid)
            {
                throw ApiFailure.Conflict(resource.Name, place.Name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found");
            }
            if (stored is not null && applied.At("metadata", "resourceVersion").Text() is { Length: > 0 } wanted && wanted != stored.Body.At("metadata", "resourceVersion").Text())
            {
                throw ApiFailure.Modified(resource.Name, place.Name);
            }
            JsonObject live = stored?.Body.Copy() ?? [];
            ManagedFields managed = ManagedFields.Of(live);
            (live["metadata"] as JsonObject)?.Remove("managedFields");
            SchemaNode schema = resource.SchemaOf(version) ?? resource.Schema;
            (JsonObject? merged, List<FieldConflict> conflicts) = managed.Applied(live, applied, schema, manager, options.Force, Now);
            if (merged is null)
            {
                throw InTheWay(conflicts);
            }
            managed.WriteTo(Bounded(merged));
            return stored is null
                ? new Written(Insert(resource, place.Namespace, merged, null, options.IsDryRun), true, warnings)
                : new Written(Replace(resource, stored, merged, subresource, null, options.IsDryRun), false, warnings);
        }
    }

    /// <summary>A change by the sandbox itself. Null, and nothing is written, when the object is gone or nothing changes.</summary>
    /// <param name="change">Changes a copy of the stored body.</param>
    public StoredObject? Modify(ApiResource resource, ObjectPlace place, string subresource, string manager, Action<JsonObject> change)
    {
        lock (cluster.Store.Gate)
        {
            if (cluster.Store.Find(resource.Name, place) is not { } stored)
            {
                return null;
            }
            JsonObject body = stored.Body.Copy();
            change(body);
            if (Json.Same(body, stored.Body))
            {
                return null;
            }
            Replace(resource, stored, body, subresource, new FieldManager(manager, resource.ApiVersion, subresource, resource.HasStatus), isDryRun: false);
            return cluster.Store.Find(resource.Name, place);
        }
    }

    private FieldManager Manager(ApiResource resource, string version, string subresource, WriteOptions options) =>
        new(options.FieldManager, ApiResource.ApiVersionOf(resource.Group, version), subresource, resource.HasStatus);

    private List<string> Decode(ApiResource resource, string version, string ns, JsonObject body, WriteOptions options, bool isApplied = false)
    {
        SchemaNode schema = resource.SchemaOf(version) ?? resource.Schema;
        if (resource.IsNamespaced && body.At("metadata", "namespace").Text() is { Length: > 0 } written && written != ns)
        {
            throw ApiFailure.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
        }
        List<string> unknown = Decoding.Prune(body, schema);
        if (unknown.Count > 0 && options.Validation == "Strict")
        {
            throw ApiFailure.BadRequest(
                $"{resource.Kind} in version \"{version}\" cannot be handled as a {resource.Kind}: strict decoding error: {string.Join(", ", unknown.Select(field => $"unknown field \"{field}\""))}");
        }
        if (!isApplied)
        {
            Decoding.Default(body, schema);
            BuiltInDefaults.Fill(resource, body);
        }
        return options.Validation == "Ignore" ? [] : [.. unknown.Select(field => $"unknown field \"{field}\"")];
    }

    private JsonObject Insert(ApiResource resource, string ns, JsonObject body, FieldManager? manager, bool isDryRun)
    {
        JsonObject metadata = body.Child("metadata");
        string name = metadata["name"].Text() ?? "";
        if (name.Length == 0 && metadata["generateName"].Text() is { Length: > 0 } prefix)
        {
            metadata["name"] = name = prefix + RandomNames.Suffix(5);
        }
        StoredObject? home = resource.IsNamespaced ? cluster.Store.Find(Namespaces, new ObjectPlace("", ns)) ?? throw ApiFailure.NotFound(Namespaces, ns) : null;
        if (home?.Body.At("metadata", "deletionTimestamp") is not null)
        {
            throw ApiFailure.Forbidden(resource.Group, resource.Plural, name,
                $"{resource.Name} \"{name}\" is forbidden: nothing can be created in namespace {ns} because it is being terminated");
        }
        if (metadata["resourceVersion"].Text() is { Length: > 0 })
        {
            throw ApiFailure.BadRequest("resourceVersion should not be set on objects to be created");
        }
        var place = new ObjectPlace(resource.IsNamespaced ? ns : "", name);
        metadata.Remove("namespace");
        if (resource.IsNamespaced)
        {
            metadata["namespace"] = ns;
        }
        if (resource.HasStatus)
        {
            body.Remove("status");
        }
        DropEmpty(metadata);
        Decoding.Default(body, resource.Schema);
        BuiltInDefaults.Fill(resource, body);
        Verdicts.Check(resource, cluster.Registry, body, null);
        if (cluster.Store.Find(resource.Name, place) is not null)
        {
            throw ApiFailure.AlreadyExists(resource.Name, name);
        }
        if (cluster.Store.Objects(resource.Name).Count >= ObjectStore.MaxObjects)
        {
            throw new ApiFailure(429, "TooManyRequests", $"this sandbox keeps {ObjectStore.MaxObjects} {resource.Plural} at most");
        }
        metadata.Remove("resourceVersion");
        metadata.Remove("deletionTimestamp");
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Now;
        if (HasGeneration(resource))
        {
            metadata["generation"] = 1;
        }
        if (manager is { } by)
        {
            ManagedFields managed = ManagedFields.BeforeUpdate(null, body);
            metadata.Remove("managedFields");
            managed.Updated(null, body, resource.Schema, by, Now);
            managed.WriteTo(body);
        }
        body["apiVersion"] = resource.ApiVersion;
        BuiltInDefaults.Allocate(cluster, resource, body, null);
        return isDryRun ? body : Commit(resource, place, body);
    }

    private JsonObject Replace(ApiResource resource, StoredObject stored, JsonObject body, string subresource, FieldManager? manager, bool isDryRun)
    {
        JsonObject old = stored.Body;
        if (subresource == "status")
        {
            // Only the status is taken; ownership is told in the metadata.
            JsonNode? status = body["status"]?.DeepClone();
            JsonNode? managedNow = body.At("metadata", "managedFields")?.DeepClone();
            body = old.Copy();
            body.Remove("status");
            if (status is not null)
            {
                body["status"] = status;
            }
            body.Child("metadata")["managedFields"] = managedNow;
        }
        else if (resource.HasStatus)
        {
            body.Remove("status");
            if (old["status"] is { } status)
            {
                body["status"] = status.DeepClone();
            }
        }
        JsonObject metadata = body.Child("metadata");
        foreach (string name in (string[])["uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "namespace", "name", "resourceVersion", "selfLink"])
        {
            metadata.Remove(name);
            if (old.At("metadata", name) is { } kept)
            {
                metadata[name] = kept.DeepClone();
            }
        }
        DropEmpty(metadata);
        Decoding.Default(body, resource.Schema);
        BuiltInDefaults.Fill(resource, body);
        body["apiVersion"] = resource.ApiVersion;
        BuiltInDefaults.Allocate(cluster, resource, body, old);
        Verdicts.Check(resource, cluster.Registry, body, old);
        if (HasGeneration(resource) && SpecChanged(old, body))
        {
            metadata["generation"] = (old.At("metadata", "generation").Number() ?? 0) + 1;
        }
        if (manager is { } by)
        {
            // Through a subresource nobody gives fields away.
            ManagedFields managed = subresource.Length > 0 ? ManagedFields.Of(old) : ManagedFields.BeforeUpdate(old, body);
            metadata.Remove("managedFields");
            JsonObject before = old.Copy();
            before.Child("metadata").Remove("managedFields");
            // Whose owners were taken away stays without: they count again from the first apply on.
            if (!managed.IsEmpty)
            {
                managed.Updated(before, body, resource.Schema, by, Now);
            }
            managed.WriteTo(body);
        }
        if (metadata["managedFields"] is null)
        {
            metadata.Remove("managedFields");
        }
        if (SameButForTimes(old, body))
        {
            return old.Copy();
        }
        if (isDryRun)
        {
            return body;
        }
        if (metadata["deletionTimestamp"] is not null && _deleter.End(resource, new StoredObject(stored.Place, body, stored.Version)))
        {
            return body; // The last finalizer is gone: now it goes for good.
        }
        return Commit(resource, stored.Place, body);
    }

    private JsonObject Commit(ApiResource resource, ObjectPlace place, JsonObject body)
    {
        JsonObject stored = cluster.Store.Put(resource.Name, place, body).Body;
        if (resource.Kind == "CustomResourceDefinition")
        {
            cluster.Redefine();
        }
        return stored;
    }

    private static void CheckIdentity(ApiResource resource, StoredObject stored, JsonObject body, bool isPut)
    {
        string name = stored.Place.Name;
        if (body.At("metadata", "name").Text() is { } written && written != name)
        {
            throw ApiFailure.BadRequest($"the name of the object ({written}) does not match the name on the URL ({name})");
        }
        string? version = body.At("metadata", "resourceVersion").Text();
        if (string.IsNullOrEmpty(version))
        {
            if (isPut)
            {
                ApiFailure failure = ApiFailure.Invalid(resource.Group, resource.Plural, name,
                    [("metadata.resourceVersion", "FieldValueInvalid", "Invalid value: 0: must be specified for an update")]);
                throw failure;
            }
        }
        else if (version != stored.Body.At("metadata", "resourceVersion").Text())
        {
            throw ApiFailure.Modified(resource.Name, name);
        }
        if (body.At("metadata", "uid").Text() is { Length: > 0 } uid && uid != stored.Uid)
        {
            throw ApiFailure.Conflict(resource.Name, name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {stored.Uid}");
        }
    }

    /// <summary>Patch after patch an object grows beyond what any request may bring.</summary>
    private static JsonObject Bounded(JsonObject body) =>
        Json.Write(body).Length <= MaxSize ? body : throw new ApiFailure(413, "RequestEntityTooLarge", $"the object would be too large: the limit is {MaxSize} bytes");

    private static ApiFailure NoObject(WriteOptions options) => options.Validation == "Ignore"
        ? ApiFailure.Invalid("", "", "", [("patch", "FieldValueInvalid", "the patch leaves no object")])
        : ApiFailure.BadRequest("the patch leaves no object");

    private static ApiFailure InTheWay(List<FieldConflict> conflicts)
    {
        string[] managers = [.. conflicts.Select(one => one.Manager).Distinct()];
        string message;
        if (conflicts.Count == 1)
        {
            message = $"Apply failed with 1 conflict: conflict with {managers[0]}: {conflicts[0].Field}";
        }
        else
        {
            message = string.Create(CultureInfo.InvariantCulture, $"Apply failed with {conflicts.Count} conflicts: ")
                + string.Join("\n", managers.Select(manager => $"conflicts with {manager}:\n" + string.Join("\n", conflicts.Where(one => one.Manager == manager).Select(one => "- " + one.Field))));
        }
        var causes = new JsonArray([.. conflicts.Select(one => (JsonNode)new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = "conflict with " + one.Manager, ["field"] = one.Field })]);
        return new ApiFailure(409, "Conflict", message, new JsonObject { ["causes"] = causes });
    }

    /// <summary>In metadata an empty map or list is none at all.</summary>
    private static void DropEmpty(JsonObject metadata)
    {
        foreach (string name in (string[])["labels", "annotations", "finalizers", "ownerReferences"])
        {
            if (metadata[name] is JsonObject { Count: 0 } or JsonArray { Count: 0 })
            {
                metadata.Remove(name);
            }
        }
    }

    /// <summary>Plain data has none.</summary>
    private static bool HasGeneration(ApiResource resource) => resource.Kind is not ("Event" or "ConfigMap" or "Secret" or "ServiceAccount" or "Endpoints" or "Lease");

    private static bool SpecChanged(JsonObject old, JsonObject body)
    {
        static bool counts(string name) => name is not ("metadata" or "status" or "apiVersion" or "kind");
        foreach ((string name, JsonNode? value) in body)
        {
            if (counts(name) && !Json.Same(value, old[name]))
            {
                return true;
            }
        }
        return old.Any(member => counts(member.Key) && !body.ContainsKey(member.Key));
    }

    /// <summary>When somebody owns what he owned before, the time of it is no change.</summary>
    private static bool SameButForTimes(JsonObject old, JsonObject body)
    {
        if (Json.Same(old, body))
        {
            return true;
        }
        JsonObject a = old.Copy(), b = body.Copy();
        foreach (JsonObject one in (JsonObject[])[a, b])
        {
            foreach (JsonNode? entry in one.At("metadata", "managedFields").Items())
            {
                (entry as JsonObject)?.Remove("time");
            }
        }
        return Json.Same(a, b);
    }
}
