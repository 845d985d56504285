using GatewayLsp.Engine.Completion.Sources;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers keys of free maps: those that the workspace uses for labels and annotations, none where any would be a guess.</summary>
internal static class MapKeyOffers
{
    private const int MaxKeys = 200;

    public static void Add(List<CompletionItem> items, CompletionRequest request, SchemaNode schema)
    {
        ObjectScope scope = request.Scope;
        bool labels = schema.CompletionSource == CompletionSource.LabelKey || scope.EndsWith("labels") || scope.EndsWith("matchLabels");
        if (!labels && !scope.EndsWith("annotations"))
        {
            return;
        }
        var mapping = (YamlMapping)request.Place.Node;
        var source = new ValueSource(request, mapping, mapping, scope, schema);
        int index = 0;
        foreach (string key in Labels.Keys(source))
        {
            if (mapping.Find(key) is null && index < MaxKeys)
            {
                string text = request.Place.Line.HasColon ? ScalarText.Of(key) : ScalarText.Of(key) + ": ";
                items.Add(new CompletionItem
                {
                    Label = key,
                    Kind = CompletionKind.Field,
                    NewText = request.Shape(text),
                    SortText = KeyOffers.Sort('3', index++),
                    FilterText = request.FilterFor(key),
                    Detail = labels ? "label in the workspace" : "annotation in the workspace",
                });
            }
        }
    }
}
