using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Sandbox.Objects;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>Whether server-side apply can make fields with owners of what is applied; it drops nothing and corrects nothing.</summary>
internal static class TypedCheck
{
    /// <summary>The first field that has no place in the schema, and why; null when all have.</summary>
    /// <param name="withScalars">False for built-in kinds, where some fields take numbers for strings.</param>
    public static string? Problem(JsonObject applied, SchemaNode schema, bool withScalars) => Of(applied, schema, "", withScalars);

    private static string? Of(JsonNode? value, SchemaNode schema, string path, bool withScalars)
    {
        if (value is null || schema.Types == SchemaTypes.Any)
        {
            return null;
        }
        if (Expected(value, schema, withScalars) is { } expected)
        {
            return $"{path}: expected {expected}";
        }
        if (value is JsonObject members)
        {
            foreach ((string name, JsonNode? member) in members)
            {
                string at = $"{path}.{name}";
                if (schema.Child(name) is { } field)
                {
                    if (Of(member, field, at, withScalars) is { } problem)
                    {
                        return problem;
                    }
                }
                else if (!schema.PreserveUnknownFields)
                {
                    return $"{at}: field not declared in schema";
                }
            }
        }
        else if (value is JsonArray list && schema.Items is { } item)
        {
            for (int i = 0; i < list.Count; i++)
            {
                if (Of(list[i], item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), withScalars) is { } problem)
                {
                    return problem;
                }
            }
        }
        return null;
    }

    private static string? Expected(JsonNode value, SchemaNode schema, bool withScalars)
    {
        return schema.Types switch
        {
            SchemaTypes.Object when value is not JsonObject => "map",
            SchemaTypes.Array when value is not JsonArray => "list",
            SchemaTypes.String or SchemaTypes.Integer or SchemaTypes.Number or SchemaTypes.Boolean when value is JsonObject or JsonArray => "a scalar",
            _ when !withScalars || schema.IntOrString || value is JsonObject or JsonArray => null,
            SchemaTypes.String when value.GetValueKind() != System.Text.Json.JsonValueKind.String => "string",
            SchemaTypes.Integer or SchemaTypes.Number when value.GetValueKind() != System.Text.Json.JsonValueKind.Number => "numeric (int or float)",
            SchemaTypes.Boolean when value.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => "boolean",
            _ => null,
        };
    }
}
