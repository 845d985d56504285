using System.Text.Json.Nodes;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Cluster.Diffing;

/// <summary>
/// An object as people wrote it, or would have: without status, without what the server keeps in metadata, without defaults
/// that nobody wrote.
/// </summary>
public static class CleanedObject
{
    public const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly string[] ServersOwn =
    [
        "managedFields", "resourceVersion", "uid", "generation", "creationTimestamp", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds",
    ];

    /// <summary>A new tree; the one given stays as it is.</summary>
    /// <param name="schema">Tells defaults; null keeps them.</param>
    /// <param name="written">What the file says: defaults that are written there stay, and its order of keys is taken.</param>
    public static JsonObject Of(JsonObject tree, SchemaNode? schema = null, JsonObject? written = null)
    {
        JsonObject bare = Bare(tree);
        return (JsonObject)Shaped(bare, schema, written);
    }

    /// <summary>What clients wrote, and nothing that the server or a controller keeps beside it. For comparing and restoring states.</summary>
    public static JsonObject Core(JsonObject tree)
    {
        var copy = (JsonObject)tree.DeepClone();
        copy.Remove("status");
        if (copy["metadata"] is JsonObject metadata)
        {
            foreach (string name in ServersOwn)
            {
                metadata.Remove(name);
            }
            DropEmpty(metadata, "annotations");
            DropEmpty(metadata, "labels");
        }
        return copy;
    }

    /// <summary>True when clients wrote the same into both.</summary>
    public static bool SameCore(JsonObject? a, JsonObject? b) => a is null || b is null ? a is null && b is null : JsonTrees.Same(Core(a), Core(b));

    private static JsonObject Bare(JsonObject tree)
    {
        JsonObject copy = Core(tree);
        if (copy["metadata"] is JsonObject metadata && metadata["annotations"] is JsonObject annotations)
        {
            annotations.Remove(LastApplied);
            DropEmpty(metadata, "annotations");
        }
        return copy;
    }

    private static void DropEmpty(JsonObject map, string name)
    {
        if (map[name] is JsonObject { Count: 0 })
        {
            map.Remove(name);
        }
    }

    private static JsonNode Shaped(JsonNode node, SchemaNode? schema, JsonNode? written)
    {
        switch (node)
        {
            case JsonObject map:
                return Map(map, schema, written as JsonObject);
            case JsonArray list:
                return List(list, schema, written as JsonArray);
            default:
                return node.DeepClone();
        }
    }

    private static JsonObject Map(JsonObject map, SchemaNode? schema, JsonObject? written)
    {
        var shaped = new JsonObject();
        foreach (string name in Order(map, written))
        {
            JsonNode? value = map[name];
            SchemaNode? child = schema?.Child(name);
            bool isWritten = written?.ContainsKey(name) == true;
            if (!isWritten && child?.Default is { } standard && JsonTrees.Same(value, JsonTrees.Of(standard)))
            {
                continue;
            }
            shaped[name] = value is null ? null : Shaped(value, child, isWritten ? written![name] : null);
        }
        return shaped;
    }

    private static JsonArray List(JsonArray list, SchemaNode? schema, JsonArray? written)
    {
        var shaped = new JsonArray();
        List<string>? keys = ListKeys.Of(list, schema);
        List<string>? theirs = written is null || keys is null ? null : ListKeys.Of(written, schema);
        if (keys is null || theirs is null)
        {
            for (int i = 0; i < list.Count; i++)
            {
                shaped.Add(list[i] is { } item ? Shaped(item, schema?.Items, written is not null && i < written.Count ? written[i] : null) : null);
            }
            return shaped;
        }
        foreach (int i in Enumerable.Range(0, list.Count).OrderBy(i => theirs.IndexOf(keys[i]) is >= 0 and var at ? at : int.MaxValue))
        {
            int at = theirs.IndexOf(keys[i]);
            shaped.Add(list[i] is { } item ? Shaped(item, schema?.Items, at < 0 ? null : written![at]) : null);
        }
        return shaped;
    }

    private static IEnumerable<string> Order(JsonObject map, JsonObject? written)
    {
        if (written is not null)
        {
            foreach ((string name, _) in written)
            {
                if (map.ContainsKey(name))
                {
                    yield return name;
                }
            }
        }
        foreach (string name in map.Select(one => one.Key).OrderBy(Rank).ThenBy(one => one, StringComparer.Ordinal))
        {
            if (written?.ContainsKey(name) != true)
            {
                yield return name;
            }
        }
    }

    private static int Rank(string name) => name switch
    {
        "apiVersion" => 0,
        "kind" => 1,
        "metadata" => 2,
        "name" => 3,
        "namespace" => 4,
        _ => 5,
    };
}
