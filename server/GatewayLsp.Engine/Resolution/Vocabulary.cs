using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Resolution;

/// <summary>What a word is used as.</summary>
internal enum WordUse : byte
{
    Label,
    Annotation,

    /// <summary>A namespace, defined or named; its key is empty.</summary>
    Namespace,

    /// <summary>A host name that is a key here; its values say which objects serve it.</summary>
    Hostname,
}

/// <summary>A word in an object: a key and its value (empty where it is not known).</summary>
/// <param name="At">The entry that a label or annotation stands in.</param>
internal readonly record struct Word(WordUse Use, string Key, string Value, YamlEntry? At);

/// <summary>The values that a key has, in order, and how often; <c>Total</c> counts those that aren't known too.</summary>
internal sealed record WordCounts(int Total, ImmutableSortedDictionary<string, int> Values)
{
    public static readonly WordCounts None = new(0, ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));
}

/// <summary>
/// The labels, annotations, namespaces and host names of the workspace, counted. Persistent, as <see cref="ResourceIndex"/> is: nobody
/// who types a label waits for thousands of objects to be looked through.
/// </summary>
internal sealed class Vocabulary
{
    public static readonly Vocabulary Empty = new(ImmutableDictionary<(WordUse, string), WordCounts>.Empty);

    private const string GatewayGroup = "gateway.networking.k8s.io";

    private readonly ImmutableDictionary<(WordUse Use, string Key), WordCounts> _counts;

    private Vocabulary(ImmutableDictionary<(WordUse, string), WordCounts> counts) => _counts = counts;

    public IEnumerable<(string Key, int Count)> Keys(WordUse use)
    {
        foreach (((WordUse Use, string Key) word, WordCounts counts) in _counts)
        {
            if (word.Use == use)
            {
                yield return (word.Key, counts.Total);
            }
        }
    }

    public ImmutableSortedDictionary<string, int> Values(WordUse use, string key) => _counts.GetValueOrDefault((use, key), WordCounts.None).Values;

    /// <summary>The words of a document's objects; computed once per document.</summary>
    public static ImmutableArray<Word> Of(ManifestDocument document) => document.Memo.Get(typeof(Vocabulary), () => new Words(Read(document))).Items;

    public Vocabulary With(IEnumerable<DocumentChange> changes)
    {
        var sums = new Dictionary<(WordUse, string), List<(string Value, int Change)>>();
        foreach (DocumentChange change in changes)
        {
            foreach (Word word in Of(change.Document))
            {
                if (!sums.TryGetValue((word.Use, word.Key), out List<(string, int)>? sum))
                {
                    sums[(word.Use, word.Key)] = sum = [];
                }
                sum.Add((word.Value, change.IsAdded ? 1 : -1));
            }
        }
        var builder = _counts.ToBuilder();
        foreach (((WordUse, string) key, List<(string, int)> sum) in sums)
        {
            WordCounts known = builder.GetValueOrDefault(key, WordCounts.None);
            int total = known.Total;
            ImmutableSortedDictionary<string, int>.Builder values = known.Values.ToBuilder();
            foreach ((string value, int change) in sum)
            {
                total += change;
                int count = value.Length == 0 ? 0 : values.GetValueOrDefault(value) + change;
                if (count != 0)
                {
                    values[value] = count;
                }
                else if (value.Length > 0)
                {
                    values.Remove(value);
                }
            }
            if (total > 0)
            {
                builder[key] = new WordCounts(total, values.ToImmutable());
            }
            else
            {
                builder.Remove(key);
            }
        }
        return new Vocabulary(builder.ToImmutable());
    }

    private static ImmutableArray<Word> Read(ManifestDocument document)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (one.Kind.Length == 0 || one.Name.Length == 0)
            {
                continue;
            }
            string ns = one.Kind == "Namespace" && one.Gvk.Group.Length == 0 ? one.Name : one.Namespace;
            if (ns.Length > 0)
            {
                words.Add(new Word(WordUse.Namespace, "", ns, null));
            }
            AddHostnames(words, one);
            YamlNode? metadata = one.At("metadata");
            YamlNode? template = one.At("spec", "template", "metadata");
            Add(words, WordUse.Label, metadata.At("labels"));
            Add(words, WordUse.Label, template.At("labels"));
            Add(words, WordUse.Annotation, metadata.At("annotations"));
            Add(words, WordUse.Annotation, template.At("annotations"));
        }
        return words.DrainToImmutable();
    }

    private static void Add(ImmutableArray<Word>.Builder words, WordUse use, YamlNode? map)
    {
        if (map is not YamlMapping mapping)
        {
            return;
        }
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (entry.Name.Length > 0 && !entry.IsMerge && !entry.IsUnfinished)
            {
                words.Add(new Word(use, entry.Name, entry.Value.Text() ?? "", entry));
            }
        }
    }

    private static void AddHostnames(ImmutableArray<Word>.Builder words, ManifestObject one)
    {
        if (one.Gvk.Group != GatewayGroup)
        {
            return;
        }
        string by = $"{one.Kind} {one.NamespaceOrDefault}/{one.Name}";
        bool isRoute = one.Kind is "HTTPRoute" or "GRPCRoute" or "TLSRoute";
        if (one.At("spec", isRoute ? "hostnames" : "listeners") is not YamlSequence list || !(isRoute || one.Kind is "Gateway" or "ListenerSet"))
        {
            return;
        }
        foreach (YamlNode item in list.Items)
        {
            if ((isRoute ? item : item.At("hostname")).Text() is { Length: > 0 } host)
            {
                words.Add(new Word(WordUse.Hostname, host, by, null));
            }
        }
    }

    private sealed record Words(ImmutableArray<Word> Items);
}
