using System.Collections.Immutable;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Model;

/// <summary>
/// A Kubernetes object in a document: what its head says, and the node it stands on. Missing parts are empty strings:
/// half-typed objects are objects too.
/// </summary>
public sealed class ManifestObject
{
    /// <summary>Stands for the group of an object whose apiVersion is missing or no apiVersion at all; no kind has it.</summary>
    public const string UnknownGroup = "?";

    private const string ListSuffix = "List";

    /// <param name="list">The list of one kind (<c>HTTPRouteList</c>) that it is an item of: its items may leave out their heads.</param>
    private ManifestObject(ManifestDocument document, YamlMapping node, ManifestObject? list = null)
    {
        Document = document;
        Node = node;
        ApiVersion = (list is not null && node.Find("apiVersion") is null ? list.ApiVersion : node.Get("apiVersion").Text()) ?? "";
        Kind = (list is not null && node.Find("kind") is null ? list.Kind[..^ListSuffix.Length] : node.Get("kind").Text()) ?? "";
        Gvk = Gvk.TryParse(ApiVersion, Kind, out Gvk gvk) ? gvk : new Gvk(UnknownGroup, "", Kind);
        YamlNode? metadata = node.Get("metadata");
        Name = metadata.At("name").Text() ?? "";
        Namespace = metadata.At("namespace").Text() ?? "";
    }

    public ManifestDocument Document { get; }

    /// <summary>The whole object; the document's root, or an item of a <c>List</c>.</summary>
    public YamlMapping Node { get; }

    public string ApiVersion { get; }
    public string Kind { get; }
    public Gvk Gvk { get; }

    /// <summary><c>metadata.name</c>; empty when missing, templated or made by <c>generateName</c>.</summary>
    public string Name { get; }

    /// <summary><c>metadata.namespace</c> as written; empty when left out. See <see cref="NamespaceOrDefault"/>.</summary>
    public string Namespace { get; }

    /// <summary>The namespace in which kubectl would put it: <c>default</c> when none is written.</summary>
    public string NamespaceOrDefault => Namespace.Length == 0 ? "default" : Namespace;

    /// <summary>The value at a path of keys below this object, aliases followed; null when absent.</summary>
    public YamlNode? At(params ReadOnlySpan<string> path) => Node.At(path);

    /// <summary>The objects of a document: none (no mapping, no kind), one, or the items of a <c>List</c>. Computed once per document.</summary>
    public static ImmutableArray<ManifestObject> Of(ManifestDocument document) =>
        document.Root is null ? [] : document.Memo.Get(typeof(ManifestObject), () => new Objects(Read(document))).Items;

    private static ImmutableArray<ManifestObject> Read(ManifestDocument document)
    {
        if (document.Root.Resolved() is not YamlMapping root || (root.Find("kind") is null && root.Find("apiVersion") is null))
        {
            return [];
        }
        var head = new ManifestObject(document, root);
        if (!head.Kind.EndsWith(ListSuffix, StringComparison.Ordinal) || root.Get("items") is not YamlSequence items)
        {
            return [head];
        }
        ManifestObject? list = head.Kind.Length > ListSuffix.Length ? head : null;
        var found = ImmutableArray.CreateBuilder<ManifestObject>();
        foreach (YamlNode item in items.Items)
        {
            if (item.Resolved() is YamlMapping mapping)
            {
                found.Add(new ManifestObject(document, mapping, list));
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>See <see cref="ObjectViews"/>. Two threads may both make one: they are alike, the last one stays.</summary>
    internal ObjectView? KnownView { get; set; }

    /// <summary>What the rules of meaning last found about it, with what that was made from. A cache, checked before use.</summary>
    internal object? Meaning;

    /// <summary>The same of all its clusters together, where it is in several. A cache, checked before use.</summary>
    internal object? MeaningOfAll;

    private sealed record Objects(ImmutableArray<ManifestObject> Items);
}
