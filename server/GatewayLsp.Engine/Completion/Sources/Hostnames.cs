using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Host names: those of the listeners that a route attaches to, then all that the workspace serves.</summary>
internal static class Hostnames
{
    private static readonly string[] HostKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute"];

    public static void Add(List<ValueOffer> offers, ValueSource source)
    {
        if (source.Scope.Root.At("spec", "parentRefs") is YamlSequence parents)
        {
            foreach (YamlNode parent in parents.Items)
            {
                AddOfParent(offers, source, parent);
            }
        }
        var elsewhere = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string kind in HostKinds)
        {
            foreach (ManifestObject route in source.Objects(ValueSource.GatewayGroup, kind))
            {
                foreach (YamlNode host in route.At("spec", "hostnames") is YamlSequence hosts ? hosts.Items : [])
                {
                    AddName(elsewhere, source, route, host.Text());
                }
            }
        }
        foreach (string kind in (ReadOnlySpan<string>)["Gateway", "ListenerSet"])
        {
            foreach (ManifestObject gateway in source.Objects(ValueSource.GatewayGroup, kind))
            {
                foreach (YamlMapping listener in Parents.ListenersOf(gateway))
                {
                    AddName(elsewhere, source, gateway, listener.Get("hostname").Text());
                }
            }
        }
        foreach ((string host, string from) in elsewhere)
        {
            offers.Add(ValueOffer.Of(host) with { Kind = CompletionKind.Reference, Detail = from, Rank = ValueSource.Far });
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

    private static void AddName(SortedDictionary<string, string> hosts, ValueSource source, ManifestObject from, string? host)
    {
        if (!string.IsNullOrEmpty(host) && !(host == source.Request.Typed && ReferenceEquals(from.Document, source.Request.Document)))
        {
            hosts.TryAdd(host, $"{from.Kind} {from.NamespaceOrDefault}/{from.Name}");
        }
    }
}
