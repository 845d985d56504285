using System.Globalization;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;
using SchemaValue = GatewayLsp.Engine.Schemas.JsonValue;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>What the API server does to an object before it looks at it: drops unknown fields and fills in defaults.</summary>
internal static class Decoding
{
    /// <summary>Takes out fields that the schema does not know. Answers their paths, in the API server's notation.</summary>
    public static List<string> Prune(JsonObject value, SchemaNode schema)
    {
        var unknown = new List<string>();
        Prune(value, schema, "", unknown);
        return unknown;
    }

    /// <summary>Puts in what is left out and has a default; takes out nulls where nothing else may stand.</summary>
    public static void Default(JsonObject value, SchemaNode schema)
    {
        Default(value, schema, 0);
    }

    public static JsonNode? OfDefault(SchemaValue value) => value.Kind switch
    {
        JsonKind.Object => new JsonObject(value.Members.Select(member => KeyValuePair.Create(member.Key, OfDefault(member.Value)))),
        JsonKind.Array => new JsonArray([.. value.Items.Select(OfDefault)]),
        JsonKind.Boolean => JsonValue.Create(value.IsTrue),
        JsonKind.String => JsonValue.Create(value.Text),
        JsonKind.Number => long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? JsonValue.Create(whole)
            : value.TryGetDouble(out double number) ? JsonValue.Create(number) : null,
        _ => null,
    };

    private static void Prune(JsonNode? value, SchemaNode schema, string path, List<string> unknown)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (string name in members.Select(member => member.Key).ToArray())
                {
                    string at = path.Length == 0 ? name : path + "." + name;
                    if (schema.Child(name) is { } field)
                    {
                        Prune(members[name], field, at, unknown);
                    }
                    else if (!schema.PreserveUnknownFields && (schema.Types & SchemaTypes.Object) != 0)
                    {
                        members.Remove(name);
                        unknown.Add(at);
                    }
                }
                break;
            case JsonArray items when schema.Items is { } item:
                for (int i = 0; i < items.Count; i++)
                {
                    Prune(items[i], item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), unknown);
                }
                break;
        }
    }

    private static void Default(JsonNode? value, SchemaNode schema, int depth)
    {
        if (depth > Objects.Json.MaxDepth)
        {
            return;
        }
        switch (value)
        {
            case JsonObject members:
                foreach (string name in members.Where(member => member.Value is null).Select(member => member.Key).ToArray())
                {
                    // A null that may not be there is as if it were left out.
                    if (schema.Child(name) is { Nullable: false })
                    {
                        members.Remove(name);
                    }
                }
                foreach (SchemaProperty property in schema.Properties)
                {
                    if (property.Schema.Default is { } given && !members.ContainsKey(property.Name))
                    {
                        members[property.Name] = OfDefault(given);
                    }
                }
                foreach ((string name, JsonNode? member) in members.ToArray())
                {
                    if (schema.Child(name) is { } field)
                    {
                        Default(member, field, depth + 1);
                    }
                }
                break;
            case JsonArray items when schema.Items is { } item:
                foreach (JsonNode? one in items)
                {
                    Default(one, item, depth + 1);
                }
                break;
        }
    }
}
