using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/prepareRename and rename: a name changes where it is defined and wherever it is used.</summary>
internal static class RenameProvider
{
    public static RenameOffer Prepare(Workspace workspace, string path, LinePosition position)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at)
        {
            return RenameOffer.Nothing;
        }
        return (OfNoCluster(workspace) ?? RenameRules.WhyNot(workspace, at.Symbol)) is { } why
            ? RenameOffer.No(why)
            : new RenameOffer(at.Slot.RangeOf(at.Span), RenameRules.NameOf(at.Symbol), null);
    }

    /// <summary>A name in a file of no cluster may be that of another object in each of them.</summary>
    private static string? OfNoCluster(Workspace workspace) =>
        workspace.Cluster is "" ? "This file belongs to no cluster, so its names are those of every cluster. Rename from a file of the cluster that is meant." : null;

    public static RenameResult Rename(Workspace workspace, string path, LinePosition position, string newName, CancellationToken cancel)
    {
        if (SymbolFinder.At(workspace, path, position) is not { } at)
        {
            return RenameResult.No("There is no name here.");
        }
        Symbol symbol = at.Symbol;
        string name = newName.Trim();
        if (RenameRules.NameOf(symbol) == name)
        {
            return new RenameResult([], "", [], null);
        }
        IReadOnlyList<Symbol> symbols = ExportedService.WithKin(workspace, symbol);
        if ((OfNoCluster(workspace) ?? RenameRules.WhyNot(workspace, symbol) ?? First(symbols, one => RenameRules.Invalid(workspace, one, name)) ?? First(symbols, one => RenameRules.Taken(workspace, one, name))) is { } why)
        {
            return RenameResult.No(why);
        }
        List<Occurrence> definitions = [.. symbols.SelectMany(one => SymbolOccurrences.DefinitionsOf(workspace, path, one))];
        List<Occurrence> all = [.. definitions, .. symbols.SelectMany(one => SymbolOccurrences.UsesOf(workspace, path, one, cancel)), .. FleetSymbols.UsesOf(workspace, path, symbol, withServices: true, cancel)];
        var notes = ImmutableArray.CreateBuilder<string>();
        if (symbol is not AnchorSymbol)
        {
            if (definitions.Count == 0 && symbol is not ObjectSymbol { Key.Kind: "Namespace" })
            {
                notes.Add($"The {RenameRules.Show(symbol)} itself is not in this workspace: only references to it were renamed.");
            }
            if (TemplateMentions.Of(workspace, RenameRules.NameOf(symbol)!, cancel) is { } mentions)
            {
                notes.Add(mentions);
            }
        }
        return new RenameResult(Edits(workspace, all, symbol, name, path), $"Rename {RenameRules.Show(symbol)} to {name}", notes.ToImmutable(), null);
    }

    private static string? First(IReadOnlyList<Symbol> symbols, Func<Symbol, string?> why)
    {
        foreach (Symbol symbol in symbols)
        {
            if (why(symbol) is { } reason)
            {
                return reason;
            }
        }
        return null;
    }

    /// <summary>Files in the order of their names, the one that was asked in ahead.</summary>
    private static ImmutableArray<FileEdit> Edits(Workspace workspace, List<Occurrence> all, Symbol symbol, string name, string path)
    {
        var places = new PlaceList(workspace.Whole);
        var written = new HashSet<YamlNode>(ReferenceEqualityComparer.Instance);
        foreach (Occurrence one in all)
        {
            if (one.Node is YamlScalar)
            {
                written.Add(one.Node);
            }
        }
        var files = new Dictionary<string, List<TextEdit>>(StringComparer.Ordinal);
        foreach (Occurrence one in all)
        {
            if (places.SlotOf(one.Path, one.Document) is { } slot && EditOf(one, symbol, name, written) is var (span, text))
            {
                if (!files.TryGetValue(one.Path, out List<TextEdit>? edits))
                {
                    files[one.Path] = edits = [];
                }
                edits.Add(new TextEdit(slot.RangeOf(span), text));
            }
        }
        FileEdit[] sorted = [.. files.Select(file => new FileEdit(file.Key, InOrder(file.Value)))];
        Array.Sort(sorted, (a, b) => (a.Path != path).CompareTo(b.Path != path) is not 0 and var own ? own : string.CompareOrdinal(a.Path, b.Path));
        return ImmutableArray.Create(sorted);
    }

    /// <summary>By place, each once: a definition may be a use, too.</summary>
    private static List<TextEdit> InOrder(List<TextEdit> edits)
    {
        edits.Sort(static (a, b) => a.Range.Start.CompareTo(b.Range.Start));
        for (int i = edits.Count - 1; i > 0; i--)
        {
            if (edits[i].Range.Start == edits[i - 1].Range.Start)
            {
                edits.RemoveAt(i);
            }
        }
        return edits;
    }

    private static (TextSpan Span, string Text)? EditOf(Occurrence one, Symbol symbol, string name, HashSet<YamlNode> written)
    {
        if (symbol is AnchorSymbol || one.IsPart)
        {
            return (one.Span, name);
        }
        return one.Node switch
        {
            // Block scalars are no place for a name; what a template fills in is never touched.
            YamlScalar { IsOpaque: false, Style: not (ScalarStyle.Literal or ScalarStyle.Folded) } scalar => (scalar.Span, YamlText.Like(scalar, name)),
            // It follows its anchor where that is renamed, too. Elsewhere the anchor is somebody else's name.
            YamlAlias alias when alias.Resolved() is { } target && !written.Contains(target) => (alias.Span, YamlText.Of(name)),
            _ => null,
        };
    }
}
