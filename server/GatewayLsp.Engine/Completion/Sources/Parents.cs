using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion.Sources;

/// <summary>Gateways and ListenerSets that a route may name as parent, and their listeners.</summary>
internal static class Parents
{
    public static void AddNames(List<ValueOffer> offers, ValueSource source)
    {
        string kind = source.TargetKind("Gateway");
        ObjectNames.AddReferences(offers, source, source.Objects(kind), null);
        if (source.Sibling("kind") is null && kind == "Gateway" && source.Scope.Gvk.Kind != "ListenerSet")
        {
            ObjectNames.AddReferences(offers, source, source.Objects(ValueSource.GatewayGroup, "ListenerSet"), null, _ => "kind: ListenerSet", rank: ValueSource.Near);
        }
    }

    public static void AddSections(List<ValueOffer> offers, ValueSource source)
    {
        foreach ((ManifestObject parent, YamlMapping listener) in Listeners(source))
        {
            if (listener.Get("name").Text() is { Length: > 0 } name)
            {
                offers.Add(ValueOffer.Of(name) with { Kind = CompletionKind.Reference, Detail = Describe(parent, listener), Rank = ValueSource.Best });
            }
        }
        if (source.TargetKind("Gateway") == "Service")
        {
            Backends.AddPortNames(offers, source);
        }
    }

    public static void AddPorts(List<ValueOffer> offers, ValueSource source)
    {
        foreach ((ManifestObject parent, YamlMapping listener) in Listeners(source))
        {
            if (listener.Get("port").Text() is { } text && ushort.TryParse(text, out ushort port))
            {
                offers.Add(new ValueOffer(JsonValue.Of((long)port)) { Kind = CompletionKind.Reference, Detail = Describe(parent, listener), Rank = ValueSource.Best });
            }
        }
        if (source.TargetKind("Gateway") == "Service")
        {
            Backends.AddPorts(offers, source);
        }
    }

    /// <summary>The listeners of the parent that the reference names; of every Gateway with that name when the namespace has none.</summary>
    private static IEnumerable<(ManifestObject Parent, YamlMapping Listener)> Listeners(ValueSource source)
    {
        string kind = source.TargetKind("Gateway");
        if (kind is not ("Gateway" or "ListenerSet"))
        {
            return [];
        }
        string name = source.Sibling("name") ?? "";
        List<ManifestObject> named = source.Index.Find(new ObjectKey(source.TargetGroup ?? ValueSource.GatewayGroup, kind, source.TargetNamespace, name)).ConvertAll(one => one.Object).ToList();
        if (named.Count == 0)
        {
            named = source.Objects(kind).Where(one => name.Length == 0 || one.Name == name).OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Namespace, StringComparer.Ordinal).ToList();
        }
        return named.SelectMany(parent => ListenersOf(parent).Select(listener => (parent, listener)));
    }

    public static IEnumerable<YamlMapping> ListenersOf(ManifestObject parent) =>
        parent.At("spec", "listeners") is YamlSequence list ? list.Items.Select(item => item.Resolved()).OfType<YamlMapping>() : [];

    private static string Describe(ManifestObject parent, YamlMapping listener)
    {
        string text = $"{listener.Get("protocol").Text()}:{listener.Get("port").Text()}";
        if (listener.Get("hostname").Text() is { } host)
        {
            text += " " + host;
        }
        return $"{text} of {parent.Kind} {parent.NamespaceOrDefault}/{parent.Name}";
    }
}
