using GatewayLsp.Engine.Hover;
using GatewayLsp.Engine.Schemas;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers mappings and lists in braces, for places inside of braces: on one line, as nothing else is safe there.</summary>
internal static class FlowOffers
{
    private const char Whole = '1';
    private const char Single = '3';

    public static void Add(List<CompletionItem> items, CompletionRequest request, SchemaNode schema)
    {
        string open = "";
        string close = "";
        while (Skeleton.IsList(schema))
        {
            open += "[";
            close += "]";
            if (schema.Items is not { } item)
            {
                break;
            }
            schema = item;
        }
        if (!Skeleton.IsMapping(schema) || schema.Properties.IsEmpty)
        {
            bool isMap = Skeleton.IsMapping(schema);
            AddItem(items, request, isMap ? open + "{ }" + close : open + " " + close, open + (isMap ? "{$1}" : "$1") + close, KeyOffers.Sort(Single, 0), null);
            return;
        }
        var skeleton = new Skeleton(request.Style, request.IsJson);
        var required = new List<string>();
        string names = "";
        foreach (SchemaProperty property in schema.Properties)
        {
            if (property.IsRequired)
            {
                required.Add(skeleton.FlowEntry(property.Name, property.Schema));
                names += (names.Length == 0 ? "" : ", ") + property.Name;
            }
        }
        if (required.Count > 1)
        {
            AddItem(items, request, open + "{" + names + "}" + close, open + "{" + string.Join(", ", required) + "}" + close, KeyOffers.Sort(Whole, 0), null);
        }
        for (int i = 0; i < schema.Properties.Length; i++)
        {
            SchemaProperty property = schema.Properties[i];
            string entry = new Skeleton(request.Style, request.IsJson).FlowEntry(property.Name, property.Schema);
            AddItem(items, request, open + "{" + property.Name + "}" + close, open + "{" + entry + "}" + close, KeyOffers.Sort(Single, i), property);
        }
    }

    /// <summary>What an example's name is of.</summary>
    private static string Named(string text, CompletionRequest request) =>
        request.Scope.Contains("parentRefs") ? text.Replace(":my-name}", ":my-gateway}", StringComparison.Ordinal)
        : request.Scope.Contains("backendRefs") ? text.Replace(":my-name}", ":my-service}", StringComparison.Ordinal)
        : text;

    private static void AddItem(List<CompletionItem> items, CompletionRequest request, string label, string text, string sort, SchemaProperty? property) =>
        items.Add(new CompletionItem
        {
            Label = label,
            FilterText = property?.Name,
            Kind = CompletionKind.Snippet,
            NewText = request.Shape(Named(text, request)),
            IsSnippet = true,
            SortText = sort,
            Detail = property is null ? null : FieldDocumentation.TypeName(property.Schema),
            Documentation = property is null ? null : () => FieldDocumentation.Of(property.Name, property),
        });
}
