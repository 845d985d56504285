using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using JsonKind = GatewayLsp.Engine.Schemas.JsonKind;
using JsonValue = System.Text.Json.Nodes.JsonValue;
using Literal = GatewayLsp.Engine.Schemas.JsonValue;

namespace GatewayLsp.SchemaTool.Tests;

/// <summary>Writes a decoded node the way sources are written, so that the two can be compared.</summary>
internal static class NodeJson
{
    public static JsonObject Write(SchemaNode node)
    {
        var json = new JsonObject();
        var types = Enum.GetValues<SchemaTypes>().Where(type => type != SchemaTypes.Any && (node.Types & type) != 0).Select(type => type.ToString().ToLowerInvariant()).ToList();
        Set("type", types.Count switch { 0 => null, 1 => types[0], _ => new JsonArray([.. types.Select(type => (JsonNode?)type)]) });
        Set("nullable", Flag(node.Nullable));
        Set("x-kubernetes-int-or-string", Flag(node.IntOrString));
        Set("x-kubernetes-preserve-unknown-fields", Flag(node.PreserveUnknownFields));
        Set("x-kubernetes-embedded-resource", Flag(node.EmbeddedResource));
        Set("uniqueItems", Flag(node.UniqueItems));
        Set("exclusiveMinimum", Flag(node.ExclusiveMinimum));
        Set("exclusiveMaximum", Flag(node.ExclusiveMaximum));
        Set("x-gateway-channel", node.IsExperimental ? "experimental" : null);
        if (!node.Properties.IsEmpty)
        {
            json["properties"] = new JsonObject(node.Properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)Write(property.Schema))));
        }

        Set("required", Texts(node.Required));
        Set("additionalProperties", node.AdditionalProperties is { } values ? Write(values) : null);
        Set("items", node.Items is { } items ? Write(items) : null);
        Set("enum", node.Enum.IsEmpty ? null : new JsonArray([.. node.Enum.Select(Write)]));
        Set("pattern", node.Pattern);
        Set("format", node.Format);
        Set("default", node.Default is { } standard ? Write(standard) : null);
        Set("minLength", node.MinLength);
        Set("maxLength", node.MaxLength);
        Set("minimum", node.Minimum);
        Set("maximum", node.Maximum);
        Set("multipleOf", node.MultipleOf);
        Set("minItems", node.MinItems);
        Set("maxItems", node.MaxItems);
        Set("minProperties", node.MinProperties);
        Set("maxProperties", node.MaxProperties);
        Set("x-kubernetes-list-type", node.ListType == SchemaListType.None ? null : node.ListType.ToString().ToLowerInvariant());
        Set("x-kubernetes-map-type", node.MapType == SchemaMapType.None ? null : node.MapType.ToString().ToLowerInvariant());
        Set("x-kubernetes-list-map-keys", Texts(node.ListMapKeys));
        Set("oneOf", Nodes(node.OneOf));
        Set("anyOf", Nodes(node.AnyOf));
        Set("allOf", Nodes(node.AllOf));
        Set("not", node.Not is { } not ? Write(not) : null);
        Set("description", node.Description);
        Set("x-gateway-values", node.Values.IsEmpty ? null : new JsonArray([.. node.Values.Select(Write)]));
        Set("x-gateway-support", node.Support == SupportLevel.None ? null : FormatNames.SupportLevels[(int)node.Support]);
        Set("x-gateway-feature", node.Feature);
        Set("x-gateway-since", node.Since);
        Set("x-gateway-link", node.Link);
        Set("x-gateway-deprecated", node.Deprecated);
        Set("x-gateway-complete", node.CompletionSource == CompletionSource.None ? null : FormatNames.CompletionSources[(int)node.CompletionSource]);
        Set("x-gateway-snippet", node.Snippet);
        Set("x-kubernetes-validations", node.Validations.IsEmpty ? null : new JsonArray([.. node.Validations.Select(Write)]));
        return Tidy(json);

        void Set(string keyword, JsonNode? value)
        {
            if (value is not null)
            {
                json[keyword] = value;
            }
        }
    }

    /// <summary>One form for what means the same: sorted keywords, trimmed text, flags only when true.</summary>
    public static JsonObject Tidy(JsonObject schema)
    {
        var tidy = new JsonObject();
        foreach (var (keyword, value) in schema.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            switch (keyword)
            {
                case "properties":
                    var properties = ((JsonObject)value!).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Tidy((JsonObject)pair.Value!))).ToList();
                    if (properties.Count > 0)
                    {
                        tidy[keyword] = new JsonObject(properties);
                    }

                    break;
                case "description":
                    tidy[keyword] = ((string)value!).Trim();
                    break;
                case "x-gateway-values" or "x-kubernetes-validations":
                    tidy[keyword] = new JsonArray([.. ((JsonArray)value!).Select(one => Tidy((JsonObject)one!))]);
                    break;
                default:
                    if (value is not JsonValue flag || !flag.TryGetValue<bool>(out var on) || on || keyword is "default" or "value")
                    {
                        tidy[keyword] = value is JsonObject inner && keyword != "default" ? Tidy(inner)
                            : value is JsonArray list && keyword is "oneOf" or "anyOf" or "allOf" ? new JsonArray([.. ((JsonArray)value!).Select(branch => Tidy((JsonObject)branch!))])
                            : value?.DeepClone();
                    }

                    break;
            }
        }

        return tidy;
    }

    private static JsonNode? Flag(bool on) => on ? true : null;

    private static JsonArray? Texts(ImmutableArray<string> texts) => texts.IsEmpty ? null : new JsonArray([.. texts.Select(text => (JsonNode?)text)]);

    private static JsonArray? Nodes(ImmutableArray<SchemaNode> nodes) => nodes.IsEmpty ? null : new JsonArray([.. nodes.Select(node => (JsonNode?)Write(node))]);

    private static JsonObject Write(ValidationRule rule)
    {
        var json = new JsonObject { ["rule"] = rule.Expression };
        foreach (var (keyword, text) in (ReadOnlySpan<(string, string?)>)
            [("message", rule.Message), ("messageExpression", rule.MessageExpression), ("reason", rule.Reason), ("fieldPath", rule.FieldPath), ("x-gateway-code", rule.Code)])
        {
            if (text is not null)
            {
                json[keyword] = text;
            }
        }

        if (rule.OptionalOldSelf)
        {
            json["optionalOldSelf"] = true;
        }

        return Tidy(json);
    }

    private static JsonObject Write(KnownValue value)
    {
        var json = new JsonObject { ["value"] = Write(value.Value) };
        if (value.Description is { } description)
        {
            json["description"] = description;
        }

        if (value.IsExperimental)
        {
            json["channel"] = "experimental";
        }

        return json;
    }

    private static JsonNode? Write(Literal value) => value.Kind switch
    {
        JsonKind.Null => null,
        JsonKind.Boolean => value.IsTrue,
        JsonKind.Number => decimal.Parse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        JsonKind.String => value.Text,
        JsonKind.Array => new JsonArray([.. value.Items.Select(Write)]),
        _ => new JsonObject(value.Members.Select(member => KeyValuePair.Create(member.Key, Write(member.Value)))),
    };
}
