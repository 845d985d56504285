using System.Collections.Immutable;
using System.Text.Json.Nodes;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>Compares two states of an object, field by field.</summary>
public static class ObjectDiffer
{
    private const int MaxFields = 2000;

    /// <summary>Longest value shown of a field.</summary>
    private const int MaxValue = 2000;

    /// <param name="live">Null: the object is not there.</param>
    /// <param name="planned">Null: it will not be there.</param>
    /// <param name="written">What the file says: its order of keys is kept, and its defaults are shown.</param>
    public static ObjectDiff Compare(ObjectKey key, JsonObject? live, JsonObject? planned, SchemaNode? schema, JsonObject? written = null)
    {
        JsonObject? after = planned is null ? null : CleanedObject.Of(planned, schema, written);
        // What the planned side shows must not be hidden as a default on the other, or a change to the default looks like a removal.
        JsonObject? before = live is null ? null : CleanedObject.Of(live, schema, after ?? written);
        SecretMask.Apply(before, after);
        var fields = new List<FieldChange>();
        if (before is not null && after is not null)
        {
            Map(before, after, schema, "", fields);
        }
        DiffKind kind = before is null ? DiffKind.Created : after is null ? DiffKind.Deleted : fields.Count > 0 ? DiffKind.Changed : DiffKind.Unchanged;
        return new ObjectDiff(key, kind, [.. fields], [.. YamlLines.Of(before)], [.. YamlLines.Of(after)]);
    }

    private static void Map(JsonObject before, JsonObject after, SchemaNode? schema, string path, List<FieldChange> fields)
    {
        foreach (string name in after.Concat(before).Select(one => one.Key).Distinct(StringComparer.Ordinal))
        {
            bool isOld = before.TryGetPropertyValue(name, out JsonNode? old);
            bool isNow = after.TryGetPropertyValue(name, out JsonNode? now);
            Value(isOld, old, isNow, now, schema?.Child(name), FieldPath.Child(path, name), fields);
        }
    }

    private static void Value(bool isOld, JsonNode? old, bool isNow, JsonNode? now, SchemaNode? schema, string path, List<FieldChange> fields)
    {
        if (fields.Count >= MaxFields || (isOld && isNow && JsonTrees.Same(old, now)))
        {
            return;
        }
        switch (old, now)
        {
            case (JsonObject before, JsonObject after):
                Map(before, after, schema, path, fields);
                break;
            case (JsonArray before, JsonArray after):
                List(before, after, schema, path, fields);
                break;
            default:
                fields.Add(new FieldChange(path, !isOld ? FieldChangeKind.Added : !isNow ? FieldChangeKind.Removed : FieldChangeKind.Changed,
                    isOld ? Shown(old) : null, isNow ? Shown(now) : null));
                break;
        }
    }

    private static void List(JsonArray before, JsonArray after, SchemaNode? schema, string path, List<FieldChange> fields)
    {
        int found = fields.Count;
        if (ListKeys.Of(before, schema) is { } old && ListKeys.Of(after, schema) is { } now)
        {
            foreach (string key in now.Concat(old).Distinct(StringComparer.Ordinal))
            {
                int x = old.IndexOf(key);
                int y = now.IndexOf(key);
                Value(x >= 0, x >= 0 ? before[x] : null, y >= 0, y >= 0 ? after[y] : null, schema!.Items, $"{path}[{key}]", fields);
            }
        }
        else
        {
            for (int i = 0; i < Math.Max(before.Count, after.Count); i++)
            {
                Value(i < before.Count, i < before.Count ? before[i] : null, i < after.Count, i < after.Count ? after[i] : null,
                    schema?.Items, FieldPath.Item(path, i), fields);
            }
        }
        if (fields.Count == found && fields.Count < MaxFields && schema?.ListType is not (SchemaListType.Set or SchemaListType.Map))
        {
            fields.Add(new FieldChange(path, FieldChangeKind.Changed, Shown(before), Shown(after)));
        }
    }

    private static string Shown(JsonNode? value)
    {
        string text = value is null ? "null" : System.Text.Encoding.UTF8.GetString(value.ToUtf8());
        return text.Length <= MaxValue ? text : text[..MaxValue] + "...";
    }
}
