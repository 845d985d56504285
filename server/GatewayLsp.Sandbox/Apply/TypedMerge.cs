using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Sandbox.Apply;

/// <summary>Merges an applied object into the one that is there, and takes out what is no longer applied.</summary>
internal static class TypedMerge
{
    public static JsonObject Merge(JsonObject live, JsonObject applied, SchemaNode schema) => (JsonObject)Value(live, applied, schema)!;

    /// <summary>Removes what the last configuration had and the new one has not, unless somebody owns it or something below.</summary>
    public static void Prune(JsonObject value, FieldSet last, FieldSet owned, SchemaNode schema) => Remove(value, last, owned, schema);

    private static JsonNode? Value(JsonNode? live, JsonNode? applied, SchemaNode? schema)
    {
        if (applied is JsonObject wanted && live is JsonObject there && !TypedValues.IsLeaf(applied, schema))
        {
            var all = new JsonObject();
            foreach ((string name, JsonNode? member) in there)
            {
                all[name] = wanted.TryGetPropertyValue(name, out JsonNode? given) ? Value(member, given, TypedValues.Child(schema, name)) : member?.DeepClone();
            }
            foreach ((string name, JsonNode? member) in wanted)
            {
                if (!there.ContainsKey(name))
                {
                    all[name] = member?.DeepClone();
                }
            }
            return all;
        }
        return applied is JsonArray items && live is JsonArray known && TypedValues.IsAssociative(schema) ? List(known, items, schema!) : applied?.DeepClone();
    }

    /// <summary>
    /// Items of both stand in the order of the applied list. What only live has stays behind what it followed, and before what is new there.
    /// </summary>
    private static JsonArray List(JsonArray live, JsonArray applied, SchemaNode schema)
    {
        List<(string Step, JsonNode? Item)> there = TypedValues.Items(live, schema);
        List<(string Step, JsonNode? Item)> wanted = TypedValues.Items(applied, schema);
        Dictionary<string, JsonNode?> known = there.ToDictionary(one => one.Step, one => one.Item, StringComparer.Ordinal);
        HashSet<string> given = [.. wanted.Select(one => one.Step)];
        var all = new JsonArray();
        int at = 0;
        foreach ((string step, JsonNode? item) in wanted)
        {
            bool isShared = known.TryGetValue(step, out JsonNode? same);
            for (; at < there.Count && there[at].Step != step; at++)
            {
                if (!given.Contains(there[at].Step))
                {
                    all.Add(there[at].Item?.DeepClone());
                }
                else if (!isShared)
                {
                    break;
                }
            }
            at += isShared && at < there.Count ? 1 : 0;
            all.Add(isShared ? Value(same, item, schema.Items) : item?.DeepClone());
        }
        for (; at < there.Count; at++)
        {
            if (!given.Contains(there[at].Step))
            {
                all.Add(there[at].Item?.DeepClone());
            }
        }
        return all;
    }

    private static void Remove(JsonNode? value, FieldSet last, FieldSet? owned, SchemaNode? schema)
    {
        if (value is JsonObject members && !TypedValues.IsLeaf(value, schema))
        {
            foreach ((string step, FieldSet child) in last.Children)
            {
                if (!step.StartsWith("f:", StringComparison.Ordinal) || !members.TryGetPropertyValue(step[2..], out JsonNode? member))
                {
                    continue;
                }
                FieldSet? kept = owned?.Find(step);
                if (kept is not { IsEmpty: false })
                {
                    members.Remove(step[2..]);
                }
                else
                {
                    Remove(member, child, kept, TypedValues.Child(schema, step[2..]));
                }
            }
        }
        else if (value is JsonArray items && TypedValues.IsAssociative(schema))
        {
            List<(string Step, JsonNode? Item)> there = TypedValues.Items(items, schema!);
            foreach ((string step, JsonNode? item) in there)
            {
                if (last.Find(step) is not { } child)
                {
                    continue;
                }
                FieldSet? kept = owned?.Find(step);
                if (kept is not { IsEmpty: false })
                {
                    items.Remove(item);
                }
                else
                {
                    Remove(item, child, kept, schema!.Items);
                }
            }
        }
    }
}
