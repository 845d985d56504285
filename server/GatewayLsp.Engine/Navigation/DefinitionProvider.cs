using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/definition, typeDefinition and implementation: from a name to what it is the name of.</summary>
internal static class DefinitionProvider
{
    public static DefinitionItem? Definition(Workspace workspace, string path, LinePosition position) =>
        SymbolFinder.At(workspace, path, position) is { } at ? Item(workspace, at, Targets(workspace, at)) : null;

    /// <summary>The definition of the kind of what is named; of an object that has one, where the workspace has it.</summary>
    public static DefinitionItem? TypeDefinition(Workspace workspace, string path, LinePosition position)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at)
        {
            return null;
        }
        KindSymbol? kind = at.Symbol switch
        {
            ObjectSymbol { Key: var key } => new KindSymbol(key.Group, key.Kind),
            SectionSymbol { Owner: var owner } => new KindSymbol(owner.Group, owner.Kind),
            PortSymbol { Owner: var owner } => new KindSymbol(owner.Group, owner.Kind),
            KindSymbol itself => itself,
            _ => null,
        };
        return kind is null ? null : Item(workspace, at, SymbolOccurrences.DefinitionsOf(workspace, path, kind));
    }

    /// <summary>What a Service sends to: the workloads that it selects. For the import of a Service, those of the Service.</summary>
    public static DefinitionItem? Implementation(Workspace workspace, string path, LinePosition position)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at)
        {
            return null;
        }
        IEnumerable<Occurrence> targets = at.Symbol switch
        {
            SelectionSymbol => SymbolOccurrences.DefinitionsOf(workspace, path, at.Symbol),
            ObjectSymbol { Key: var key } => Implementations(workspace, key),
            SectionSymbol { Owner: var key } => Implementations(workspace, key),
            PortSymbol { Owner: var key } => Implementations(workspace, key),
            _ => [],
        };
        return Item(workspace, at, targets);
    }

    private static IEnumerable<Occurrence> Targets(Workspace workspace, SymbolPlace at)
    {
        IEnumerable<Occurrence> found = SymbolOccurrences.DefinitionsOf(workspace, at.Path, at.Symbol).Concat(FleetSymbols.DefinitionsOf(workspace, at.Symbol));
        // A section or port that the object does not have (yet) still leads to the object.
        return at.Symbol switch
        {
            SectionSymbol { Owner: var owner } => OrObject(workspace, found, owner),
            PortSymbol { Owner: var owner } => OrObject(workspace, found, owner),
            _ => found,
        };
    }

    private static List<Occurrence> OrObject(Workspace workspace, IEnumerable<Occurrence> found, ObjectKey owner)
    {
        List<Occurrence> parts = [.. found];
        return parts.Count > 0 ? parts : [.. workspace.Index.Find(owner).Select(SymbolOccurrences.OfObject)];
    }

    private static IEnumerable<Occurrence> Implementations(Workspace workspace, ObjectKey key)
    {
        if (key.Kind is not ("Service" or "ServiceImport"))
        {
            return [];
        }
        return workspace.Index.Find(key with { Group = "", Kind = "Service" })
            .SelectMany(service => Workloads.SelectedBy(workspace, service.Object)).Select(SymbolOccurrences.OfObject);
    }

    private static DefinitionItem? Item(Workspace workspace, SymbolPlace at, IEnumerable<Occurrence> targets)
    {
        ImmutableArray<PlaceItem> places = new PlaceList(workspace.Whole).Of(targets, at.Path);
        return places.IsEmpty ? null : new DefinitionItem(at.Slot.RangeOf(at.Span), places);
    }
}
