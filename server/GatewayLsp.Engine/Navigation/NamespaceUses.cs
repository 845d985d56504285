using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>
/// Where a namespace is named: the objects in it, references into it, grants to it, selectors by its name label, kustomizations
/// that put everything into it. There is no index of these; the objects are looked through.
/// </summary>
internal static class NamespaceUses
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public static ObjectSymbol Symbol(string name) => new(new ObjectKey("", "Namespace", "", name));

    /// <summary>True for a value that is the name of a namespace, references aside.</summary>
    public static bool IsUse(ManifestObject one, YamlScalar scalar)
    {
        List<string> path = ObjectParts.PathOf(one, scalar);
        return path switch
        {
            ["metadata", "namespace"] => true,
            ["metadata", "labels", NameLabel] => one.Kind == "Namespace",
            ["spec", "from", "", "namespace"] => one.Kind == "ReferenceGrant",
            ["namespace"] => one.Gvk.Group == "kustomize.config.k8s.io",
            [.., "matchLabels", NameLabel] => IsOfNamespaces(path),
            [.., "matchExpressions", "", "values", ""] => IsOfNamespaces(path) && scalar.Parent?.Parent.At("key").Text() == NameLabel,
            _ => false,
        };
    }

    /// <summary>The values that name it in a document, each once.</summary>
    public static IEnumerable<YamlNode> In(ManifestDocument document, string name)
    {
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (one.Namespace == name && (one.At("metadata") as YamlMapping)?.Find("namespace")?.Value is { } own)
            {
                yield return own;
            }
            foreach (YamlNode place in Fields(one))
            {
                if (place.Text() == name)
                {
                    yield return place;
                }
            }
        }
        foreach (ObjectReference reference in ReferenceFinder.Of(document))
        {
            if (reference.Namespace == name && (reference.Node as YamlMapping)?.Find("namespace")?.Value is { } written && written.Text() == name)
            {
                yield return written;
            }
        }
    }

    private static bool IsOfNamespaces(List<string> path) => path.Contains("namespaces") || path.Contains("namespaceSelector");

    /// <summary>The places of a kind that may hold a namespace's name.</summary>
    private static IEnumerable<YamlNode> Fields(ManifestObject one)
    {
        if (one.Gvk.Group == "kustomize.config.k8s.io")
        {
            return one.Node.Find("namespace") is { } all ? [all.Value] : [];
        }
        return one.Kind switch
        {
            "Namespace" => (one.At("metadata", "labels") as YamlMapping)?.Find(NameLabel) is { } label ? [label.Value] : [],
            "ReferenceGrant" => RouteLabels.Items(one.At("spec", "from")).Select(from => from.Find("namespace")?.Value).OfType<YamlNode>(),
            "Gateway" or "ListenerSet" or "XListenerSet" =>
                RouteLabels.Items(one.At("spec", "listeners")).Select(listener => listener.At("allowedRoutes", "namespaces", "selector"))
                    .Append(one.At("spec", "allowedListeners", "namespaces", "selector")).SelectMany(Selected),
            "NetworkPolicy" => one.Node.DescendantsAndSelf().OfType<YamlMapping>().Where(node => node.Entry?.Name == "namespaceSelector").SelectMany(Selected),
            _ => [],
        };
    }

    private static IEnumerable<YamlNode> Selected(YamlNode? selector)
    {
        if ((selector.At("matchLabels") as YamlMapping)?.Find(NameLabel) is { } label)
        {
            yield return label.Value;
        }
        foreach (YamlMapping expression in RouteLabels.Items(selector.At("matchExpressions")))
        {
            if (expression.Get("key").Text() == NameLabel && expression.Get("values") is YamlSequence values)
            {
                foreach (YamlNode value in values.Items)
                {
                    yield return value;
                }
            }
        }
    }
}
