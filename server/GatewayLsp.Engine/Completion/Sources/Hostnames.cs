using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Host names: those of the listeners that a route attaches to, then all that the workspace serves.</summary>
internal static class Hostnames
{
    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        if (source.Scope.Root.At("spec", "parentRefs") is YamlSequence parents)
        {
            foreach (YamlNode parent in parents.Items)
            {
                AddOfParent(offers, source, parent);
            }
        }
        Vocabulary vocabulary = source.Index.Vocabulary;
        bool isRead = source.Request.Document.IsRead;
        var hosts = new List<string>();
        foreach ((string host, int count) in vocabulary.Keys(WordUse.Hostname))
        {
            // What is being typed stands in the document already, and is no example.
            if (host != source.Request.Typed || !isRead
                || count > Vocabulary.Of(source.Request.Document).Count(word => word.Use == WordUse.Hostname && word.Key == host))
            {
                hosts.Add(host);
            }
        }
        int all = hosts.Count;
        if (all > ValueOffers.MaxItems)
        {
            hosts.RemoveAll(host => !host.Contains(source.Request.Prefix, StringComparison.OrdinalIgnoreCase));
        }
        hosts.Sort(StringComparer.Ordinal);
        foreach (string host in source.Fewer(hosts, all))
        {
            string? by = vocabulary.Values(WordUse.Hostname, host).Keys.FirstOrDefault();
            offers.Add(ValueOffer.Of(host) with { Kind = CompletionKind.Reference, Detail = by, Rank = ValueSource.Far });
        }
    }

    private static void AddOfParent(List<ValueOffer> offers, ValueSource source, YamlNode reference)
    {
        string kind = reference.At("kind").Text() ?? "Gateway";
        string ns = reference.At("namespace").Text() ?? source.HomeNamespace;
        string? section = reference.At("sectionName").Text();
        foreach (IndexedObject parent in source.Index.Find(new ObjectKey(ValueSource.GatewayGroup, kind, ns, reference.At("name").Text() ?? "")))
        {
            foreach (YamlMapping listener in Parents.ListenersOf(parent.Object))
            {
                if ((section is null || section == listener.Get("name").Text()) && listener.Get("hostname").Text() is { Length: > 0 } host)
                {
                    string from = $"listener {listener.Get("name").Text()} of {parent.Object.Kind} {parent.Object.NamespaceOrDefault}/{parent.Object.Name}";
                    if (host.StartsWith("*.", StringComparison.Ordinal))
                    {
                        string rest = host[1..];
                        offers.Add(ValueOffer.Of("www" + rest) with
                        {
                            Kind = CompletionKind.Reference, Detail = "under " + host + ", " + from, Rank = ValueSource.Best, Snippet = "${1:www}" + SnippetText.Escape(rest),
                        });
                    }
                    offers.Add(ValueOffer.Of(host) with { Kind = CompletionKind.Reference, Detail = from, Rank = ValueSource.Best });
                }
            }
        }
    }
}
