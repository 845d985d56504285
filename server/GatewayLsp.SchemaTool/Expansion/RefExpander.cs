using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>Copies a schema with every <c>$ref</c> replaced by its type; keywords beside the reference win.</summary>
internal sealed class RefExpander(TypeLibrary types)
{
    /// <summary>Deeper than any real schema: only a reference to itself gets here.</summary>
    private const int MaxDepth = 64;

    public JsonObject Expand(string place, string area, JsonObject schema) => Expand(place, area, schema, 0);

    private JsonObject Expand(string place, string area, JsonObject schema, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new SchemaSourceException(place, "types refer to each other in a circle");
        }

        var result = new JsonObject();
        if ((string?)schema["$ref"] is { } reference)
        {
            var (target, targetArea) = types.Find(place, area, reference);
            result = Expand(place, targetArea, target, depth + 1);
        }

        foreach (var (keyword, value) in schema)
        {
            switch (keyword)
            {
                case "$ref":
                    break;
                case "properties":
                    var merged = result["properties"] as JsonObject ?? [];
                    foreach (var (name, child) in (JsonObject)value!)
                    {
                        merged[name] = Expand($"{place}.{name}", area, (JsonObject)child!, depth + 1);
                    }

                    result["properties"] = merged;
                    break;
                case "items" or "additionalProperties" or "not" when value is JsonObject child:
                    result[keyword] = Expand($"{place}.{keyword}", area, child, depth + 1);
                    break;
                case "oneOf" or "anyOf" or "allOf":
                    result[keyword] = new JsonArray([.. ((JsonArray)value!).Select(branch => Expand(place, area, (JsonObject)branch!, depth + 1))]);
                    break;
                default:
                    result[keyword] = value?.DeepClone();
                    break;
            }
        }

        return result;
    }
}
