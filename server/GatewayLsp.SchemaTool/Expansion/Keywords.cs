using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>The keywords of schema sources, which of them hold schemas, and a check that catches misspelled ones.</summary>
internal static class Keywords
{
    public const string Channel = "x-gateway-channel";
    public const string InExperimental = "x-gateway-experimental";
    public const string Values = "x-gateway-values";
    public const string Validations = "x-kubernetes-validations";
    public const string Code = "x-gateway-code";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "$ref", "type", "description", "properties", "required", "additionalProperties", "items", "enum", "pattern", "format", "default",
        "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems",
        "minProperties", "maxProperties", "uniqueItems", "oneOf", "anyOf", "allOf", "not", "nullable",
        "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type", "x-kubernetes-int-or-string",
        "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource", Validations,
        Channel, InExperimental, Values, "x-gateway-support", "x-gateway-feature", "x-gateway-since", "x-gateway-link",
        "x-gateway-deprecated", "x-gateway-complete", "x-gateway-snippet",
    };

    private static readonly string[] RuleKeys = ["rule", "message", "messageExpression", "reason", "fieldPath", "optionalOldSelf", Code, Channel];

    private static readonly string[] ValueKeys = ["value", "description", "channel"];

    /// <summary>Calls back for each schema directly below this one, with the step that leads to it.</summary>
    public static void ForEachChild(JsonObject schema, Action<string, JsonObject> visit)
    {
        foreach (var (name, child) in schema["properties"] as JsonObject ?? [])
        {
            visit(name, (JsonObject)child!);
        }

        if (schema["items"] is JsonObject items)
        {
            visit("[]", items);
        }

        if (schema["additionalProperties"] is JsonObject values)
        {
            visit("*", values);
        }

        if (schema["not"] is JsonObject not)
        {
            visit("not", not);
        }

        foreach (var combinator in (ReadOnlySpan<string>)["oneOf", "anyOf", "allOf"])
        {
            foreach (var branch in schema[combinator] as JsonArray ?? [])
            {
                visit(combinator, (JsonObject)branch!);
            }
        }
    }

    public static void Check(string place, JsonObject schema)
    {
        foreach (var (keyword, value) in schema)
        {
            if (!Known.Contains(keyword))
            {
                throw new SchemaSourceException(place, $"unknown keyword {keyword}");
            }

            if (keyword == Channel && (string?)value != "experimental")
            {
                throw new SchemaSourceException(place, $"{Channel} may only be experimental");
            }
        }

        foreach (var known in schema[Values] as JsonArray ?? [])
        {
            if (known is not JsonObject entry || !entry.ContainsKey("value") || entry.Any(pair => !ValueKeys.Contains(pair.Key)))
            {
                throw new SchemaSourceException(place, $"an entry of {Values} has value, description and channel");
            }
        }

        foreach (var rule in schema[Validations] as JsonArray ?? [])
        {
            if (rule is not JsonObject entry || !entry.ContainsKey("rule") || !entry.ContainsKey("message") || entry.Any(pair => !RuleKeys.Contains(pair.Key)))
            {
                throw new SchemaSourceException(place, $"an entry of {Validations} has rule and message, and may have {string.Join(", ", RuleKeys[2..])}");
            }
        }

        if (schema["properties"] is JsonObject properties)
        {
            foreach (var (name, child) in properties)
            {
                if (child is not JsonObject)
                {
                    throw new SchemaSourceException($"{place}.{name}", "a schema is a map");
                }
            }

            // A map of fixed fields may demand only these.
            foreach (var name in schema["required"] as JsonArray ?? [])
            {
                if (!properties.ContainsKey((string)name!))
                {
                    throw new SchemaSourceException(place, $"required field {name} is no property");
                }
            }
        }

        ForEachChild(schema, (step, child) => Check($"{place}.{step}", child));
    }
}
