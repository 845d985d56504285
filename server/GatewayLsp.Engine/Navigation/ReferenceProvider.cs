using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/references and documentHighlight: every place that names what the cursor is on.</summary>
internal static class ReferenceProvider
{
    public static ImmutableArray<PlaceItem> References(Workspace workspace, string path, LinePosition position, bool withDefinition, CancellationToken cancel)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at)
        {
            return [];
        }
        IEnumerable<Occurrence> uses = SymbolOccurrences.UsesOf(workspace, path, at.Symbol, cancel);
        uses = uses.Concat(FleetSymbols.UsesOf(workspace, path, at.Symbol, withServices: false, cancel).Where(one => withDefinition || !one.IsDefinition));
        if (withDefinition || at.Symbol is SelectionSymbol)
        {
            uses = uses.Concat(SymbolOccurrences.DefinitionsOf(workspace, path, at.Symbol));
        }
        // What defines a name may look like a use of it: the name of an export is that of its Service.
        return new PlaceList(workspace.Whole).Of(uses.Select(AsName), path);
    }

    public static ImmutableArray<HighlightItem> Highlights(Workspace workspace, string path, LinePosition position, CancellationToken cancel)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at || at.Symbol is KindSymbol)
        {
            return [];
        }
        var places = new PlaceList(workspace.Whole);
        var found = new SortedDictionary<LinePosition, HighlightItem>();
        foreach (Occurrence one in SymbolOccurrences.UsesOf(workspace, path, at.Symbol, cancel).Concat(SymbolOccurrences.DefinitionsOf(workspace, path, at.Symbol)))
        {
            if (one.Path == path && places.Of(AsName(one)) is { } place)
            {
                found[place.Selection.Start] = new HighlightItem(place.Selection, one.IsDefinition);
            }
        }
        return [.. found.Values];
    }

    /// <summary>Lists of places show the line of the name; the whole object would begin lines above it.</summary>
    private static Occurrence AsName(Occurrence one) => one with { Whole = one.Span };
}
