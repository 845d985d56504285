using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Protobuf;
using GatewayLsp.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>The Kubernetes API of one cluster.</summary>
internal sealed class ApiServer(Cluster cluster, CancellationToken stopping)
{
    private const int MaxBody = 3 * 1024 * 1024;
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string StrategicPatch = "application/strategic-merge-patch+json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Authentication _authentication = new(cluster);
    private readonly ObjectWriter _writer = new(cluster);
    private readonly Deleter _deleter = new(cluster);
    private readonly WatchHandler _watches = new(cluster, stopping);

    public async Task Handle(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, private";
        try
        {
            await Answer(context);
        }
        catch (ApiFailure failure) when (!context.Response.HasStarted)
        {
            await Send(context, failure.Status(), failure.Code);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Send(context, ApiFailure.BadRequest(bad.Message).Status(), 400);
        }
        catch (OperationCanceledException)
        {
            // The client has gone.
        }
    }

    private async Task Answer(HttpContext context)
    {
        string path = (context.Request.Path.Value ?? "/").TrimEnd('/');
        if (path is "/healthz" or "/readyz" or "/livez")
        {
            await Text(context, 200, "ok");
            return;
        }
        ClusterUser user = _authentication.Of(context.Request);
        if (path == "/version")
        {
            await Send(context, Version(), 200);
            return;
        }
        if (ApiRequest.Of(context.Request) is { } request)
        {
            await Resource(context, request, user);
            return;
        }
        if (Authentication.IsAnonymous(user))
        {
            throw ApiFailure.Forbidden("", "", "", $"forbidden: User \"{user.Name}\" cannot {context.Request.Method.ToLowerInvariant()} path \"{path}\"");
        }
        await General(context, path);
    }

    private async Task General(HttpContext context, string path)
    {
        if (path == "/openapi/v2" && context.Request.Headers.Accept.ToString() is var accept && accept.Contains("proto-openapi", StringComparison.Ordinal) && !accept.Contains("json", StringComparison.Ordinal))
        {
            // kubectl before 1.29 takes it in no other form. Without a word on any kind it goes by what it knows itself.
            context.Response.ContentType = OpenApiV2.Protobuf;
            context.Response.ContentLength = 0;
            return;
        }
        bool isAggregated = context.Request.Headers.Accept.ToString().Contains("g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", StringComparison.Ordinal);
        JsonObject? answer = path switch
        {
            "/api" => isAggregated ? Discovery.Aggregated(cluster.Registry, isCore: true) : Discovery.CoreVersions(),
            "/apis" => isAggregated ? Discovery.Aggregated(cluster.Registry, isCore: false) : Discovery.Groups(cluster.Registry),
            "/openapi/v2" => OpenApiV2.Document(cluster.Registry, cluster.GitVersion),
            "/openapi/v3" => OpenApi.Index(cluster.Registry),
            _ => path.Split('/') switch
            {
                ["", "api", var version] => Discovery.Resources(cluster.Registry, "", version),
                ["", "apis", var group] => Discovery.Group(cluster.Registry, group),
                ["", "apis", var group, var version] => Discovery.Resources(cluster.Registry, group, version),
                ["", "openapi", "v3", ..] => OpenApi.Document(cluster.Registry, path["/openapi/v3/".Length..], cluster.GitVersion),
                [""] => new JsonObject { ["paths"] = JsonPaths.TextsOf(["/api", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version"]) },
                _ => null,
            },
        };
        if (answer is null)
        {
            await Text(context, 404, "404 page not found\n");
            return;
        }
        await Send(context, answer, 200, isAggregated && path is ("/api" or "/apis") ? "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" : "application/json");
    }

    private async Task Resource(HttpContext context, ApiRequest request, ClusterUser user)
    {
        bool isReview = Discovery.Reviews.Any(one => one.Group == request.Group);
        if (!(isReview && !Authentication.IsAnonymous(user)) && (Authentication.IsAnonymous(user) || !Reviews.Allows(user, request)))
        {
            throw Reviews.Refusal(user, request);
        }
        if (isReview)
        {
            JsonObject body = await Body(context) as JsonObject ?? [];
            await Send(context, Reviews.Answer(user, request, body) ?? throw new ApiFailure(404, "NotFound", "the server could not find the requested resource"), 201);
            return;
        }
        ApiResource? resource = cluster.Registry.Find(request.Group, request.Plural);
        bool isSubresource = resource is not null && (request.Subresource, resource.HasStatus, resource.HasScale) is ("", _, _) or ("status", true, _) or ("scale", _, true);
        if (resource is null || !resource.Versions.Contains(request.Version) || !isSubresource || (request.Namespace.Length > 0 && !resource.IsNamespaced))
        {
            await Text(context, 404, "404 page not found\n");
            return;
        }
        if (resource.IsNamespaced && request.Namespace.Length == 0 && (request.Name.Length > 0 || request.Verb == "create"))
        {
            throw ApiFailure.BadRequest("an empty namespace may not be set during creation");
        }
        switch (request.Verb)
        {
            case "get":
                await Get(context, request, resource);
                return;
            case "list":
                ListPage page = ListReader.Read(cluster, request, resource, context.Request.Query);
                await Send(context, json => Form(context, request, resource).List(json, page.Objects, page.Version, page.Continue, page.Remaining));
                return;
            case "watch":
                await _watches.Run(context, request, resource);
                return;
            case "deletecollection":
                await DeleteAll(context, request, resource);
                return;
            case "delete":
                JsonNode? options = await Body(context);
                await Send(context, _deleter.Delete(resource, request.Place, options, IsDry(context, options), LeavesOwned(context, options)), 200);
                return;
            case "create" or "update" or "patch":
                await Write(context, request, resource);
                return;
            default:
                throw new ApiFailure(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
        }
    }

    private async Task Get(HttpContext context, ApiRequest request, ApiResource resource)
    {
        StoredObject stored = cluster.Store.Find(resource.Name, request.Place) ?? throw ApiFailure.NotFound(resource.Name, request.Name);
        if (request.Subresource == "scale")
        {
            await Send(context, ScaleOf(request, stored.Body), 200);
            return;
        }
        await Send(context, json => Form(context, request, resource).Object(json, stored));
    }

    private async Task DeleteAll(HttpContext context, ApiRequest request, ApiResource resource)
    {
        JsonNode? options = await Body(context);
        ListPage page = ListReader.Read(cluster, request, resource, context.Request.Query);
        foreach (StoredObject one in page.Objects)
        {
            // One may have gone with its owner, which was in the list too.
            if (cluster.Store.Find(resource.Name, one.Place) is not null)
            {
                _deleter.Delete(resource, one.Place, null, IsDry(context, options), LeavesOwned(context, options));
            }
        }
        await Send(context, json => Form(context, request, resource).List(json, page.Objects, cluster.Store.Version, "", 0));
    }

    private static bool IsDry(HttpContext context, JsonNode? options) => context.Request.Query["dryRun"].ToString() == "All" || options.At("dryRun") is JsonArray { Count: > 0 };

    private static bool LeavesOwned(HttpContext context, JsonNode? options) =>
        (options.At("propagationPolicy").Text() ?? context.Request.Query["propagationPolicy"].ToString()) == "Orphan" || options.At("orphanDependents").Truth() == true;

    private async Task Write(HttpContext context, ApiRequest request, ApiResource resource)
    {
        if (request.Verb != "create" && request.Name.Length == 0)
        {
            throw ApiFailure.BadRequest("name must be provided");
        }
        string type = context.Request.ContentType?.Split(';')[0].Trim() ?? "";
        WriteOptions options = WriteOptions.Of(context.Request);
        if (type == ApplyPatch && request.Verb == "patch" && context.Request.Query["fieldManager"].ToString().Length == 0)
        {
            throw ApiFailure.Invalid("meta.k8s.io", "PatchOptions", "", [("fieldManager", "FieldValueRequired", "Required value: is required for apply patch")]);
        }
        CheckType(resource, request.Verb, type);
        var duplicates = new List<string>();
        JsonNode? body = await Body(context, duplicates, request.Verb == "patch" ? "" : resource.Kind);
        if (duplicates.Count > 0 && options.Validation == "Strict")
        {
            throw ApiFailure.BadRequest($"{resource.Kind} in version \"{request.Version}\" cannot be handled as a {resource.Kind}: strict decoding error: {string.Join(", ", duplicates.Select(field => $"duplicate field \"{field}\""))}");
        }
        Written written = request.Subresource == "scale" ? Scale(request, resource, type, body, options) : Change(request, resource, type, body, options);
        if (options.Validation != "Ignore")
        {
            foreach (string warning in written.Warnings.Concat(duplicates.Select(field => $"duplicate field \"{field}\"")).Take(100))
            {
                context.Response.Headers.Append("Warning", $"299 - \"{warning.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
            }
        }
        int code = written.IsNew ? 201 : 200;
        if (request.Subresource == "scale")
        {
            await Send(context, ScaleOf(request, written.Body), code);
            return;
        }
        var stored = new StoredObject(request.Place with { Name = written.Body.At("metadata", "name").Text() ?? "" }, written.Body, 0);
        await Send(context, json => Form(context, request, resource).Object(json, stored), code);
    }

    private Written Change(ApiRequest request, ApiResource resource, string type, JsonNode? body, WriteOptions options)
    {
        if (request.Verb != "patch" || type == ApplyPatch)
        {
            JsonObject given = body as JsonObject ?? throw Unrecognized(resource, body);
            CheckKind(request, resource, given);
            if (request.Verb == "create")
            {
                return _writer.Create(resource, request.Version, request.Namespace, given, options);
            }
            JsonObject metadata = given.Child("metadata");
            if (metadata["name"].Text() is { Length: > 0 } name && name != request.Name)
            {
                throw ApiFailure.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
            }
            metadata["name"] = request.Name;
            return type == ApplyPatch
                ? _writer.Apply(resource, request.Version, request.Place, request.Subresource, given, options)
                : _writer.Update(resource, request.Version, request.Place, request.Subresource, given, null, options);
        }
        return _writer.Update(resource, request.Version, request.Place, request.Subresource, null, live => Patched(resource, request.Version, live, type, body), options);
    }

    private static JsonNode? Patched(ApiResource resource, string version, JsonObject live, string type, JsonNode? body) => type switch
    {
        "application/json-patch+json" when !Patches.IsOperations(body) => throw ApiFailure.BadRequest("the body is no JSON patch: a list of operations was expected"),
        "application/json-patch+json" => Patches.Operations(live, body) ?? throw new ApiFailure(422, "Invalid", "the server rejected our request due to an error in our request", []),
        StrategicPatch => Patches.Strategic(live, body, resource.SchemaOf(version)),
        _ => Patches.Merge(live, body),
    };

    private Written Scale(ApiRequest request, ApiResource resource, string type, JsonNode? body, WriteOptions options) =>
        _writer.Update(resource, request.Version, request.Place, "", null, live =>
        {
            JsonObject scale = ScaleOf(request, live);
            JsonNode? wanted = request.Verb == "update" ? body : Patched(resource, request.Version, scale, type == ApplyPatch ? "application/merge-patch+json" : type, body);
            if (wanted.At("spec", "replicas").Number() is not >= 0 and var replicas)
            {
                throw ApiFailure.Invalid("autoscaling", "Scale", request.Name, [("spec.replicas", "FieldValueInvalid", $"Invalid value: {replicas}: must be greater than or equal to 0")]);
            }
            live.Child("spec")["replicas"] = wanted.At("spec", "replicas")!.DeepClone();
            return live;
        }, options);

    private static JsonObject ScaleOf(ApiRequest request, JsonObject body)
    {
        var metadata = new JsonObject { ["name"] = request.Name, ["namespace"] = request.Namespace };
        foreach (string name in (string[])["uid", "resourceVersion", "creationTimestamp"])
        {
            metadata[name] = body.At("metadata", name)?.DeepClone();
        }
        var status = new JsonObject { ["replicas"] = body.At("status", "replicas").Number() ?? 0 };
        string selector = string.Join(',', body.At("spec", "selector", "matchLabels").Texts().Select(label => $"{label.Key}={label.Value}"));
        if (selector.Length > 0)
        {
            status["selector"] = selector;
        }
        return new JsonObject
        {
            ["kind"] = "Scale", ["apiVersion"] = "autoscaling/v1", ["metadata"] = metadata, ["spec"] = new JsonObject { ["replicas"] = body.At("spec", "replicas").Number() ?? 0 }, ["status"] = status,
        };
    }

    private static void CheckType(ApiResource resource, string verb, string type)
    {
        if (verb == "patch")
        {
            if (type is "application/json-patch+json" or "application/merge-patch+json" or ApplyPatch || (type == StrategicPatch && resource.IsBuiltIn))
            {
                return;
            }
            throw ApiFailure.Unsupported("the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, "
                + (resource.IsBuiltIn ? "application/strategic-merge-patch+json, " : "") + ApplyPatch);
        }
        if (type is not ("" or "application/json" or "application/yaml") && !(type == ProtobufObjects.MediaType && resource.IsBuiltIn))
        {
            throw ApiFailure.Unsupported("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml"
                + (resource.IsBuiltIn ? ", " + ProtobufObjects.MediaType : ""));
        }
    }

    private static void CheckKind(ApiRequest request, ApiResource resource, JsonObject body)
    {
        if (resource.IsBuiltIn)
        {
            body["kind"] ??= resource.Kind;
            body["apiVersion"] ??= request.ApiVersion;
        }
        if (body["kind"].Text() is not { Length: > 0 } kind || body["apiVersion"].Text() is not { Length: > 0 } apiVersion)
        {
            throw Unrecognized(resource, body);
        }
        if (kind != resource.Kind || apiVersion != request.ApiVersion)
        {
            throw ApiFailure.BadRequest($"the API version in the data ({apiVersion}, kind {kind}) does not match the expected API version ({request.ApiVersion}, kind {resource.Kind})");
        }
    }

    private static ApiFailure Unrecognized(ApiResource resource, JsonNode? body)
    {
        string text = Json.Text(body);
        return ApiFailure.BadRequest($"the object provided is unrecognized (must be of type {resource.Kind}): Object 'Kind' is missing in '{(text.Length > 200 ? text[..200] : text)}'");
    }

    private Representation Form(HttpContext context, ApiRequest request, ApiResource resource) =>
        new(resource, request.Version, Representation.Of(context.Request), cluster.Store.Clock);

    /// <summary>Null for an empty body.</summary>
    private static async Task<JsonNode?> Body(HttpContext context, List<string>? duplicates = null, string kind = "")
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (true)
        {
            int read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
            {
                break;
            }
            buffer.Advance(read);
            if (buffer.WrittenCount > MaxBody)
            {
                throw new ApiFailure(413, "RequestEntityTooLarge", $"the request is too large: the limit is {MaxBody} bytes");
            }
        }
        if (buffer.WrittenCount == 0)
        {
            return null;
        }
        if (context.Request.ContentType is { } type && type.StartsWith(ProtobufObjects.MediaType, StringComparison.Ordinal))
        {
            return ProtobufObjects.Read(buffer.WrittenSpan) ?? throw ApiFailure.BadRequest("the body is no protobuf message of a kind that is known here");
        }
        return YamlObjects.Read(buffer.WrittenSpan.ToArray(), duplicates)
            ?? throw ApiFailure.BadRequest(kind.Length > 0 ? $"the object provided is unrecognized (must be of type {kind}): couldn't get version/kind; the body is neither JSON nor YAML" : "the body is neither JSON nor YAML");
    }

    private JsonObject Version()
    {
        string[] parts = cluster.GitVersion.TrimStart('v').Split('.');
        return new JsonObject
        {
            ["major"] = parts[0], ["minor"] = parts[1], ["gitVersion"] = cluster.GitVersion, ["gitCommit"] = new string('0', 40), ["gitTreeState"] = "clean",
            ["buildDate"] = "2026-01-01T00:00:00Z", ["goVersion"] = "none", ["compiler"] = "none", ["platform"] = "linux/amd64",
        };
    }

    private static async Task Text(HttpContext context, int code, string text)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static Task Send(HttpContext context, JsonObject answer, int code, string type = "application/json") => Send(context, json => Json.Write(json, answer), code, type);

    private static async Task Send(HttpContext context, Action<Utf8JsonWriter> write, int code = 200, string type = "application/json")
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            write(json);
        }
        context.Response.StatusCode = code;
        context.Response.ContentType = type;
        context.Response.ContentLength = buffer.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
        }
    }
}
