using System.Text.Json.Nodes;
using GatewayLsp.Sandbox.Objects;
using GatewayLsp.Sandbox.Storage;

namespace GatewayLsp.Sandbox.Api;

/// <summary>
/// OpenAPI v2 of the served kinds, in JSON: the definitions of the documents of v3 in one, without paths. Clients that want it as
/// protobuf (kubectl before 1.29) get an empty one.
/// </summary>
internal static class OpenApiV2
{
    public const string Protobuf = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    public static JsonObject Document(ResourceRegistry registry, string title)
    {
        var definitions = new JsonObject();
        foreach ((string group, string[] versions) in Discovery.Versions(registry))
        {
            foreach (string version in versions)
            {
                JsonObject? document = OpenApi.Document(registry, group.Length == 0 ? "api/" + version : $"apis/{group}/{version}", title);
                foreach ((string name, JsonNode? schema) in document.At("components", "schemas") as JsonObject ?? [])
                {
                    definitions[name] = Older(schema);
                }
            }
        }
        return new JsonObject
        {
            ["swagger"] = "2.0", ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = title }, ["paths"] = new JsonObject(), ["definitions"] = definitions,
        };
    }

    /// <summary>Without the words that v2 does not have. Names of properties are no words of the schema.</summary>
    private static JsonNode? Older(JsonNode? node)
    {
        if (node is not JsonObject schema)
        {
            return node?.DeepClone();
        }
        var older = new JsonObject();
        foreach ((string name, JsonNode? value) in schema)
        {
            switch (name)
            {
                case "oneOf" or "nullable":
                    break;
                case "properties":
                    older[name] = new JsonObject((value as JsonObject ?? []).Select(property => KeyValuePair.Create(property.Key, Older(property.Value))));
                    break;
                default:
                    older[name] = name is "items" or "additionalProperties" ? Older(value) : value?.DeepClone();
                    break;
            }
        }
        return older;
    }
}
