using System.Text.Json.Nodes;
using GatewayLsp.Engine.Cluster.Diffing;

namespace GatewayLsp.Engine.Cluster.Applying;

/// <summary>The entries of <c>metadata.managedFields</c>: who owns which fields of an object.</summary>
internal static class ManagedFields
{
    public static bool HasOurs(JsonObject tree) => Entries(tree).Any(IsOurs);

    /// <summary>Those before the change, but for others' entries that changed since it. Null when they are not known.</summary>
    public static JsonArray? Restored(JsonObject before, JsonObject? after, JsonObject current)
    {
        if (before["metadata"].At("managedFields") is not JsonArray)
        {
            return null;
        }
        Dictionary<string, JsonObject> old = ByOwner(before);
        Dictionary<string, JsonObject>? left = after?["metadata"].At("managedFields") is JsonArray ? ByOwner(after) : null;
        var restored = new JsonArray();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject entry in Entries(current))
        {
            string owner = Owner(entry);
            taken.Add(owner);
            bool isTouched = left is not null && (!left.TryGetValue(owner, out JsonObject? ours) || !JsonTrees.Same(ours["fieldsV1"], entry["fieldsV1"]));
            if (IsOurs(entry) || !isTouched)
            {
                if (old.TryGetValue(owner, out JsonObject? earlier))
                {
                    restored.Add(earlier.DeepClone());
                }
                else if (!IsOurs(entry) && left is null)
                {
                    restored.Add(entry.DeepClone());
                }
            }
            else
            {
                restored.Add(entry.DeepClone());
            }
        }
        foreach ((string owner, JsonObject entry) in old)
        {
            if (taken.Add(owner))
            {
                restored.Add(entry.DeepClone());
            }
        }
        return restored;
    }

    private static Dictionary<string, JsonObject> ByOwner(JsonObject tree)
    {
        var found = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (JsonObject entry in Entries(tree))
        {
            found[Owner(entry)] = entry;
        }
        return found;
    }

    private static IEnumerable<JsonObject> Entries(JsonObject tree) =>
        tree["metadata"].At("managedFields") is JsonArray list ? list.OfType<JsonObject>() : [];

    private static bool IsOurs(JsonObject entry) => entry["manager"].Text() == WriteOptions.DefaultManager;

    private static string Owner(JsonObject entry) =>
        $"{entry["manager"].Text()}\n{entry["operation"].Text()}\n{entry["apiVersion"].Text()}\n{entry["subresource"].Text()}";
}
