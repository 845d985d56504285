using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayLsp.Engine.Cluster;
using GatewayLsp.Kubernetes.Targets;

namespace GatewayLsp.Kubernetes.Client;

/// <summary>A cluster over HTTP. Made by <see cref="ClusterDirectory"/>; nothing is connected or run before the first call.</summary>
internal sealed class KubernetesClusterClient(ClusterTarget target, ApiTransport transport, ClusterSettings settings) : IClusterClient, IDisposable
{
    private const string Partial = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";
    private const string PartialList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private const int MaxObject = 16 << 20;
    private const int MaxList = 256 << 20;
    private const int MaxOpenApi = 64 << 20;

    private TimeSpan Long => settings.RequestTimeout * 4;

    public ClusterTarget Target { get; } = target;

    public async Task<Answered<ClusterVersion>> GetVersionAsync(CancellationToken cancellation) =>
        Parse(await transport.ReadAsync(new ApiRequest(HttpMethod.Get, "/version", "ask for the version"), MaxObject, cancellation).ConfigureAwait(false),
            (root, _) => Text(root, "gitVersion") is { Length: > 0 } version
                ? new ClusterVersion(transport.Redactor.Clean(version, 100), Text(root, "major") ?? "", Text(root, "minor") ?? "")
                : null);

    public Task<Answered<ServedKinds>> DiscoverAsync(CancellationToken cancellation) => new DiscoveryReader(transport).ReadAsync(cancellation);

    public async Task<Answered<JsonText>> GetOpenApiAsync(string group, string version, CancellationToken cancellation)
    {
        Answered<ApiBody> body = await transport.ReadAsync(
            new ApiRequest(HttpMethod.Get, "/openapi/v3" + ApiPath.OfGroup(group, version), "ask for the schemas") { Timeout = Long }, MaxOpenApi, cancellation).ConfigureAwait(false);
        return body.Select(found => new JsonText(found.Utf8));
    }

    public async Task<Answered<ResourcePage>> ListAsync(ListRequest request, CancellationToken cancellation)
    {
        string path = ApiPath.Query(ApiPath.Of(request.Kind, request.Namespace),
            ("limit", request.Limit > 0 ? request.Limit.ToString(CultureInfo.InvariantCulture) : null),
            ("continue", request.Continue),
            ("labelSelector", request.LabelSelector),
            ("fieldSelector", request.FieldSelector));
        Answered<ApiBody> body = await transport.ReadAsync(new ApiRequest(HttpMethod.Get, path, ApiPath.What("list", request.Kind, request.Namespace))
        {
            Accept = request.MetadataOnly ? PartialList : "application/json",
            Timeout = Long,
        }, MaxList, cancellation).ConfigureAwait(false);
        return Parse(body, (root, _) =>
        {
            if (!root.TryGetProperty("items", out JsonElement items))
            {
                return null;
            }
            var found = ImmutableArray.CreateBuilder<ObservedResource>();
            if (items.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in items.EnumerateArray())
                {
                    if (ObservedResource.From(item, request.Kind, request.ManagedFields, request.MetadataOnly) is { } resource)
                    {
                        found.Add(resource);
                    }
                }
            }
            JsonElement metadata = root.TryGetProperty("metadata", out JsonElement head) && head.ValueKind == JsonValueKind.Object ? head : default;
            return new ResourcePage(found.ToImmutable(), Text(metadata, "resourceVersion") ?? "", Text(metadata, "continue") is { Length: > 0 } next ? next : null);
        });
    }

    public async IAsyncEnumerable<WatchEvent> WatchAsync(WatchRequest request, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string path = ApiPath.Query(ApiPath.Of(request.Kind, request.Namespace),
            ("watch", "1"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", request.ResourceVersion),
            ("timeoutSeconds", ((int)request.ServerTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            ("labelSelector", request.LabelSelector),
            ("fieldSelector", request.FieldSelector));
        Answered<ApiResponse> answer = await transport.SendAsync(new ApiRequest(HttpMethod.Get, path, ApiPath.What("watch", request.Kind, request.Namespace))
        {
            Accept = request.MetadataOnly ? Partial : "application/json",
            Timeout = request.StallTimeout < Long ? request.StallTimeout : Long,
        }, cancellation).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            yield return new WatchEvent(WatchEventKind.Error, null, "", answer.Error);
            yield break;
        }
        using ApiResponse response = answer.Value;
        using Stream? stream = await OpenAsync(response, cancellation).ConfigureAwait(false);
        if (stream is null)
        {
            yield return new WatchEvent(WatchEventKind.Error, null, "", FailureReader.Broken());
            yield break;
        }
        await using IAsyncEnumerator<WatchEvent> events = new WatchReader(stream, request, transport.Redactor).ReadAsync(cancellation).GetAsyncEnumerator(cancellation);
        while (true)
        {
            WatchEvent? next = null;
            try
            {
                if (await events.MoveNextAsync().ConfigureAwait(false))
                {
                    next = events.Current;
                }
            }
            catch (Exception error) when (FailureReader.Covers(error) && !cancellation.IsCancellationRequested)
            {
                next = new WatchEvent(WatchEventKind.Error, null, "", transport.Failure(error));
            }
            if (next is null)
            {
                yield break;
            }
            yield return next;
            if (next.Kind == WatchEventKind.Error)
            {
                yield break;
            }
        }
    }

    public async Task<Answered<ObservedResource>> GetAsync(ResourceAddress address, CancellationToken cancellation)
    {
        if (ApiPath.Check(address) is { } wrong)
        {
            return wrong;
        }
        Answered<ApiBody> body = await transport.ReadAsync(
            new ApiRequest(HttpMethod.Get, ApiPath.Of(address), ApiPath.What("read", address)), MaxObject, cancellation).ConfigureAwait(false);
        return Parse(body, (root, _) => ObservedResource.From(root, address.Kind));
    }

    public Task<Answered<Written>> ApplyAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Patch, "apply", address, null, body, "application/apply-patch+yaml", options, cancellation);

    public Task<Answered<Written>> CreateAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Post, "create", address, null, body, "application/json", options, cancellation);

    public Task<Answered<Written>> ReplaceAsync(ResourceAddress address, ReadOnlyMemory<byte> body, WriteOptions options, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Put, "replace", address, null, body, "application/json", options, cancellation);

    public Task<Answered<Written>> PatchAsync(ResourceAddress address, PatchKind kind, ReadOnlyMemory<byte> patch, WriteOptions options,
        string? subresource, CancellationToken cancellation) =>
        WriteAsync(HttpMethod.Patch, "change", address, subresource, patch,
            kind == PatchKind.Merge ? "application/merge-patch+json" : "application/json-patch+json", options, cancellation);

    public async Task<Answered<Deleted>> DeleteAsync(ResourceAddress address, DeleteOptions options, CancellationToken cancellation)
    {
        if (ApiPath.Check(address) is { } wrong)
        {
            return wrong;
        }
        Answered<ApiBody> body = await transport.ReadAsync(new ApiRequest(HttpMethod.Delete, ApiPath.Of(address), ApiPath.What("delete", address))
        {
            Body = DeleteBody(options),
            ContentType = "application/json",
            Timeout = Long,
        }, MaxObject, cancellation).ConfigureAwait(false);
        // The answer is the object, or a Status when it is gone.
        return Parse(body, (root, whole) => new Deleted(
            root.TryGetProperty("metadata", out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty("finalizers", out JsonElement finalizers) && finalizers.ValueKind == JsonValueKind.Array && finalizers.GetArrayLength() > 0,
            whole.Warnings));
    }

    public async Task<Answered<AccessRules>> ReviewRulesAsync(string @namespace, CancellationToken cancellation)
    {
        byte[] question = Json(json =>
        {
            json.WriteString("apiVersion", "authorization.k8s.io/v1");
            json.WriteString("kind", "SelfSubjectRulesReview");
            json.WriteStartObject("spec");
            json.WriteString("namespace", @namespace);
            json.WriteEndObject();
        });
        Answered<ApiBody> body = await ReviewAsync("selfsubjectrulesreviews", question, cancellation).ConfigureAwait(false);
        return Parse(body, (root, _) => AccessReader.Rules(root));
    }

    public async Task<Answered<AccessReview>> ReviewAccessAsync(AccessQuestion question, CancellationToken cancellation)
    {
        byte[] review = Json(json =>
        {
            json.WriteString("apiVersion", "authorization.k8s.io/v1");
            json.WriteString("kind", "SelfSubjectAccessReview");
            json.WriteStartObject("spec");
            json.WriteStartObject("resourceAttributes");
            string[] parts = question.Resource.Split('/', 2);
            json.WriteString("verb", question.Verb);
            json.WriteString("group", question.Group);
            json.WriteString("resource", parts[0]);
            if (parts.Length > 1)
            {
                json.WriteString("subresource", parts[1]);
            }
            json.WriteString("namespace", question.Namespace);
            json.WriteString("name", question.Name);
            json.WriteEndObject();
            json.WriteEndObject();
        });
        Answered<ApiBody> body = await ReviewAsync("selfsubjectaccessreviews", review, cancellation).ConfigureAwait(false);
        return Parse(body, (root, _) => AccessReader.Review(root, transport.Redactor));
    }

    public void Dispose() => transport.Dispose();

    private Task<Answered<ApiBody>> ReviewAsync(string review, byte[] question, CancellationToken cancellation) =>
        transport.ReadAsync(new ApiRequest(HttpMethod.Post, "/apis/authorization.k8s.io/v1/" + review, "ask for your own rights") { Body = question, ContentType = "application/json" },
            MaxObject, cancellation);

    private async Task<Answered<Written>> WriteAsync(HttpMethod method, string verb, ResourceAddress address, string? subresource, ReadOnlyMemory<byte> content,
        string contentType, WriteOptions options, CancellationToken cancellation)
    {
        Answered<Written> answer = await SendAsync(method, verb, address, subresource, content, contentType, options, cancellation).ConfigureAwait(false);
        return SecretValues.Of(address, content) is { } values ? values.Hide(answer) : answer;
    }

    private async Task<Answered<Written>> SendAsync(HttpMethod method, string verb, ResourceAddress address, string? subresource, ReadOnlyMemory<byte> content,
        string contentType, WriteOptions options, CancellationToken cancellation)
    {
        if (ApiPath.Check(address) is { } wrong)
        {
            return wrong;
        }
        string path = method == HttpMethod.Post ? ApiPath.Of(address.Kind, address.Namespace) : ApiPath.Of(address);
        if (subresource is not null)
        {
            path += "/" + Uri.EscapeDataString(subresource);
        }
        path = ApiPath.Query(path,
            ("fieldManager", options.FieldManager),
            ("fieldValidation", options.FieldValidation),
            ("dryRun", options.DryRun ? "All" : null),
            ("force", options.Force && contentType == "application/apply-patch+yaml" ? "true" : null));
        Answered<ApiBody> body = await transport.ReadAsync(new ApiRequest(method, path, ApiPath.What(options.DryRun ? verb + " (as a trial)" : verb, address))
        {
            Body = content,
            ContentType = contentType,
            Timeout = Long, // Webhooks alone may take 30 seconds.
        }, MaxObject, cancellation).ConfigureAwait(false);
        return Parse(body, (root, whole) => ObservedResource.From(root, address.Kind) is { } resource ? new Written(resource, whole.Status == 201, whole.Warnings) : null);
    }

    private static Answered<T> Parse<T>(Answered<ApiBody> body, Func<JsonElement, ApiBody, T?> read)
        where T : class
    {
        if (!body.IsOk)
        {
            return body.Error;
        }
        try
        {
            using var document = JsonDocument.Parse(body.Value.Utf8, new JsonDocumentOptions { MaxDepth = 128 });
            if (document.RootElement.ValueKind == JsonValueKind.Object && read(document.RootElement, body.Value) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }
        return new ClusterError(ClusterErrorKind.Broken, "The answer makes no sense; this may be no API server.") { Status = body.Value.Status };
    }

    private static byte[] DeleteBody(DeleteOptions options) => Json(json =>
    {
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "DeleteOptions");
        json.WriteString("propagationPolicy", options.Propagation.ToString());
        if (options.DryRun)
        {
            json.WriteStartArray("dryRun");
            json.WriteStringValue("All");
            json.WriteEndArray();
        }
        if (options.Uid is not null || options.ResourceVersion is not null)
        {
            json.WriteStartObject("preconditions");
            if (options.Uid is not null)
            {
                json.WriteString("uid", options.Uid);
            }
            if (options.ResourceVersion is not null)
            {
                json.WriteString("resourceVersion", options.ResourceVersion);
            }
            json.WriteEndObject();
        }
    });

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private async Task<Stream?> OpenAsync(ApiResponse response, CancellationToken cancellation)
    {
        try
        {
            return await response.OpenAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (FailureReader.Covers(error) && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
