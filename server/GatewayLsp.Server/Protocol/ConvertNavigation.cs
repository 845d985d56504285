using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertNavigation
{
    private const string OtherFiles = "otherFiles";

    public static IReadOnlyList<DefinitionTarget> ToLsp(DefinitionItem? item, Snapshot snapshot, bool asLinks)
    {
        if (item is null)
        {
            return [];
        }

        var origin = Convert.ToLsp(item.Origin);
        return
        [
            .. item.Targets.Select(target => asLinks
                ? new DefinitionTarget(origin, snapshot.UriOf(target.Path), Convert.ToLsp(target.Range), Convert.ToLsp(target.Selection))
                : new DefinitionTarget(Uri: snapshot.UriOf(target.Path), Range: Convert.ToLsp(target.Selection))),
        ];
    }

    public static IReadOnlyList<Location> ToLsp(IReadOnlyList<PlaceItem> places, Snapshot snapshot)
    {
        var locations = new Location[places.Count];
        for (var i = 0; i < locations.Length; i++)
        {
            locations[i] = new Location(snapshot.UriOf(places[i].Path), Convert.ToLsp(places[i].Selection));
        }

        return locations;
    }

    public static CallHierarchyItem ToLsp(CallItem item, Snapshot snapshot) => new(
        item.Name,
        ConvertSymbols.Kind(item.Kind),
        snapshot.UriOf(item.Place.Path),
        Convert.ToLsp(item.Place.Range),
        Convert.ToLsp(item.Place.Selection),
        item.Detail,
        ToData(item.Key));

    public static IReadOnlyList<LspRange> ToLsp(IReadOnlyList<LineRange> ranges) => [.. ranges.Select(Convert.ToLsp)];

    public static ObjectData ToData(ObjectKey key) => new(key.Group, key.Kind, key.Namespace, key.Name);

    public static ObjectKey ToKey(ObjectData? data) => data is null ? default : new ObjectKey(data.Group, data.Kind, data.Namespace, data.Name);

    /// <summary>The edits of a rename. Where they reach into files that the user may not see, a client that can is told to ask first.</summary>
    public static WorkspaceEdit ToLsp(RenameResult rename, string key, Snapshot snapshot)
    {
        var edit = ConvertCodeActions.ToEdit(rename.Edits, snapshot);
        var own = snapshot.UriOf(key);
        if (edit.DocumentChanges is not { } changes || !snapshot.Client.ChangeAnnotations || rename.Edits.All(file => file.Path == key))
        {
            return edit;
        }

        var files = rename.Edits.Count(file => file.Path != key);
        var annotation = new ChangeAnnotation(rename.Title, NeedsConfirmation: true, files == 1 ? "in one other file" : $"in {files} other files");
        return edit with
        {
            DocumentChanges = [.. changes.Select(change => change.TextDocument?.Uri == own ? change : change with { Edits = Annotated(change.Edits) })],
            ChangeAnnotations = new Dictionary<string, ChangeAnnotation> { [OtherFiles] = annotation },
        };
    }

    private static IReadOnlyList<LspTextEdit>? Annotated(IReadOnlyList<LspTextEdit>? edits)
        => edits is null ? null : [.. edits.Select(edit => edit with { AnnotationId = OtherFiles })];
}
