using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>
/// A request that ends with a <c>Status</c> of failure. Thrown where it is found, answered in one place: a request that fails
/// half way through storage must not go on.
/// </summary>
internal sealed class ApiFailure : Exception
{
    public ApiFailure(int code, string reason, string message, JsonObject? details = null) : base(message)
    {
        Code = code;
        Reason = reason;
        Details = details;
    }

    public int Code { get; }

    public string Reason { get; }

    public JsonObject? Details { get; }

    public JsonObject Status()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure", ["message"] = Message,
        };
        if (Reason.Length > 0)
        {
            status["reason"] = Reason;
        }
        if (Details is not null)
        {
            status["details"] = Details.DeepClone();
        }
        status["code"] = Code;
        return status;
    }

    public static ApiFailure BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiFailure Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiFailure NotFound(ResourceName resource, string name) =>
        new(404, "NotFound", $"{resource} \"{name}\" not found", Of(name, resource.Group, resource.Plural));

    public static ApiFailure AlreadyExists(ResourceName resource, string name) =>
        new(409, "AlreadyExists", $"{resource} \"{name}\" already exists", Of(name, resource.Group, resource.Plural));

    public static ApiFailure Conflict(ResourceName resource, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {resource} \"{name}\": {why}", Of(name, resource.Group, resource.Plural));

    public static ApiFailure Modified(ResourceName resource, string name) =>
        Conflict(resource, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiFailure Forbidden(string group, string plural, string name, string message) =>
        new(403, "Forbidden", message, Of(name, group, plural));

    public static ApiFailure Expired(string message) => new(410, "Expired", message);

    public static ApiFailure Unsupported(string message) => new(415, "UnsupportedMediaType", message);

    /// <summary>422 with its causes.</summary>
    public static ApiFailure Invalid(string group, string kind, string name, IReadOnlyList<(string Field, string Reason, string Message)> causes)
    {
        string[] lines = [.. causes.Select(cause => $"{cause.Field}: {cause.Message}").Distinct()];
        string what = lines.Length == 1 ? lines[0] : $"[{string.Join(", ", lines)}]";
        JsonObject details = Of(name, group, kind);
        details["causes"] = new JsonArray(
        [
            .. causes.Select(cause => (JsonNode)new JsonObject { ["reason"] = cause.Reason, ["message"] = cause.Message, ["field"] = cause.Field }),
        ]);
        return new ApiFailure(422, "Invalid", $"{kind}{(group.Length > 0 ? "." + group : "")} \"{name}\" is invalid: {what}", details);
    }

    public static JsonObject Of(string name, string group, string kind)
    {
        var details = new JsonObject();
        foreach ((string key, string value) in ((string, string)[])[("name", name), ("group", group), ("kind", kind)])
        {
            if (value.Length > 0)
            {
                details[key] = value;
            }
        }
        return details;
    }
}
