using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
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
        Dictionary<string, int> counts = IsSelector(source.Scope) ? Selectable(source) : Used(source);
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
        foreach (string value in IsSelector(source.Scope) ? SelectableValues(source, key) : UsedValues(source, key))
        {
            offers.Add(ValueOffer.Of(value) with { Kind = CompletionKind.Reference, Detail = "in the workspace", Rank = ValueSource.Best });
        }
    }

    private static bool IsSelector(ObjectScope scope) => SelectsNamespaces(scope) || scope.Contains("selector") || scope.Contains("podSelector");

    private static WordUse UseOf(ObjectScope scope) => scope.Contains("annotations") ? WordUse.Annotation : WordUse.Label;

    /// <summary>The keys of everything; the half-typed one at the cursor is no example.</summary>
    private static Dictionary<string, int> Used(ValueSource source)
    {
        WordUse use = UseOf(source.Scope);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach ((string key, int count) in source.Index.Vocabulary.Keys(use))
        {
            counts[key] = count;
        }
        foreach (Word word in Here(source, use))
        {
            if (word.At!.Key.Span.Touches(source.Request.Offset) && counts.TryGetValue(word.Key, out int count))
            {
                counts[word.Key] = count - 1;
                if (count == 1)
                {
                    counts.Remove(word.Key);
                }
            }
        }
        return counts;
    }

    private static List<string> UsedValues(ValueSource source, string key)
    {
        WordUse use = UseOf(source.Scope);
        ImmutableSortedDictionary<string, int> values = source.Index.Vocabulary.Values(use, key);
        foreach (Word word in Here(source, use))
        {
            if (word.Key == key && word.At!.Value.Span.Touches(source.Request.Offset) && values.GetValueOrDefault(word.Value) == 1)
            {
                values = values.Remove(word.Value);
            }
        }
        return source.Fewer(values.Keys, values.Count);
    }

    /// <summary>What the document at the cursor adds to the vocabulary.</summary>
    private static IEnumerable<Word> Here(ValueSource source, WordUse use) =>
        source.Request.Document.IsRead ? Vocabulary.Of(source.Request.Document).Where(word => word.Use == use) : [];

    private static Dictionary<string, int> Selectable(ValueSource source)
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
        return counts;
    }

    private static List<string> SelectableValues(ValueSource source, string key)
    {
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (YamlMapping map in Maps(source))
        {
            if (map.Find(key) is { } entry && entry.Value.Text() is { Length: > 0 } value && !Covers(source, map, entry.Value))
            {
                values.Add(value);
            }
        }
        return source.Fewer(values, values.Count);
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

    /// <summary>What a selector selects from.</summary>
    private static IEnumerable<YamlMapping> Maps(ValueSource source) => SelectsNamespaces(source.Scope)
        ? source.Objects("", "Namespace").Select(one => one.At("metadata", "labels")).OfType<YamlMapping>()
        : Workloads.SelectMany(kind => source.Objects("apps", kind)).Select(one => one.At("spec", "template", "metadata", "labels"))
            .Concat(source.Objects("", "Pod").Select(one => one.At("metadata", "labels"))).OfType<YamlMapping>();
}
