using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>The object that a node belongs to, the way from it to the node, and what the schema says about the node.</summary>
/// <param name="Root">The object's mapping; null when the document is not even a mapping yet.</param>
/// <param name="Path">Keys from the object down to the node; an item of a list is an empty string.</param>
/// <param name="Schema">Schema of the node; null when its kind is unknown or has no such field.</param>
internal sealed record ObjectScope(YamlMapping? Root, Gvk Gvk, string[] Path, SchemaNode? Schema)
{
    private const string CoreVersion = "v1";

    /// <summary>True at the object itself: the place of <c>apiVersion</c> and <c>kind</c>.</summary>
    public bool IsHead => Path.Length == 0;

    /// <summary>The namespace that the object is in; empty when it names none.</summary>
    public string Namespace => Root.At("metadata", "namespace").Text() ?? "";

    public static ObjectScope Of(YamlNode node, SchemaCatalog catalog, Channel channel)
    {
        var nodes = new List<YamlNode>();
        for (YamlNode? at = node; at is not null; at = at.Parent)
        {
            nodes.Add(at);
        }
        nodes.Reverse();
        int first = IsListItem(nodes) ? 2 : 0;
        var root = nodes[first] as YamlMapping;
        var path = new string[nodes.Count - first - 1];
        for (int i = 0; i < path.Length; i++)
        {
            path[i] = nodes[first + 1 + i].Entry?.Name ?? "";
        }
        Gvk gvk = GvkOf(root);
        SchemaNode? schema = FindSchema(catalog, gvk, channel);
        foreach (string step in path)
        {
            schema = step.Length == 0 ? schema?.Items : schema?.Child(step);
        }
        return new ObjectScope(root, gvk, path, schema);
    }

    /// <summary>True when the path ends in these keys; <c>""</c> stands for an item.</summary>
    public bool EndsWith(params ReadOnlySpan<string> keys) => Path.AsSpan().EndsWith(keys);

    public bool Contains(string key) => Array.IndexOf(Path, key) >= 0;

    /// <summary>
    /// The schema to help with, which is more than the schema to judge by: a version that the channel does not serve, a
    /// misspelt version and a missing apiVersion still leave no doubt about what is being written.
    /// </summary>
    public static SchemaNode? FindSchema(SchemaCatalog catalog, Gvk gvk, Channel channel)
    {
        if (gvk.Kind.Length == 0)
        {
            return null;
        }
        if (catalog.Find(gvk, channel) is { } served)
        {
            return served;
        }
        // Of versions that are gone little is kept: their successors have the same fields and more.
        if (catalog.Kind(gvk) is { IsLegacy: false })
        {
            return catalog.FindAny(gvk);
        }
        bool anyGroup = gvk.Group == ManifestObject.UnknownGroup || (gvk.Group.Length == 0 && gvk.Version != CoreVersion);
        ResourceKind? best = KindGuess.Of(catalog, gvk.Kind, channel, kind => anyGroup || kind.Group == gvk.Group);
        return best is null ? catalog.FindAny(gvk) : catalog.Find(best.Gvk, channel) ?? catalog.FindAny(best.Gvk);
    }

    private static bool IsListItem(List<YamlNode> nodes) =>
        nodes.Count > 2 && nodes[0] is YamlMapping list && nodes[1] is YamlSequence && nodes[1].Entry?.Name == "items"
        && list.Get("kind").Text()?.EndsWith("List", StringComparison.Ordinal) == true;

    private static Gvk GvkOf(YamlMapping? root)
    {
        string kind = root?.Get("kind").Text() ?? "";
        return Gvk.TryParse(root?.Get("apiVersion").Text(), kind, out Gvk gvk) ? gvk : new Gvk(ManifestObject.UnknownGroup, "", kind);
    }
}
