using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>What the cluster serves: <c>/api</c>, <c>/apis</c>, in the old form and in the aggregated one (v2).</summary>
internal static class Discovery
{
    private static readonly string[] Verbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
    private static readonly string[] SubresourceVerbs = ["get", "patch", "update"];

    /// <summary>Groups that are answered without being stored.</summary>
    public static readonly (string Group, string[] Kinds)[] Reviews =
    [
        ("authentication.k8s.io", ["SelfSubjectReview"]), ("authorization.k8s.io", ["SelfSubjectAccessReview", "SelfSubjectRulesReview"]),
    ];

    public static JsonObject CoreVersions() => new() { ["kind"] = "APIVersions", ["versions"] = JsonPaths.TextsOf(["v1"]), ["serverAddressByClientCIDRs"] = new JsonArray() };

    public static JsonObject Groups(ResourceRegistry registry)
    {
        var groups = new JsonArray();
        foreach ((string group, string[] versions) in Versions(registry).Where(one => one.Group.Length > 0))
        {
            groups.Add((JsonNode)Group(group, versions));
        }
        return new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = groups };
    }

    /// <summary>Null for a group that is not served.</summary>
    public static JsonObject? Group(ResourceRegistry registry, string group)
    {
        (string Group, string[] Versions)? found = Versions(registry).Where(one => one.Group == group).Select(one => ((string, string[])?)one).FirstOrDefault();
        if (found is not { } known)
        {
            return null;
        }
        JsonObject json = Group(known.Group, known.Versions);
        json["kind"] = "APIGroup";
        json["apiVersion"] = "v1";
        return json;
    }

    public static JsonObject? Resources(ResourceRegistry registry, string group, string version)
    {
        var list = new JsonArray();
        foreach (ApiResource one in registry.Resources.Where(one => one.Group == group && one.Versions.Contains(version)))
        {
            var json = new JsonObject { ["name"] = one.Plural, ["singularName"] = one.Singular, ["namespaced"] = one.IsNamespaced, ["kind"] = one.Kind, ["verbs"] = JsonPaths.TextsOf(Verbs) };
            AddNames(json, one);
            list.Add((JsonNode)json);
            if (one.HasStatus)
            {
                list.Add((JsonNode)new JsonObject { ["name"] = one.Plural + "/status", ["singularName"] = "", ["namespaced"] = one.IsNamespaced, ["kind"] = one.Kind, ["verbs"] = JsonPaths.TextsOf(SubresourceVerbs) });
            }
            if (one.HasScale)
            {
                list.Add((JsonNode)new JsonObject
                {
                    ["name"] = one.Plural + "/scale", ["singularName"] = "", ["namespaced"] = one.IsNamespaced, ["group"] = "autoscaling", ["version"] = "v1", ["kind"] = "Scale", ["verbs"] = JsonPaths.TextsOf(SubresourceVerbs),
                });
            }
        }
        foreach (string kind in Array.Find(Reviews, one => one.Group == group && version == "v1").Kinds ?? [])
        {
            list.Add((JsonNode)new JsonObject { ["name"] = kind.ToLowerInvariant() + "s", ["singularName"] = kind.ToLowerInvariant(), ["namespaced"] = false, ["kind"] = kind, ["verbs"] = JsonPaths.TextsOf(["create"]) });
        }
        return list.Count == 0 ? null : new JsonObject { ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = ApiResource.ApiVersionOf(group, version), ["resources"] = list };
    }

    /// <param name="isCore">True for <c>/api</c>, false for <c>/apis</c>.</param>
    public static JsonObject Aggregated(ResourceRegistry registry, bool isCore)
    {
        var items = new JsonArray();
        foreach ((string group, string[] versions) in Versions(registry).Where(one => one.Group.Length == 0 == isCore))
        {
            var list = new JsonArray();
            foreach (string version in versions)
            {
                list.Add((JsonNode)new JsonObject { ["version"] = version, ["resources"] = AggregatedResources(registry, group, version), ["freshness"] = "Current" });
            }
            items.Add((JsonNode)new JsonObject { ["metadata"] = group.Length == 0 ? new JsonObject() : new JsonObject { ["name"] = group }, ["versions"] = list });
        }
        return new JsonObject { ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = "apidiscovery.k8s.io/v2", ["metadata"] = new JsonObject(), ["items"] = items };
    }

    /// <summary>Groups with their versions, the preferred one first.</summary>
    public static IEnumerable<(string Group, string[] Versions)> Versions(ResourceRegistry registry)
    {
        foreach (IGrouping<string, ApiResource> group in registry.Resources.GroupBy(one => one.Group))
        {
            yield return (group.Key, [.. group.SelectMany(one => one.Versions).Distinct().OrderBy(VersionOrder).ThenByDescending(version => version, StringComparer.Ordinal)]);
        }
        foreach ((string group, _) in Reviews)
        {
            yield return (group, ["v1"]);
        }
    }

    /// <summary>Stable before beta before alpha.</summary>
    private static int VersionOrder(string version) => version.Contains("alpha", StringComparison.Ordinal) ? 2 : version.Contains("beta", StringComparison.Ordinal) ? 1 : 0;

    private static JsonObject Group(string group, string[] versions)
    {
        var list = new JsonArray();
        foreach (string version in versions)
        {
            list.Add((JsonNode)new JsonObject { ["groupVersion"] = $"{group}/{version}", ["version"] = version });
        }
        return new JsonObject { ["name"] = group, ["versions"] = list, ["preferredVersion"] = new JsonObject { ["groupVersion"] = $"{group}/{versions[0]}", ["version"] = versions[0] } };
    }

    private static JsonArray AggregatedResources(ResourceRegistry registry, string group, string version)
    {
        var list = new JsonArray();
        foreach (ApiResource one in registry.Resources.Where(one => one.Group == group && one.Versions.Contains(version)))
        {
            var json = new JsonObject
            {
                ["resource"] = one.Plural, ["responseKind"] = new JsonObject { ["group"] = group, ["version"] = version, ["kind"] = one.Kind },
                ["scope"] = one.IsNamespaced ? "Namespaced" : "Cluster", ["singularResource"] = one.Singular, ["verbs"] = JsonPaths.TextsOf(Verbs),
            };
            AddNames(json, one);
            var subresources = new JsonArray();
            if (one.HasScale)
            {
                subresources.Add((JsonNode)Subresource("scale", "autoscaling", "v1", "Scale"));
            }
            if (one.HasStatus)
            {
                subresources.Add((JsonNode)Subresource("status", group, version, one.Kind));
            }
            if (subresources.Count > 0)
            {
                json["subresources"] = subresources;
            }
            list.Add((JsonNode)json);
        }
        foreach (string kind in Array.Find(Reviews, one => one.Group == group).Kinds ?? [])
        {
            list.Add((JsonNode)new JsonObject
            {
                ["resource"] = kind.ToLowerInvariant() + "s", ["responseKind"] = new JsonObject { ["group"] = group, ["version"] = version, ["kind"] = kind },
                ["scope"] = "Cluster", ["singularResource"] = kind.ToLowerInvariant(), ["verbs"] = JsonPaths.TextsOf(["create"]),
            });
        }
        return list;
    }

    private static JsonObject Subresource(string name, string group, string version, string kind) => new()
    {
        ["subresource"] = name, ["responseKind"] = new JsonObject { ["group"] = group, ["version"] = version, ["kind"] = kind }, ["verbs"] = JsonPaths.TextsOf(SubresourceVerbs),
    };

    private static void AddNames(JsonObject json, ApiResource one)
    {
        if (one.ShortNames.Length > 0)
        {
            json["shortNames"] = JsonPaths.TextsOf(one.ShortNames);
        }
        if (one.Categories.Length > 0)
        {
            json["categories"] = JsonPaths.TextsOf(one.Categories);
        }
    }
}
