using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>Puts <c>apiVersion</c>, <c>kind</c> and <c>metadata</c> around the fields of a kind.</summary>
internal static class ObjectRoot
{
    private const string Library = "core/meta.yaml";

    public static JsonObject Around(RefExpander refs, JsonObject fields, string apiVersion, string kind, bool isNamespaced)
    {
        var properties = new JsonObject
        {
            ["apiVersion"] = Head("ApiVersion", apiVersion),
            ["kind"] = Head("Kind", kind),
            ["metadata"] = refs.Expand(kind, "core", new JsonObject { ["$ref"] = $"{Library}#/{(isNamespaced ? "ObjectMeta" : "ClusterObjectMeta")}" }),
        };
        foreach (var (name, schema) in fields["properties"] as JsonObject ?? [])
        {
            properties[name] = schema!.DeepClone();
        }

        var root = new JsonObject { ["type"] = "object", ["properties"] = properties };
        foreach (var (keyword, value) in fields)
        {
            if (keyword is not ("type" or "properties" or "required"))
            {
                root[keyword] = value?.DeepClone();
            }
        }

        // metadata itself is not demanded: what the API server misses is metadata.name, and that it says itself.
        root["required"] = new JsonArray(["apiVersion", "kind", .. (fields["required"] as JsonArray ?? []).Select(name => name!.DeepClone())]);
        return root;

        JsonObject Head(string type, string value)
        {
            var head = refs.Expand(kind, "core", new JsonObject { ["$ref"] = $"{Library}#/{type}" });
            head[Keywords.Values] = new JsonArray(new JsonObject { ["value"] = value });
            return head;
        }
    }
}
