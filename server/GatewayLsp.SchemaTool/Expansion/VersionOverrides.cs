using System.Text.Json.Nodes;
using GatewayLsp.SchemaTool.Sources;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>
/// Applies what differs in one version: keywords by dotted path (<c>[]</c> or a suffix <c>[]</c> for items, <c>.</c> for the
/// root). A null takes the keyword or property away.
/// </summary>
internal static class VersionOverrides
{
    public static void Apply(string place, JsonObject schema, JsonObject? overrides)
    {
        foreach (var (path, keywords) in overrides ?? [])
        {
            var target = Find(place, schema, path);
            foreach (var (keyword, value) in keywords as JsonObject ?? [])
            {
                if (keyword == "properties" && target["properties"] is JsonObject properties)
                {
                    Merge(properties, (JsonObject)value!);
                }
                else if (value is null)
                {
                    target.Remove(keyword);
                }
                else
                {
                    target[keyword] = value.DeepClone();
                }
            }
        }
    }

    private static void Merge(JsonObject properties, JsonObject changes)
    {
        foreach (var (name, schema) in changes)
        {
            if (schema is null)
            {
                properties.Remove(name);
            }
            else
            {
                properties[name] = schema.DeepClone();
            }
        }
    }

    private static JsonObject Find(string place, JsonObject schema, string path)
    {
        var target = schema;
        foreach (var step in path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            target = (step == "[]" ? target["items"] : target["properties"]?[step]) as JsonObject
                ?? throw new SchemaSourceException(place, $"override of {path}: there is no {step}");
        }

        return target;
    }
}
