using System.Globalization;
using GatewayLsp.Engine.Completion.Sources;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers whole objects in a document that has nothing yet.</summary>
internal static class ResourceOffers
{
    /// <summary>True when nothing but the word at the cursor stands in the document.</summary>
    public static bool IsBlank(CursorPlace place) =>
        place.Node is YamlMapping { Entries.Length: 1 } && !place.HasContent && !place.Line.HasColon && !place.Line.HasDash
        && (place.Column ?? place.Line.WordStart) == 0;

    public static void Add(List<CompletionItem> items, CompletionRequest request)
    {
        foreach (ResourcePattern pattern in ResourcePattern.All)
        {
            if (request.Catalog.Preferred(pattern.Group, pattern.Kind, request.Channel) is not null)
            {
                Add(items, request, pattern.Label, pattern.Body, pattern.About, "4");
            }
        }
        int index = 0;
        foreach (ResourceKind kind in request.Catalog.Kinds.Where(kind => kind.IsPreferred && kind.IsServed(request.Channel)).OrderBy(HeadValues.RankOf))
        {
            if (request.Catalog.Find(kind.Gvk, request.Channel) is { } schema)
            {
                string sort = string.Create(CultureInfo.InvariantCulture, $"3{index++:d4}");
                Add(items, request, kind.Kind, Body(kind, schema), kind.Description, sort, kind.Gvk.ApiVersion);
            }
        }
    }

    /// <summary>An object of a kind with what it must have, and what is nearly always in it.</summary>
    public static string Body(ResourceKind kind, SchemaNode schema)
    {
        string text = $"apiVersion: {kind.Gvk.ApiVersion}\nkind: {kind.Kind}\nmetadata:\n  name: ${{1:my-{kind.Kind.ToLowerInvariant()}}}";
        int stops = 1;
        foreach (SchemaProperty property in schema.Properties)
        {
            bool head = property.Name is "apiVersion" or "kind" or "metadata" or "status";
            if (!head && (property.IsRequired || property.Name is "spec" or "data"))
            {
                text += "\n" + SnippetText.Raise(new Skeleton(DocumentStyle.Usual).Entry(property.Name, property.Schema), ref stops);
            }
        }
        return text;
    }

    private static void Add(List<CompletionItem> items, CompletionRequest request, string label, string body, string? about, string sort, string? detail = null) =>
        items.Add(new CompletionItem
        {
            Label = label,
            Kind = detail is null ? CompletionKind.Snippet : CompletionKind.Resource,
            NewText = request.Shape(body + "\n"),
            IsSnippet = true,
            SortText = sort + label,
            Detail = detail,
            Documentation = () => (about is null ? "" : about + "\n\n") + "```yaml\n" + SnippetText.Plain(body) + "\n```",
        });
}
