using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Who may do what: the check before each request, and the review kinds with which clients ask.</summary>
internal static class Reviews
{
    private static readonly string[] Reading = ["get", "list", "watch"];

    public static bool Allows(ClusterUser user, string verb) => user.MayWrite || Reading.Contains(verb);

    public static ApiFailure Refusal(ClusterUser user, ApiRequest request)
    {
        string resource = request.Plural + (request.Group.Length > 0 ? "." + request.Group : "") + (request.Subresource.Length > 0 ? "/" + request.Subresource : "");
        string named = request.Name.Length > 0 ? $"{resource} \"{request.Name}\"" : resource;
        string where = request.Namespace.Length > 0 ? $"in the namespace \"{request.Namespace}\"" : "at the cluster scope";
        return ApiFailure.Forbidden(request.Group, request.Plural, request.Name,
            $"{named} is forbidden: User \"{user.Name}\" cannot {request.Verb} resource \"{request.Plural}\" in API group \"{request.Group}\" {where}");
    }

    /// <summary>The answer to a review; null for a kind that is none.</summary>
    public static JsonObject? Answer(ClusterUser user, ApiRequest request, JsonObject body)
    {
        string kind = request.Plural switch
        {
            "selfsubjectaccessreviews" => "SelfSubjectAccessReview",
            "selfsubjectrulesreviews" => "SelfSubjectRulesReview",
            "selfsubjectreviews" => "SelfSubjectReview",
            _ => "",
        };
        if (kind.Length == 0)
        {
            return null;
        }
        var answer = new JsonObject { ["kind"] = kind, ["apiVersion"] = request.ApiVersion, ["metadata"] = new JsonObject() };
        if (body["spec"] is { } spec)
        {
            answer["spec"] = spec.DeepClone();
        }
        answer["status"] = kind switch
        {
            "SelfSubjectAccessReview" => new JsonObject { ["allowed"] = Allows(user, body.At("spec", "resourceAttributes", "verb").Text() ?? body.At("spec", "nonResourceAttributes", "verb").Text() ?? "") },
            "SelfSubjectRulesReview" => Rules(user),
            _ => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = user.Name, ["groups"] = JsonPaths.TextsOf([.. user.Groups, "system:authenticated"]) } },
        };
        return answer;
    }

    private static JsonObject Rules(ClusterUser user) => new()
    {
        ["resourceRules"] = new JsonArray(
            Rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            Rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]),
            Rule(user.MayWrite ? ["*"] : Reading, ["*"], ["*"])),
        ["nonResourceRules"] = new JsonArray(new JsonObject
        {
            ["verbs"] = JsonPaths.TextsOf(user.MayWrite ? ["*"] : ["get"]), ["nonResourceURLs"] = JsonPaths.TextsOf(user.MayWrite ? ["*"] : ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/openapi", "/openapi/*", "/readyz", "/version"]),
        }),
        ["incomplete"] = false,
    };

    private static JsonObject Rule(string[] verbs, string[] groups, string[] resources) =>
        new() { ["verbs"] = JsonPaths.TextsOf(verbs), ["apiGroups"] = JsonPaths.TextsOf(groups), ["resources"] = JsonPaths.TextsOf(resources) };
}
