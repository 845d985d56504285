using System.Collections.Immutable;
using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Resolution;

/// <summary>
/// The names that the objects of one kind have. The same instance as long as no name comes or goes, whatever else changes
/// in the objects: asking it is cheap, and so is finding that the answer is still the same.
/// </summary>
internal sealed class KindNames
{
    public static readonly KindNames Empty = new() { _content = new Content([]) };

    private Content? _content;

    /// <summary>Names of a namespace, sorted.</summary>
    public ImmutableArray<string> In(string ns, ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) => Read(objects).ByNamespace.GetValueOrDefault(ns, []);

    /// <summary>The namespaces that have an object of that name, sorted.</summary>
    public ImmutableArray<string> NamespacesOf(string name, ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) => Read(objects).ByName.GetValueOrDefault(name, []);

    public bool HasNamespace(string ns, ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) => Read(objects).ByNamespace.ContainsKey(ns);

    /// <summary>Any state of the kind that has these names will do; none is held on to.</summary>
    private Content Read(ImmutableDictionary<ObjectKey, ImmutableList<IndexedObject>> objects) => _content ??= new Content(objects.Keys);

    private sealed class Content
    {
        public Content(IEnumerable<ObjectKey> keys)
        {
            var byNamespace = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            var byName = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            foreach (ObjectKey key in keys)
            {
                Add(byNamespace, key.Namespace, key.Name);
                Add(byName, key.Name, key.Namespace);
            }
            ByNamespace = Sorted(byNamespace);
            ByName = Sorted(byName);
        }

        public Dictionary<string, ImmutableArray<string>> ByNamespace { get; }

        public Dictionary<string, ImmutableArray<string>> ByName { get; }

        private static void Add(Dictionary<string, List<string>> lists, string key, string value)
        {
            if (!lists.TryGetValue(key, out List<string>? list))
            {
                lists.Add(key, list = []);
            }
            list.Add(value);
        }

        private static Dictionary<string, ImmutableArray<string>> Sorted(Dictionary<string, List<string>> lists)
        {
            var sorted = new Dictionary<string, ImmutableArray<string>>(lists.Count, StringComparer.Ordinal);
            foreach ((string key, List<string> list) in lists)
            {
                list.Sort(StringComparer.Ordinal);
                sorted.Add(key, [.. list]);
            }
            return sorted;
        }
    }
}
