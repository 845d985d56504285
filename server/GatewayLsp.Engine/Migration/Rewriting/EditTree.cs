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

    /// <summary>What stands behind the root's last line, its line break first.</summary>
    public string Suffix { get; private set; }

    public BlockStyle Style { get; }

    public EditNode? Find(YamlNode origin) => _byOrigin.GetValueOrDefault(origin);

    /// <summary>
    /// Puts a new item behind another one. Comments that stand below that one and are indented deeper than its dash are about it, so
    /// they stay above the new item, though the reader gave them to what follows.
    /// </summary>
    public void InsertBehind(EditSequence list, EditItem before, EditItem item)
    {
        int at = list.Items.IndexOf(before) + 1;
        if (!list.IsFlow && before.Column >= 0)
        {
            if (at < list.Items.Count)
            {
                item.Above.InsertRange(0, TakeDeeper(list.Items[at].Above, before.Column));
            }
            else if (Behind(Root, list) is { } next)
            {
                item.Above.InsertRange(0, TakeDeeper(next.Above, before.Column));
            }
            else if (Holds(Root, list) && Suffix.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end)
            {
                List<string> lines = [.. Suffix[(end + 1)..].Split('\n')];
                string first = Suffix[..(end + 1)];
                List<string> taken = TakeDeeper(lines, before.Column);
                item.Above.InsertRange(0, taken.Select(static line => line.TrimEnd('\r')));
                // With the last line its line break goes, too.
                Suffix = taken.Count == 0 ? Suffix : lines.Count == 0 ? "" : first + string.Join('\n', lines);
            }
        }
        list.Items.Insert(at, item);
    }

    /// <summary>The leading comments that are indented deeper than a column, with the blank lines between them; they are taken out.</summary>
    private static List<string> TakeDeeper(List<string> lines, int column)
    {
        int count = 0;
        for (int i = 0; i < lines.Count; i++)
        {
            string text = lines[i].TrimStart(' ');
            if (text.StartsWith('#') && lines[i].Length - text.Length > column)
            {
                count = i + 1;
            }
            else if (!text.AsSpan().Trim().IsEmpty)
            {
                break;
            }
        }
        List<string> taken = lines.GetRange(0, count);
        lines.RemoveRange(0, count);
        return taken;
    }

    /// <summary>The part that comes next behind a collection, however far up; null when the document ends there.</summary>
    private static EditPart? Behind(EditNode node, EditCollection wanted)
    {
        if (node is not EditCollection { IsFlow: false } block || ReferenceEquals(node, wanted))
        {
            return null;
        }
        for (int i = 0; i < block.Parts.Count; i++)
        {
            if (Holds(block.Parts[i].Value, wanted))
            {
                return Behind(block.Parts[i].Value, wanted) ?? (i + 1 < block.Parts.Count ? block.Parts[i + 1] : null);
            }
        }
        return null;
    }

    private static bool Holds(EditNode node, EditCollection wanted)
    {
        if (ReferenceEquals(node, wanted))
        {
            return true;
        }
        foreach (EditPart part in (node as EditCollection)?.Parts ?? [])
        {
            if (Holds(part.Value, wanted))
            {
                return true;
            }
        }
        return false;
    }

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
