using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Hover;

/// <summary>The head of a <c>List</c>, which is no object of its own: its items are.</summary>
internal static class ListHover
{
    public static string? Describe(ManifestDocument document, YamlNode node)
    {
        if (document.Root.Resolved() is not YamlMapping root || node.Entry is not { } entry || !ReferenceEquals(entry.Mapping, root)
            || root.Get("items") is not YamlSequence || ManifestObject.Of(document) is not { Length: > 0 } items)
        {
            return null;
        }
        return entry.Name switch
        {
            "apiVersion" => "**apiVersion** : string\n\nVersion of the list itself, `v1`; each item has its own.",
            "kind" => "**kind** : string\n\nA list is several objects in one document. Clients apply its items one by one; the list itself is never stored.",
            "items" => $"**items** : list of object\n\nThe objects, {items.Length} here, each complete with `apiVersion`, `kind` and `metadata`.",
            "metadata" => "**metadata** : object\n\nMetadata of the list, which the API server sets when it answers with one; nothing to write here.",
            _ => null,
        };
    }
}
