using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Testing.InMemory;

/// <summary>One call that a client was asked for. <c>Verb</c> as in RBAC, apply and dry runs told apart: <c>apply</c>, <c>apply (dry run)</c>.</summary>
public sealed record ClusterCall(string Verb, string Kind, string Namespace, string Name)
{
    public override string ToString() => Name.Length == 0 ? $"{Verb} {Kind}" : $"{Verb} {Kind}/{Name}";
}

/// <summary>
/// A cluster in a dictionary: resource versions, uids, generations, defaults of the bundled schemas, server-side apply with field
/// owners, dry runs, watches. No validation but by <see cref="Admission"/>; times are counted, not measured.
/// </summary>
public sealed partial class InMemoryClient : IClusterClient
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, ManagedObject> _objects = [];
    private readonly List<(long Version, WatchEventKind Kind, ObservedResource Resource)> _history = [];
    private readonly ImmutableArray<ServedKind> _kinds;
    private long _version = 100;
    private long _compacted = 100;
    private int _breaks;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InMemoryClient(ClusterTarget? target = null, IEnumerable<ServedKind>? kinds = null)
    {
        Target = target ?? new ClusterTarget("test");
        _kinds = [.. kinds ?? BundledKinds()];
        foreach (string name in (string[])["default", "kube-system"])
        {
            Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""");
        }
        Calls.Clear();
    }

    public ClusterTarget Target { get; }

    /// <summary>Every call so far, in order.</summary>
    public List<ClusterCall> Calls { get; } = [];

    /// <summary>Asked before each call; an error is the answer, and nothing happens.</summary>
    public Func<ClusterCall, ClusterError?>? Fault { get; set; }

    /// <summary>Asked after each write was carried out; an error is the answer all the same (a lost reply).</summary>
    public Func<ClusterCall, ClusterError?>? LostReply { get; set; }

    /// <summary>Asked with the object that a write would store.</summary>
    public Func<ResourceAddress, JsonObject, ClusterError?>? Admission { get; set; }

    /// <summary>What the user may do in a namespace.</summary>
    public Func<string, AccessRules> Rules { get; set; } = _ => new AccessRules([new AccessRule(["*"], ["*"], ["*"], [])], false);

    /// <summary>The <c>Warning</c> headers of a write.</summary>
    public Func<ResourceAddress, ImmutableArray<string>> Warnings { get; set; } = _ => [];

    /// <summary>Stores an object as another client would (an update by <paramref name="manager"/>).</summary>
    public ObservedResource Put(string json, string manager = "kubectl")
    {
        var body = (JsonObject)JsonNode.Parse(json)!;
        ResourceAddress address = AddressOf(body);
        lock (_gate)
        {
            return Store(address, body, (o, b) => { o.Update(b, manager); return []; }, new WriteOptions(), StatusIs.Written).Value!.Resource;
        }
    }

    /// <summary>Writes <c>status</c> as a controller would.</summary>
    public ObservedResource SetStatus(ResourceAddress address, string statusJson, string manager = "controller")
    {
        lock (_gate)
        {
            var body = (JsonObject)_objects[address.Key].Body.DeepClone();
            body["status"] = JsonNode.Parse(statusJson);
            return Store(address, body, (o, b) => { o.Update(b, manager); return []; }, new WriteOptions(), StatusIs.Written).Value!.Resource;
        }
    }

    public ObservedResource? Find(ResourceAddress address)
    {
        lock (_gate)
        {
            return _objects.TryGetValue(address.Key, out ManagedObject? found) ? Observed(address.Kind, found) : null;
        }
    }

    /// <summary>Everything stored, for comparing states: JSON without what changes by itself.</summary>
    public string Dump()
    {
        lock (_gate)
        {
            var text = new StringBuilder();
            foreach ((ObjectKey key, ManagedObject one) in _objects.OrderBy(o => o.Key.ToString(), StringComparer.Ordinal))
            {
                var body = (JsonObject)one.Body.DeepClone();
                ((JsonObject)body["metadata"]!).Remove("resourceVersion");
                ((JsonObject)body["metadata"]!).Remove("generation");
                text.Append(key).Append(' ').Append(body.ToJsonString()).Append('\n');
            }
            return text.ToString();
        }
    }

    /// <summary>Forgets history: a watch from before gets 410 Gone.</summary>
    public void Compact()
    {
        lock (_gate)
        {
            _compacted = _version;
            _history.Clear();
        }
    }

    /// <summary>Breaks off all watches.</summary>
    public void Breaks()
    {
        lock (_gate)
        {
            _breaks++;
            Awake();
        }
    }

    public Task<Answered<ClusterVersion>> GetVersionAsync(CancellationToken cancellation) =>
        Answer<ClusterVersion>(new ClusterCall("version", "", "", ""), () => new ClusterVersion("v1.36.4", "1", "36"));

    public Task<Answered<ServedKinds>> DiscoverAsync(CancellationToken cancellation) =>
        Answer<ServedKinds>(new ClusterCall("discover", "", "", ""), () => new ServedKinds(_kinds, []));

    public Task<Answered<JsonText>> GetOpenApiAsync(string group, string version, CancellationToken cancellation) =>
        Answer<JsonText>(new ClusterCall("openapi", group, "", version), () => new JsonText("""{"components":{"schemas":{}}}"""u8.ToArray()));

    public Task<Answered<ResourcePage>> ListAsync(ListRequest request, CancellationToken cancellation) =>
        Answer<ResourcePage>(new ClusterCall("list", request.Kind.Kind, request.Namespace, ""), () =>
        {
            var all = _objects.Where(o => o.Key.Group == request.Kind.Group && o.Key.Kind == request.Kind.Kind
                    && (request.Namespace.Length == 0 || o.Key.Namespace == request.Namespace))
                .OrderBy(o => o.Key.Namespace, StringComparer.Ordinal).ThenBy(o => o.Key.Name, StringComparer.Ordinal).ToList();
            int from = request.Continue is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
            int count = request.Limit > 0 ? Math.Min(request.Limit, all.Count - from) : all.Count - from;
            return new ResourcePage([.. all.Skip(from).Take(count).Select(o => Observed(request.Kind, o.Value, request.ManagedFields, request.MetadataOnly))],
                Text(_version), from + count < all.Count ? Text(from + count) : null);
        });

    public async IAsyncEnumerable<WatchEvent> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long at = long.Parse(request.ResourceVersion, CultureInfo.InvariantCulture);
        int breaks = Volatile.Read(ref _breaks);
        if (Fault?.Invoke(new ClusterCall("watch", request.Kind.Kind, request.Namespace, "")) is { } error)
        {
            yield return new WatchEvent(WatchEventKind.Error, null, "", error);
            yield break;
        }
        while (true)
        {
            List<(long Version, WatchEventKind Kind, ObservedResource Resource)> news;
            Task changed;
            bool isGone;
            lock (_gate)
            {
                isGone = at < _compacted;
                news = _history.FindAll(h => h.Version > at && h.Resource.Kind.GroupKind == request.Kind.GroupKind
                    && (request.Namespace.Length == 0 || h.Resource.Namespace == request.Namespace));
                at = Math.Max(at, _version);
                changed = _changed.Task;
            }
            if (isGone)
            {
                yield return new WatchEvent(WatchEventKind.Error, null, "",
                    new ClusterError(ClusterErrorKind.Gone, "The cluster no longer keeps changes from that time.") { Status = 410 });
                yield break;
            }
            foreach ((long version, WatchEventKind kind, ObservedResource resource) in news)
            {
                yield return new WatchEvent(kind,
                    ObservedResource.From(resource.Body, request.Kind, request.ManagedFields, request.MetadataOnly), Text(version));
            }
            await changed.WaitAsync(cancellation);
            if (breaks != Volatile.Read(ref _breaks))
            {
                yield return new WatchEvent(WatchEventKind.Error, null, "", new ClusterError(ClusterErrorKind.Broken, "The connection broke off."));
                yield break;
            }
        }
    }

    public Task<Answered<ObservedResource>> GetAsync(ResourceAddress address, CancellationToken cancellation) =>
        Answer<ObservedResource>(Call("get", address), () =>
            _objects.TryGetValue(address.Key, out ManagedObject? found) ? Observed(address.Kind, found) : NotFound(address));

    public Task<Answered<Written>> ApplyAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        Write("apply", address, options, () => Store(address, Parse(body), (o, b) => o.Apply(b, options.FieldManager, options.Force), options, StatusIs.LeftAlone));

    public Task<Answered<Written>> CreateAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        Write("create", address, options, () => _objects.ContainsKey(address.Key)
            ? new ClusterError(ClusterErrorKind.AlreadyExists, $"{address} exists already.") { Status = 409 }
            : Store(address, Parse(body), Updating(options), options, StatusIs.Restored));

    public Task<Answered<Written>> ReplaceAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        Write("update", address, options, () => _objects.ContainsKey(address.Key)
            ? Store(address, Parse(body), Updating(options), options, StatusIs.Restored)
            : NotFound(address));

    public Task<Answered<Written>> PatchAsync(ResourceAddress address, PatchKind kind, ReadOnlyMemory<byte> patch, WriteOptions options,
        string? subresource, CancellationToken cancellation) =>
        Write("patch", address, options, () =>
        {
            if (!_objects.TryGetValue(address.Key, out ManagedObject? found))
            {
                return NotFound(address);
            }
            JsonNode next = found.Body.DeepClone();
            JsonNode? change = JsonNode.Parse(patch.Span);
            if (kind == PatchKind.Merge)
            {
                JsonPatches.Merge((JsonObject)next, (JsonObject)change!);
            }
            else if (JsonPatches.Apply((JsonObject)next, (JsonArray)change!) is { } wrong)
            {
                return new ClusterError(ClusterErrorKind.Invalid, wrong) { Status = 422 };
            }
            return Store(address, (JsonObject)next, Updating(options), options, subresource is null ? StatusIs.Restored : StatusIs.Written);
        });

    public Task<Answered<Deleted>> DeleteAsync(ResourceAddress address, DeleteOptions options, CancellationToken cancellation)
    {
        ClusterCall call = Call(options.DryRun ? "delete (dry run)" : "delete", address);
        return Answer<Deleted>(call, () =>
        {
            if (!_objects.TryGetValue(address.Key, out ManagedObject? found))
            {
                return NotFound(address);
            }
            var metadata = (JsonObject)found.Body["metadata"]!;
            if ((options.Uid is { } uid && uid != (string?)metadata["uid"])
                || (options.ResourceVersion is { } version && version != (string?)metadata["resourceVersion"]))
            {
                return new ClusterError(ClusterErrorKind.Conflict, $"{address} is not the object or the state that was meant.") { Status = 409 };
            }
            bool isHeld = metadata["finalizers"] is JsonArray { Count: > 0 };
            if (!options.DryRun)
            {
                metadata["resourceVersion"] = Text(++_version);
                if (isHeld)
                {
                    metadata["deletionTimestamp"] = Stamp();
                }
                else
                {
                    _objects.Remove(address.Key);
                }
                Tell(isHeld ? WatchEventKind.Modified : WatchEventKind.Deleted, Observed(address.Kind, found));
                if (LostReply?.Invoke(call) is { } lost)
                {
                    return lost;
                }
            }
            return new Deleted(isHeld, Warnings(address));
        });
    }

    public Task<Answered<AccessRules>> ReviewRulesAsync(string @namespace, CancellationToken cancellation) =>
        Answer<AccessRules>(new ClusterCall("rules", "", @namespace, ""), () => Rules(@namespace));

    public Task<Answered<AccessReview>> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellation) =>
        Answer<AccessReview>(new ClusterCall("access", "", question.Namespace, ""), () => new AccessReview(true, ""));

    private static IEnumerable<ServedKind> BundledKinds() =>
        SchemaCatalog.Bundled.Kinds.Where(kind => kind.ServedInStandard).Select(kind => ServedKind.Of(kind) with
        {
            IsPreferred = kind.IsPreferred,
            HasStatus = SchemaCatalog.Bundled.FindAny(kind.Gvk)?.Child("status") is not null,
        });

    private static Func<ManagedObject, JsonObject, List<ErrorCause>> Updating(WriteOptions options) => (stored, body) =>
    {
        stored.Update(body, options.FieldManager);
        return [];
    };

    private static ClusterCall Call(string verb, ResourceAddress address) => new(verb, address.Kind.Kind, address.Namespace, address.Name);

    private static JsonObject Parse(ReadOnlyMemory<byte> body) => (JsonObject)JsonNode.Parse(body.Span)!;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static ClusterError NotFound(ResourceAddress address) => new(ClusterErrorKind.NotFound, $"{address} does not exist.") { Status = 404 };

    private static ObservedResource Observed(ServedKind kind, ManagedObject stored, bool managedFields = true, bool metadataOnly = false)
    {
        JsonObject body = stored.Rendered();
        if (metadataOnly)
        {
            body = new JsonObject { ["metadata"] = body["metadata"]!.DeepClone() };
        }
        return ObservedResource.From(FieldSet.Element(body), kind, managedFields, metadataOnly)!;
    }

    private Task<Answered<T>> Answer<T>(ClusterCall call, Func<Answered<T>> answer)
        where T : class
    {
        lock (_gate)
        {
            Calls.Add(call);
            return Task.FromResult(Fault?.Invoke(call) is { } error ? error : answer());
        }
    }

    private Task<Answered<Written>> Write(string verb, ResourceAddress address, WriteOptions options, Func<Answered<Written>> write)
    {
        ClusterCall call = Call(options.DryRun ? verb + " (dry run)" : verb, address);
        return Answer(call, () =>
        {
            Answered<Written> written = write();
            return written.IsOk && !options.DryRun && LostReply?.Invoke(call) is { } lost ? lost : written;
        });
    }

    private ResourceAddress AddressOf(JsonObject body)
    {
        Gvk.TryParse((string?)body["apiVersion"], (string?)body["kind"], out Gvk gvk);
        ServedKind kind = _kinds.FirstOrDefault(one => one.Gvk == gvk) ?? throw new ArgumentException($"This cluster serves no {gvk}.");
        return new ResourceAddress(kind, kind.IsNamespaced ? (string?)body["metadata"]!["namespace"] ?? "default" : "", (string)body["metadata"]!["name"]!);
    }
}
