using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing.InMemory;

/// <content>How a write is carried out.</content>
public sealed partial class InMemoryClient
{
    /// <summary>What a write does to the status of a kind whose status is a subresource.</summary>
    private enum StatusIs : byte
    {
        /// <summary>The body names all there shall be, but its status does not count.</summary>
        Restored,

        /// <summary>The body names what it wants, but its status does not count.</summary>
        LeftAlone,
        Written,
    }

    private Answered<Written> Store(ResourceAddress address, JsonObject body, Func<ManagedObject, JsonObject, List<ErrorCause>> change,
        WriteOptions options, StatusIs status)
    {
        if (!_kinds.Any(kind => kind.Gvk == address.Kind.Gvk))
        {
            return new ClusterError(ClusterErrorKind.KindNotServed, $"This cluster does not serve {address.Kind}.") { Status = 404 };
        }
        if (address.Kind.IsNamespaced && !_objects.ContainsKey(new ObjectKey("", "Namespace", "", address.Namespace)))
        {
            return new ClusterError(ClusterErrorKind.NotFound, $"Namespace `{address.Namespace}` does not exist.") { Status = 404 };
        }
        SchemaNode? schema = SchemaCatalog.Bundled.FindAny(address.Kind.Gvk);
        bool isNew = !_objects.TryGetValue(address.Key, out ManagedObject? before);
        var metadata = (JsonObject)(body["metadata"] ??= new JsonObject());
        metadata.Remove("managedFields");
        metadata["name"] = address.Name;
        if (address.Namespace.Length > 0)
        {
            metadata["namespace"] = address.Namespace;
        }
        string? expected = (string?)metadata["resourceVersion"];
        if (!isNew && expected is not null && expected != (string?)before!.Body["metadata"]!["resourceVersion"])
        {
            return new ClusterError(ClusterErrorKind.Conflict, $"{address} was changed by somebody else meanwhile.") { Status = 409 };
        }
        if (status != StatusIs.Written && _kinds.First(kind => kind.Gvk == address.Kind.Gvk).HasStatus)
        {
            body.Remove("status");
            if (status == StatusIs.Restored && before?.Body["status"] is { } stored)
            {
                body["status"] = stored.DeepClone();
            }
        }
        ManagedObject next = isNew ? new ManagedObject(Head(address), schema) : before!.Copy();
        List<ErrorCause> conflicts = change(next, body);
        if (conflicts.Count > 0)
        {
            return new ClusterError(ClusterErrorKind.Conflict, $"{conflicts.Count} fields belong to others.") { Status = 409, Causes = [.. conflicts] };
        }
        JsonPatches.AddDefaults(next.Body, schema);
        if (Admission?.Invoke(address, next.Body) is { } denied)
        {
            return denied;
        }
        if (!isNew && JsonNode.DeepEquals(Bare(before!.Rendered()), Bare(next.Rendered())))
        {
            return new Written(Observed(address.Kind, before), false, Warnings(address));
        }
        Stamp(next, before);
        if (!options.DryRun)
        {
            _version++;
            next.Body["metadata"]!["resourceVersion"] = Text(_version);
            _objects[address.Key] = next;
            Tell(isNew ? WatchEventKind.Added : WatchEventKind.Modified, Observed(address.Kind, next));
        }
        return new Written(Observed(address.Kind, next), isNew, Warnings(address));
    }

    private static JsonObject Head(ResourceAddress address) =>
        new() { ["apiVersion"] = address.Kind.Gvk.ApiVersion, ["kind"] = address.Kind.Kind, ["metadata"] = new JsonObject() };

    private static JsonObject Bare(JsonObject body)
    {
        var metadata = (JsonObject)body["metadata"]!;
        foreach (string name in (string[])["resourceVersion", "generation", "uid", "creationTimestamp"])
        {
            metadata.Remove(name);
        }
        return body;
    }

    /// <summary>What the server itself writes: uid and creation time once, the generation with every change outside of metadata and status.</summary>
    private void Stamp(ManagedObject next, ManagedObject? before)
    {
        var metadata = (JsonObject)next.Body["metadata"]!;
        JsonObject? old = before?.Body["metadata"] as JsonObject;
        metadata["uid"] = old?["uid"]?.DeepClone() ?? $"00000000-0000-4000-8000-{_version + 1:x12}";
        metadata["creationTimestamp"] = old?["creationTimestamp"]?.DeepClone() ?? Stamp();
        metadata["resourceVersion"] = old?["resourceVersion"]?.DeepClone() ?? Text(_version + 1);
        long generation = (long?)old?["generation"] ?? 0;
        metadata["generation"] = before is null || !JsonNode.DeepEquals(Spec(before.Body), Spec(next.Body)) ? generation + 1 : generation;
    }

    private static JsonObject Spec(JsonObject body)
    {
        var spec = (JsonObject)body.DeepClone();
        spec.Remove("metadata");
        spec.Remove("status");
        return spec;
    }

    private string Stamp() => Start.AddSeconds(_version).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private void Tell(WatchEventKind kind, ObservedResource resource)
    {
        _history.Add((_version, kind, resource));
        Awake();
    }

    private void Awake()
    {
        TaskCompletionSource told = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        told.TrySetResult();
    }
}
