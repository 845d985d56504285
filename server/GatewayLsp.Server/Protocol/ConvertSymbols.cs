using GatewayLsp.Engine.Navigation;
using GatewayLsp.Server.Dispatch;

namespace GatewayLsp.Server.Protocol;

internal static class ConvertSymbols
{
    public static IReadOnlyList<DocumentSymbol> Tree(IReadOnlyList<OutlineItem> outline)
    {
        var symbols = new DocumentSymbol[outline.Count];
        for (var i = 0; i < symbols.Length; i++)
        {
            var item = outline[i];
            symbols[i] = new DocumentSymbol(
                Named(item.Name),
                Kind(item.Kind),
                Convert.ToLsp(item.Range),
                Convert.ToLsp(item.Selection),
                item.Detail,
                item.Children.IsDefaultOrEmpty ? null : Tree(item.Children));
        }

        return symbols;
    }

    /// <summary>The same without hierarchy, for clients of the old kind.</summary>
    public static IReadOnlyList<DocumentSymbol> Flat(IReadOnlyList<OutlineItem> outline, string uri)
    {
        var symbols = new List<DocumentSymbol>();
        Add(outline, null);
        return symbols;

        void Add(IReadOnlyList<OutlineItem> items, string? container)
        {
            foreach (var item in items)
            {
                symbols.Add(new DocumentSymbol(Named(item.Name), Kind(item.Kind), Location: new Location(uri, Convert.ToLsp(item.Range)), ContainerName: container));
                if (!item.Children.IsDefaultOrEmpty)
                {
                    Add(item.Children, item.Name);
                }
            }
        }
    }

    public static SymbolInformation ToLsp(WorkspaceItem item, Snapshot snapshot)
        => new(Named(item.Name), Kind(item.Kind), new Location(snapshot.UriOf(item.Path), Convert.ToLsp(item.Range)), item.Container);

    /// <summary>VS Code throws away a whole outline over one empty name.</summary>
    private static string Named(string name) => string.IsNullOrWhiteSpace(name) ? "(unnamed)" : name;

    public static SymbolKind Kind(StructureKind kind) => kind switch
    {
        StructureKind.Gateway => SymbolKind.Interface,
        StructureKind.Route => SymbolKind.Class,
        StructureKind.Backend => SymbolKind.Module,
        StructureKind.Listener => SymbolKind.Event,
        StructureKind.Rule => SymbolKind.Method,
        StructureKind.Match => SymbolKind.Key,
        StructureKind.Port => SymbolKind.Number,
        StructureKind.Field => SymbolKind.Field,
        _ => SymbolKind.Object,
    };
}
