using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>How a document is indented, so that what is put in looks like what is there.</summary>
/// <param name="Step">Blanks by which a mapping stands deeper than its key.</param>
/// <param name="ListStep">Blanks by which dashes stand deeper than their key; 0 in most Kubernetes manifests.</param>
internal readonly record struct DocumentStyle(int Step, int ListStep)
{
    private const int Widest = 8;

    public static readonly DocumentStyle Usual = new(2, 0);

    /// <summary>Goes by the first mapping and the first list, in block style, that stand below a key.</summary>
    public static DocumentStyle Of(ManifestDocument document)
    {
        int step = 0;
        int listStep = -1;
        foreach (YamlNode node in document.Root?.DescendantsAndSelf() ?? [])
        {
            if (node.Entry is not { } entry || ReferenceEquals(entry.Key, node))
            {
                continue;
            }
            int key = Marking.ColumnOf(document, entry.Key.Span.Start);
            if (step == 0 && node is YamlMapping { IsFlow: false, Entries.Length: > 0 } mapping)
            {
                step = Marking.ColumnOf(document, mapping.Entries[0].Key.Span.Start) - key;
            }
            else if (listStep < 0 && node is YamlSequence { IsFlow: false, Dashes.Length: > 0 } list)
            {
                listStep = Marking.ColumnOf(document, list.Dashes[0]) - key;
            }
            if (step > 0 && listStep >= 0)
            {
                break;
            }
        }
        return new DocumentStyle(step is > 0 and <= Widest ? step : Usual.Step, listStep is >= 0 and <= Widest ? listStep : Usual.ListStep);
    }

    /// <summary>Indents every line, blank ones apart.</summary>
    public static string Indent(string text, int by) =>
        by == 0 ? text : new string(' ', by) + text.Replace("\n", "\n" + new string(' ', by), StringComparison.Ordinal);

    /// <summary>Text written with lists at their keys' column, in this style.</summary>
    public string Restyle(string text)
    {
        if (ListStep == 0 || !text.Contains("- ", StringComparison.Ordinal))
        {
            return text;
        }
        string[] lines = text.Split('\n');
        var lists = new Stack<int>();
        int above = -1;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            int column = line.Length - line.TrimStart(' ').Length;
            bool dash = line.AsSpan(column).StartsWith("- ");
            while (lists.TryPeek(out int open) && (column < open || (column == open && !dash)))
            {
                lists.Pop();
            }
            if (dash && column == above && (lists.Count == 0 || lists.Peek() != column))
            {
                lists.Push(column);
            }
            lines[i] = new string(' ', lists.Count * ListStep) + line;
            int key = column;
            while (line.AsSpan(key).StartsWith("- "))
            {
                key += 2;
            }
            above = line.EndsWith(':') ? key : -1;
        }
        return string.Join('\n', lines);
    }
}
