using System.Collections.Immutable;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Completion;

/// <summary>textDocument/completion.</summary>
internal static class CompletionProvider
{
    // Bands in which offers are sorted where several sorts meet; keys have '1' to '6'.
    private const char First = '0';
    private const char Behind = '7';
    private const char Value = '2';

    public static CompletionList Complete(Workspace workspace, string path, LinePosition position, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return CompletionList.Empty(position);
        }
        DocumentSlot whole = file.Manifest.At(position);
        whole = workspace.IsKustomization(whole.Document) && InlinePatches.At(whole, position) is { } patch ? patch : whole;
        DocumentSlot slot = DocumentWindow.Around(whole, whole.OffsetOf(position)) ?? whole;
        int offset = slot.OffsetOf(position);
        (ManifestDocument, int) origin = (whole.Document, whole.OffsetOf(position));
        if (PlaceFinder.Find(slot.Document, offset) is not { } place)
        {
            return CompletionList.Empty(position);
        }
        SchemaCatalog catalog = workspace.CatalogOf(path, whole.Document);
        var request = new CompletionRequest(workspace, catalog, slot, offset, place, cancel) { Origin = origin };
        CompletionList list = Complete(request);
        if (TearsList(request) && PlaceFinder.FindItem(slot.Document, offset, place.Line) is { } item)
        {
            CompletionList items = Complete(new CompletionRequest(workspace, catalog, slot, offset, item, cancel) { Origin = origin });
            return MayBeTwoLists(request) ? new CompletionList(items.Range, [.. items.Items, .. list.Items], items.IsIncomplete || list.IsIncomplete) : items;
        }
        if (list.Items.IsEmpty && place is { Kind: PlaceKind.Key, HasContent: true, IsFlow: false, Column: null }
            && PlaceFinder.FindBeside(slot.Document, offset, place.Line) is { } beside)
        {
            return Complete(new CompletionRequest(workspace, catalog, slot, offset, beside, cancel) { Origin = origin });
        }
        return list;
    }

    private static CompletionList Complete(CompletionRequest request)
    {
        CursorPlace place = request.Place;
        var items = new List<CompletionItem>();
        switch (place.Kind)
        {
            case PlaceKind.Key:
                AddKeys(items, request);
                break;
            case PlaceKind.NewItem:
                AddItems(items, request, place.Node, request.Scope, First);
                break;
            case PlaceKind.Value:
                AddValues(items, request);
                break;
        }
        return new CompletionList(request.Range, [.. items], request.IsTruncated);
    }

    /// <summary>
    /// True between two items that stand at their key's column: a key there would take all below from the list above. What is no
    /// item of that list waits for its key.
    /// </summary>
    private static bool TearsList(CompletionRequest request) =>
        request.Place is { Kind: PlaceKind.Key, ListAbove.Value: YamlSequence above, Entry.Value: YamlSequence { IsFlow: false } below } place
        && Marking.ColumnOf(place.Marked, below.Dashes[0]) == Marking.ColumnOf(place.Marked, place.Entry!.Key.Span.Start)
        && request.ScopeOf(above).Schema is { } list && ContentFit.Fits(list, below);

    /// <summary>True when there is room for another list of such items (<c>headers</c> and <c>queryParams</c>), so that only its key may be missing.</summary>
    private static bool MayBeTwoLists(CompletionRequest request)
    {
        foreach (SchemaProperty property in request.Scope.Schema?.Properties ?? [])
        {
            if (Skeleton.IsList(property.Schema) && request.Place.Mapping!.Find(property.Name) is null
                && ContentFit.Fits(property.Schema, request.Place.Entry!.Value) && ContentFit.Fits(property.Schema, request.Place.ListAbove!.Value))
            {
                return true;
            }
        }
        return false;
    }

    private static void AddKeys(List<CompletionItem> items, CompletionRequest request)
    {
        CursorPlace place = request.Place;
        if (request.Scope.IsHead && !place.IsFlow && ResourceOffers.IsBlank(place))
        {
            HeadOffers.Add(items, request);
            ResourceOffers.Add(items, request);
            return;
        }
        if (place.ListAbove is { } above)
        {
            ObjectScope listed = request.ScopeOf(above.Value);
            bool missing = above.Value is YamlScalar;
            if (listed.Schema is { } itemsOf && Skeleton.IsList(itemsOf) && !place.HasContent)
            {
                AddItems(items, request, above.Value, listed, missing ? First : Behind);
            }
        }
        switch (request.Scope.Schema)
        {
            case null when request.Scope.IsHead:
                HeadOffers.Add(items, request);
                break;
            case null:
                break;
            case var schema when !schema.Properties.IsEmpty:
                KeyOffers.Add(items, request, schema);
                break;
            case { AdditionalProperties: not null } map:
                MapKeyOffers.Add(items, request, map);
                break;
            case var schema when Skeleton.IsList(schema) && !place.IsFlow && !place.HasContent:
                AddItems(items, request, place.Node, request.Scope, First);
                break;
            case var schema when !Skeleton.IsMapping(schema) && place.Mapping is { Entries.Length: 1 } only:
                // A scalar is wanted where the mark made a mapping: an item of a list, or the value of the key above.
                List<ValueOffer> offers = ValueOffers.Find(request, only, (only.Owner as YamlEntry)?.Mapping, request.Scope, schema);
                ValueOffers.Add(items, request, only.Owner is YamlSequence list ? Unlisted(offers, list) : offers, "", Value);
                break;
        }
    }

    /// <summary>New items of a list, dash included.</summary>
    private static void AddItems(List<CompletionItem> items, CompletionRequest request, YamlNode list, ObjectScope scope, char band)
    {
        if (scope.Schema is not { Items: { } item } schema || request.Place.Line.HasColon)
        {
            return;
        }
        // Keys below that would belong to a new item.
        YamlMapping? rest = request.Place.Kind == PlaceKind.NewItem ? request.Place.Entry?.Mapping : null;
        if (rest is null or { Entries.Length: 1 } && !request.Place.HasContent)
        {
            string skeleton = KnownNames.In(new Skeleton(request.Style).Item(schema), request);
            if (LabelOf(skeleton, item) is { } label)
            {
                items.Add(new CompletionItem
                {
                    Label = label,
                    FilterText = "- new",
                    Kind = CompletionKind.Snippet,
                    NewText = request.Shape(skeleton),
                    IsSnippet = true,
                    SortText = band + "z",
                    Detail = "new item",
                    Documentation = () => item.Description,
                });
            }
        }
        if (!item.Properties.IsEmpty)
        {
            KeyOffers.AddWithDash(items, request, item, rest, band);
        }
        else if (!Skeleton.IsMapping(item) && !Skeleton.IsList(item))
        {
            ObjectScope itemScope = scope with { Path = [.. scope.Path, ""], Schema = item };
            ValueOffers.Add(items, request, Unlisted(ValueOffers.Find(request, list, null, itemScope, item), list), "- ", band);
        }
    }

    private static void AddValues(List<CompletionItem> items, CompletionRequest request)
    {
        CursorPlace place = request.Place;
        if (place.Node is not YamlScalar value)
        {
            return;
        }
        if (request.Scope.Schema is { } schema && (Skeleton.IsList(schema) || Skeleton.IsMapping(schema)))
        {
            if (place.Line.Quote == '\0' && place.IsFlow)
            {
                FlowOffers.Add(items, request, schema);
            }
            else if (place.Line.Quote == '\0' && value.IsMissing)
            {
                AddBlock(items, request, schema);
            }
            return;
        }
        List<ValueOffer> offers = ValueOffers.Find(request, place.Node, place.Entry?.Mapping, request.Scope, request.Scope.Schema);
        ValueOffers.Add(items, request, place.Node.Owner is YamlSequence list ? Unlisted(offers, list) : offers, "", Value);
    }

    /// <summary>A list or mapping is wanted where the cursor stands behind a key: its lines go below.</summary>
    private static void AddBlock(List<CompletionItem> items, CompletionRequest request, SchemaNode schema)
    {
        request.Below = Skeleton.IsList(schema) ? request.Style.ListStep : request.Style.Step;
        if (Skeleton.IsList(schema))
        {
            AddItems(items, request, request.Place.Node, request.Scope, First);
        }
        else if (!schema.Properties.IsEmpty)
        {
            KeyOffers.Add(items, request, schema);
        }
        else if (schema.AdditionalProperties is not null)
        {
            MapKeyOffers.Add(items, request, schema);
        }
    }

    /// <summary>What a list has already is no use a second time.</summary>
    private static List<ValueOffer> Unlisted(List<ValueOffer> offers, YamlNode list)
    {
        if (list is YamlSequence sequence)
        {
            var present = sequence.Items.Select(item => item.Text()).ToHashSet();
            offers.RemoveAll(offer => present.Contains(offer.Value.Text));
        }
        return offers;
    }

    /// <summary>The keys at the top of a new item: <c>name, port</c>. Of a single one also its value; null where the key itself is offered with as much.</summary>
    private static string? LabelOf(string skeleton, SchemaNode item)
    {
        var keys = new List<string>();
        string[] lines = SnippetText.Plain(skeleton).Split('\n');
        foreach (string line in lines)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 2 && line[2] != ' ' && line[2] != '-')
            {
                keys.Add(line[2..colon]);
            }
        }
        return keys.Count == 0 ? "- new item"
            : keys.Count > 1 || item.Find(keys[0]) is null ? "- " + string.Join(", ", keys)
            : lines[0].EndsWith(':') ? null : lines[0];
    }
}
