using GatewayLsp.Engine.Completion.Sources;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>Offers keys of free maps: those that the workspace uses for labels and annotations, none where any would be a guess.</summary>
internal static class MapKeyOffers
{
    private const int MaxKeys = 200;

    /// <summary>The labels that Kubernetes recommends, and the one that everybody uses.</summary>
    private static readonly string[] Recommended =
    [
        "app", "app.kubernetes.io/name", "app.kubernetes.io/instance", "app.kubernetes.io/component", "app.kubernetes.io/part-of",
        "app.kubernetes.io/version", "app.kubernetes.io/managed-by",
    ];

    public static void Add(List<CompletionItem> items, CompletionRequest request, SchemaNode schema)
    {
        ObjectScope scope = request.Scope;
        bool labels = schema.CompletionSource == CompletionSource.LabelKey || scope.EndsWith("labels") || scope.EndsWith("matchLabels") || scope.EndsWith("selector");
        if (!labels && !scope.EndsWith("annotations"))
        {
            return;
        }
        var mapping = request.Place.Node as YamlMapping;
        var source = new ValueSource(request, request.Place.Node, mapping, scope, schema);
        List<string> seen = Labels.Keys(source);
        int index = 0;
        foreach (string key in seen.Take(MaxKeys))
        {
            Add(items, request, mapping, key, index++, labels ? "label in the workspace" : "annotation in the workspace");
        }
        if (labels && !Labels.SelectsNamespaces(scope))
        {
            foreach (string key in Recommended.Where(key => !seen.Contains(key)))
            {
                Add(items, request, mapping, key, index++, "usual label");
            }
        }
    }

    private static void Add(List<CompletionItem> items, CompletionRequest request, YamlMapping? mapping, string key, int index, string detail)
    {
        if (mapping?.Find(key) is null)
        {
            items.Add(new CompletionItem
            {
                Label = key,
                Kind = CompletionKind.Field,
                NewText = request.Shape(ScalarText.Of(key, request.IsJson) + (request.Place.Line.HasColon ? "" : ": ")),
                SortText = KeyOffers.Sort('3', index),
                FilterText = request.FilterFor(key),
                Detail = detail,
            });
        }
    }
}
