using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Expansion;

namespace GatewayLsp.SchemaTool.Export;

/// <summary>
/// Turns a structural schema of Kubernetes into JSON Schema that editors understand: unknown fields are refused, null and
/// int-or-string become types, known values become examples.
/// </summary>
internal static class EditorSchema
{
    public static JsonObject Of(ExpandedKind kind, JsonObject root)
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = $"{kind.ApiVersion} {kind.Kind}" };
        if (kind.Description is { } description)
        {
            schema["description"] = description.Trim();
        }

        foreach (var (keyword, value) in Convert(root))
        {
            schema[keyword] = value?.DeepClone();
        }

        var properties = (JsonObject)schema["properties"]!;
        Fix((JsonObject)properties["apiVersion"]!, kind.ApiVersion);
        Fix((JsonObject)properties["kind"]!, kind.Kind);
        return schema;
    }

    private static void Fix(JsonObject head, string value)
    {
        head.Remove("examples");
        head["enum"] = new JsonArray(value);
    }

    private static JsonObject Convert(JsonObject source)
    {
        var schema = new JsonObject();
        foreach (var (keyword, value) in source)
        {
            switch (keyword)
            {
                case "properties":
                    schema[keyword] = new JsonObject(((JsonObject)value!).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert((JsonObject)pair.Value!))));
                    break;
                case "items" or "additionalProperties" or "not" when value is JsonObject child:
                    schema[keyword] = keyword == "not" ? child.DeepClone() : Convert(child);
                    break;
                case "oneOf" or "anyOf" or "allOf":
                    // Branches only narrow what stands beside them, so they must not refuse its fields.
                    schema[keyword] = new JsonArray([.. ((JsonArray)value!).Select(branch => DemandWhatDefaultsDecide(source, (JsonObject)branch!.DeepClone()))]);
                    break;
                case "description" or "enum" or "required" or "pattern" or "format" or "default" or "type"
                    or "minLength" or "maxLength" or "minimum" or "maximum" or "multipleOf" or "minItems" or "maxItems"
                    or "minProperties" or "maxProperties" or "uniqueItems":
                    schema[keyword] = value?.DeepClone();
                    break;
                case var _ when keyword.StartsWith("x-kubernetes-", StringComparison.Ordinal):
                    schema[keyword] = value?.DeepClone();
                    break;
            }
        }

        AddTypes(source, schema);
        AddExamples(source, schema);
        CloseObject(source, schema);
        return schema;
    }

    /// <summary>
    /// The API server fills in defaults before it looks at branches; editors don't. A field whose default rules a branch out
    /// must therefore be written for the branch to hold.
    /// </summary>
    private static JsonObject DemandWhatDefaultsDecide(JsonObject source, JsonObject branch)
    {
        var demanded = (branch["properties"] as JsonObject ?? [])
            .Where(pair => source["properties"]?[pair.Key]?["default"] is { } standard && !Allows((JsonObject)pair.Value!, standard))
            .Select(pair => (JsonNode?)pair.Key)
            .ToArray();
        if (demanded.Length > 0)
        {
            branch["required"] = new JsonArray([.. (branch["required"] as JsonArray ?? []).Select(name => name?.DeepClone()), .. demanded]);
        }

        return branch;
    }

    private static bool Allows(JsonObject schema, JsonNode value) =>
        (schema["enum"] is not JsonArray allowed || allowed.Any(one => JsonNode.DeepEquals(one, value)))
        && (schema["not"]?["enum"] is not JsonArray refused || !refused.Any(one => JsonNode.DeepEquals(one, value)));

    private static void AddTypes(JsonObject source, JsonObject schema)
    {
        var types = source["type"] switch
        {
            JsonArray several => several.Select(type => (string)type!).ToList(),
            { } one => [(string)one!],
            null when IsTrue(source, "x-kubernetes-int-or-string") => ["integer", "string"],
            null => [],
        };
        if (types.Count > 0 && IsTrue(source, "nullable"))
        {
            types.Add("null");
            (schema["enum"] as JsonArray)?.Add(null);
        }

        if (types.Count > 0)
        {
            schema["type"] = types.Count == 1 ? types[0] : new JsonArray([.. types.Select(type => (JsonNode?)type)]);
        }
    }

    private static void AddExamples(JsonObject source, JsonObject schema)
    {
        if (!source.ContainsKey("enum") && source[Keywords.Values] is JsonArray { Count: > 0 } values)
        {
            schema["examples"] = new JsonArray([.. values.Select(value => value!["value"]?.DeepClone())]);
        }
    }

    private static void CloseObject(JsonObject source, JsonObject schema)
    {
        if ((source.ContainsKey("properties") || (string?)(source["type"] as JsonValue) == "object")
            && !source.ContainsKey("additionalProperties") && !IsTrue(source, "x-kubernetes-preserve-unknown-fields"))
        {
            schema["additionalProperties"] = false;
        }
    }

    private static bool IsTrue(JsonObject source, string keyword) => source[keyword] is { } value && (bool)value;
}
