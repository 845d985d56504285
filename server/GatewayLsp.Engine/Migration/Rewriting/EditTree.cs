using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Migration.Rewriting;

/// <summary>A document to be changed: the text around its root, the root, and how the author lays out blocks.</summary>
internal sealed class EditTree
{
    private readonly Dictionary<YamlNode, EditNode> _byOrigin;

    internal EditTree(ManifestDocument document, string prefix, EditNode root, string suffix, Dictionary<YamlNode, EditNode> byOrigin, BlockStyle style)
    {
        Document = document;
        Prefix = prefix;
        Root = root;
        Suffix = suffix;
        Style = style;
        _byOrigin = byOrigin;
    }

    public ManifestDocument Document { get; }

    public string Prefix { get; }

    public EditNode Root { get; }

    public string Suffix { get; }

    public BlockStyle Style { get; }

    public EditNode? Find(YamlNode origin) => _byOrigin.GetValueOrDefault(origin);

    /// <summary>Null for a document that does not come out as it was read: of a form that we had better leave alone.</summary>
    /// <param name="isForReading">The tree is not going to be written.</param>
    public static EditTree? Read(ManifestDocument document, bool isForReading = false) =>
        new EditTreeReader(document).Read() is { } tree && (isForReading || EditTreeWriter.Write(tree).Text == document.Text) ? tree : null;
}

/// <summary>How new blocks are laid out: as most of the document is.</summary>
/// <param name="Indent">Columns that a mapping is indented under its key.</param>
/// <param name="ListIndent">Columns that a list's dashes are indented under their key.</param>
internal sealed record BlockStyle(int Indent, int ListIndent, string NewLine, bool IsJson)
{
    public static BlockStyle Of(ManifestDocument document)
    {
        var maps = new Dictionary<int, int>();
        var lists = new Dictionary<int, int>();
        bool isJson = false;
        foreach (YamlNode node in document.Root?.DescendantsAndSelf() ?? [])
        {
            isJson |= node is YamlMapping { IsFlow: true, Entries: [{ Key: YamlScalar { Style: ScalarStyle.DoubleQuoted } }, ..] };
            if (node.Entry is not { } entry || ReferenceEquals(entry.Key, node) || entry.Key.Span.IsEmpty)
            {
                continue;
            }
            int column = document.Lines.PositionOf(entry.Key.Span.Start).Character;
            switch (node)
            {
                case YamlMapping { IsFlow: false, Entries: [var first, ..] }:
                    Count(maps, document.Lines.PositionOf(first.Key.Span.Start).Character - column);
                    break;
                case YamlSequence { IsFlow: false, Dashes: [var dash, ..] }:
                    Count(lists, document.Lines.PositionOf(dash).Character - column);
                    break;
            }
        }
        int indent = Most(maps, 2, least: 1);
        return new BlockStyle(indent, Most(lists, 0, least: 0), document.Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", isJson);
    }

    private static void Count(Dictionary<int, int> counts, int value) => counts[value] = counts.GetValueOrDefault(value) + 1;

    private static int Most(Dictionary<int, int> counts, int usual, int least)
    {
        int best = usual;
        int times = 0;
        foreach ((int value, int count) in counts)
        {
            if (value >= least && count > times)
            {
                (best, times) = (value, count);
            }
        }
        return best;
    }
}
