using System.Text.Json.Nodes;

namespace GatewayLsp.SchemaTool.Expansion;

/// <summary>Turns an expanded schema into what one channel serves.</summary>
internal static class ChannelView
{
    public static JsonObject Of(JsonObject schema, bool experimental)
    {
        var view = (JsonObject)schema.DeepClone();
        Narrow(view, experimental);
        return view;
    }

    private static void Narrow(JsonObject schema, bool experimental)
    {
        if (schema[Keywords.InExperimental] is JsonObject extra)
        {
            schema.Remove(Keywords.InExperimental);
            foreach (var (keyword, value) in experimental ? extra : [])
            {
                schema[keyword] = value?.DeepClone();
            }
        }

        if (!experimental)
        {
            DropProperties(schema);
            DropValues(schema);
        }

        SelectValidations(schema, experimental);

        Keywords.ForEachChild(schema, (_, child) => Narrow(child, experimental));
    }

    private static void DropProperties(JsonObject schema)
    {
        if (schema["properties"] is not JsonObject properties)
        {
            return;
        }

        foreach (var name in properties.Where(property => property.Value?[Keywords.Channel] is not null).Select(property => property.Key).ToList())
        {
            properties.Remove(name);
            RemoveText(schema, "required", name);
        }
    }

    private static void DropValues(JsonObject schema)
    {
        if (schema[Keywords.Values] is not JsonArray values)
        {
            return;
        }

        foreach (var value in values.Where(value => value?["channel"] is not null).ToList())
        {
            values.Remove(value);
            RemoveText(schema, "enum", (string?)value!["value"]);
        }
    }

    /// <summary>Leaves the rules of the channel, without the word that says so.</summary>
    private static void SelectValidations(JsonObject schema, bool experimental)
    {
        if (schema[Keywords.Validations] is not JsonArray rules)
        {
            return;
        }

        foreach (var rule in rules.OfType<JsonObject>().Where(rule => rule.ContainsKey(Keywords.Channel)).ToList())
        {
            if (experimental)
            {
                rule.Remove(Keywords.Channel);
            }
            else
            {
                rules.Remove(rule);
            }
        }

        if (rules.Count == 0)
        {
            schema.Remove(Keywords.Validations);
        }
    }

    private static void RemoveText(JsonObject schema, string keyword, string? text)
    {
        if (schema[keyword] is JsonArray list && list.FirstOrDefault(item => item?.ToString() == text) is { } found)
        {
            list.Remove(found);
            if (list.Count == 0)
            {
                schema.Remove(keyword);
            }
        }
    }
}
