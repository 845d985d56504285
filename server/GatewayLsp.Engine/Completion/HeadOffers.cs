using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>
/// Offers the first keys of an object whose kind is not known yet. Of YAML that is no Kubernetes object nothing is known,
/// so nothing is offered there.
/// </summary>
internal static class HeadOffers
{
    private static readonly (string Name, string Text, string About)[] Keys =
    [
        ("apiVersion", "apiVersion: ", "Group and version of the kind, such as `gateway.networking.k8s.io/v1`."),
        ("kind", "kind: ", "What the object is, such as `HTTPRoute`."),
        ("metadata", "metadata:\n  name: ${1:my-name}", "Name, namespace, labels and annotations."),
        ("spec", "spec:\n  $0", "What is wanted. Its fields are known as soon as the kind is."),
    ];

    private static readonly string[] ObjectKeys = ["apiVersion", "kind", "metadata", "spec", "data", "stringData", "status", "type", "items"];

    public static void Add(List<CompletionItem> items, CompletionRequest request)
    {
        var mapping = (YamlMapping)request.Place.Node;
        foreach (YamlEntry entry in mapping.Entries)
        {
            if (!ReferenceEquals(entry, request.Place.Entry) && Array.IndexOf(ObjectKeys, entry.Name) < 0)
            {
                return;
            }
        }
        bool knownKind = mapping.Get("kind").Text() is { Length: > 0 } && mapping.Get("apiVersion").Text() is { Length: > 0 };
        for (int i = 0; i < Keys.Length; i++)
        {
            (string name, string text, string about) = Keys[i];
            if (mapping.Find(name) is not null || knownKind)
            {
                continue;
            }
            text = request.Place.Line.HasColon ? name : request.Place.HasContent || (request.Place.IsFlow && text.Contains('\n')) ? name + ":" : text;
            if (request.IsJson)
            {
                string quoted = ScalarText.Of(name, asJson: true);
                text = request.Place.Line.HasColon ? quoted : quoted + (i < 2 ? ": \"$1\"" : ": {$1}");
            }
            items.Add(new CompletionItem
            {
                Label = name,
                Kind = CompletionKind.Field,
                NewText = request.Shape(text),
                IsSnippet = text.Contains('$'),
                SortText = KeyOffers.Sort('2', i),
                FilterText = request.FilterFor(name),
                AsksAgain = i < 2 && (text.EndsWith(": ", StringComparison.Ordinal) || text.EndsWith("$1\"", StringComparison.Ordinal)),
                Detail = i < 2 ? "string, required" : "object",
                Documentation = () => about,
            });
        }
    }
}
