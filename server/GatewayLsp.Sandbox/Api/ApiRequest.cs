using GatewayLsp.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace GatewayLsp.Sandbox.Api;

/// <summary>What a request asks for, read from its path and query.</summary>
internal sealed record ApiRequest(string Verb, string Group, string Version, string Namespace, string Plural, string Name, string Subresource)
{
    public ObjectPlace Place => new(Namespace, Name);

    public string ApiVersion => ApiResource.ApiVersionOf(Group, Version);

    /// <summary>Null when the path is not that of a resource.</summary>
    public static ApiRequest? Of(HttpRequest request)
    {
        string[] parts = (request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        int at;
        string group, version;
        if (parts.Length >= 3 && parts[0] == "api")
        {
            (group, version, at) = ("", parts[1], 2);
        }
        else if (parts.Length >= 4 && parts[0] == "apis")
        {
            (group, version, at) = (parts[1], parts[2], 3);
        }
        else
        {
            return null;
        }
        string ns = "";
        // A namespace's own subresources look like resources in it.
        if (parts[at] == "namespaces" && parts.Length > at + 2 && !(parts.Length == at + 3 && parts[at + 2] is "status" or "finalize"))
        {
            ns = parts[at + 1];
            at += 2;
        }
        string name = parts.Length > at + 1 ? parts[at + 1] : "";
        string subresource = parts.Length > at + 2 ? parts[at + 2] : "";
        bool isWatch = request.Query["watch"].ToString() is "1" or "true" or "True";
        string verb = request.Method switch
        {
            "GET" or "HEAD" when isWatch => "watch",
            "GET" or "HEAD" => name.Length > 0 ? "get" : "list",
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => name.Length > 0 ? "delete" : "deletecollection",
            _ => request.Method.ToLowerInvariant(),
        };
        return new ApiRequest(verb, group, version, ns, parts[at], name, subresource);
    }
}

/// <summary>Options of a write, from the query.</summary>
internal sealed record WriteOptions(bool IsDryRun, string FieldManager, string Validation, bool Force)
{
    public static WriteOptions Of(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        string dryRun = query["dryRun"].ToString();
        if (dryRun is not ("" or "All"))
        {
            throw ApiFailure.Invalid("meta.k8s.io", "PatchOptions", "", [("dryRun", "FieldValueNotSupported", $"Unsupported value: \"{dryRun}\": supported values: \"All\"")]);
        }
        string validation = query["fieldValidation"].ToString();
        if (validation is not ("" or "Strict" or "Warn" or "Ignore"))
        {
            throw ApiFailure.Invalid("meta.k8s.io", "PatchOptions", "",
                [("fieldValidation", "FieldValueNotSupported", $"Unsupported value: \"{validation}\": supported values: \"Ignore\", \"Strict\", \"Warn\"")]);
        }
        string manager = query["fieldManager"].ToString();
        if (manager.Length == 0)
        {
            // As the API server does: what stands before the slash of the user agent.
            manager = request.Headers.UserAgent.ToString().Split('/')[0];
        }
        return new WriteOptions(dryRun.Length > 0, manager.Length == 0 ? "unknown" : manager, validation.Length == 0 ? "Warn" : validation, query["force"].ToString() is "true" or "1");
    }
}
