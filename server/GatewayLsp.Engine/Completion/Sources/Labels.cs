using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Label and annotation keys and values that the workspace uses.</summary>
internal static class Labels
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly string[] Workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"];

    /// <summary>Keys for a map of labels (or annotations), most used first.</summary>
    public static List<string> Keys(ValueSource source)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (YamlMapping map in Maps(source))
        {
            foreach (YamlEntry entry in map.Entries)
            {
                if (entry.Name.Length > 0 && !entry.IsMerge && !entry.IsUnfinished && !Covers(source, map, entry.Key))
                {
                    counts[entry.Name] = counts.GetValueOrDefault(entry.Name) + 1;
                }
            }
        }
        if (SelectsNamespaces(source.Scope))
        {
            counts[NameLabel] = counts.GetValueOrDefault(NameLabel) + 1;
        }
        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).ToList();
    }

    public static void AddKeys(List<ValueOffer> offers, ValueSource source)
    {
        foreach (string key in Keys(source))
        {
            offers.Add(ValueOffer.Of(key) with { Kind = CompletionKind.Reference, Detail = "label in the workspace", Rank = ValueSource.Best });
        }
    }

    public static void AddValues(List<ValueOffer> offers, ValueSource source)
    {
        string key = source.Node.Entry?.Name ?? "";
        if (key.Length == 0)
        {
            return;
        }
        if (key == NameLabel && SelectsNamespaces(source.Scope))
        {
            foreach (string name in Namespaces.Names(source))
            {
                offers.Add(ValueOffer.Of(name) with { Kind = CompletionKind.Reference, Detail = "Namespace", Rank = ValueSource.Best });
            }
            return;
        }
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (YamlMapping map in Maps(source))
        {
            if (map.Find(key) is { } entry && entry.Value.Text() is { Length: > 0 } value && !Covers(source, map, entry.Value))
            {
                values.Add(value);
            }
        }
        foreach (string value in values)
        {
            offers.Add(ValueOffer.Of(value) with { Kind = CompletionKind.Reference, Detail = "in the workspace", Rank = ValueSource.Best });
        }
    }

    /// <summary>The half-typed entry at the cursor is no example.</summary>
    private static bool Covers(ValueSource source, YamlMapping map, YamlNode node) =>
        node.Span.Touches(source.Request.Offset) && source.Request.Document.IsRead && Root(map) is { } root && ReferenceEquals(root, source.Request.Document.Root);

    private static YamlNode Root(YamlNode node)
    {
        while (node.Parent is { } parent)
        {
            node = parent;
        }
        return node;
    }

    public static bool SelectsNamespaces(ObjectScope scope) => scope.Contains("namespaces") && scope.Contains("selector");

    /// <summary>What a selector selects from; for labels themselves, the labels of everything.</summary>
    private static IEnumerable<YamlMapping> Maps(ValueSource source)
    {
        ObjectScope scope = source.Scope;
        if (SelectsNamespaces(scope))
        {
            return source.Objects("", "Namespace").Select(one => one.At("metadata", "labels")).OfType<YamlMapping>();
        }
        if (scope.Contains("selector") || scope.Contains("podSelector"))
        {
            return Workloads.SelectMany(kind => source.Objects("apps", kind)).Select(one => one.At("spec", "template", "metadata", "labels"))
                .Concat(source.Objects("", "Pod").Select(one => one.At("metadata", "labels"))).OfType<YamlMapping>();
        }
        string field = scope.Contains("annotations") ? "annotations" : "labels";
        return source.All().SelectMany<ManifestObject, YamlNode?>(one => [one.At("metadata", field), one.At("spec", "template", "metadata", field)]).OfType<YamlMapping>();
    }
}
