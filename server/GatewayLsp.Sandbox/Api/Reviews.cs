using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Api;

/// <summary>Who may do what: the check before each request, and the review kinds with which clients ask.</summary>
internal static class Reviews
{
    public static bool Allows(ClusterUser user, ApiRequest request) =>
        user.May(request.Verb, request.Group, request.Subresource.Length > 0 ? $"{request.Plural}/{request.Subresource}" : request.Plural, request.Namespace);

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
            "SelfSubjectAccessReview" => new JsonObject { ["allowed"] = IsAllowed(user, body["spec"]) },
            "SelfSubjectRulesReview" => Rules(user, body.At("spec", "namespace").Text() ?? ""),
            _ => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = user.Name, ["groups"] = JsonPaths.TextsOf([.. user.Groups, "system:authenticated"]) } },
        };
        return answer;
    }

    private static bool IsAllowed(ClusterUser user, JsonNode? spec)
    {
        if (spec.At("resourceAttributes") is not { } asked)
        {
            // Paths that are no resources may be read by everybody who is known.
            return spec.At("nonResourceAttributes", "verb").Text() is "get" || IsAdministrator(user);
        }
        string resource = asked.At("resource").Text() ?? "", subresource = asked.At("subresource").Text() ?? "";
        return user.May(asked.At("verb").Text() ?? "", asked.At("group").Text() ?? "", subresource.Length > 0 ? $"{resource}/{subresource}" : resource, asked.At("namespace").Text() ?? "");
    }

    private static bool IsAdministrator(ClusterUser user) => user.Rules.Contains(AccessRule.Everything);

    private static JsonObject Rules(ClusterUser user, string ns) => new()
    {
        ["resourceRules"] = new JsonArray(
        [
            Rule(["create"], ["authorization.k8s.io"], ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
            Rule(["create"], ["authentication.k8s.io"], ["selfsubjectreviews"]),
            .. user.Rules.Where(rule => rule.IsIn(ns)).Select(rule => Rule(rule.Verbs, rule.Groups, rule.Resources)),
        ]),
        ["nonResourceRules"] = new JsonArray(new JsonObject
        {
            ["verbs"] = JsonPaths.TextsOf(IsAdministrator(user) ? ["*"] : ["get"]),
            ["nonResourceURLs"] = JsonPaths.TextsOf(IsAdministrator(user) ? ["*"] : ["/api", "/api/*", "/apis", "/apis/*", "/healthz", "/openapi", "/openapi/*", "/readyz", "/version"]),
        }),
        ["incomplete"] = false,
    };

    private static JsonObject Rule(IEnumerable<string> verbs, IEnumerable<string> groups, IEnumerable<string> resources) =>
        new() { ["verbs"] = JsonPaths.TextsOf(verbs), ["apiGroups"] = JsonPaths.TextsOf(groups), ["resources"] = JsonPaths.TextsOf(resources) };
}
