using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>
/// Finds the cursor's place in a document's structure, in whatever state the line at the cursor is: a mark replaces the
/// word being typed, the copy is parsed (tolerantly), and the mark is looked for in the tree. Only that document is read.
/// </summary>
internal static class PlaceFinder
{
    /// <summary>A name that no manifest has.</summary>
    private const string Mark = "gatewayLspCursorMark";

    public static CursorPlace? Find(ManifestDocument document, int offset)
    {
        int line = document.Lines.LineOf(offset);
        int start = document.Lines.LineStart(line);
        CursorLine cursor = CursorLine.Read(document.Lines.Line(line), offset - start);
        if (cursor.Slot == CursorSlot.Flow || IsInFlow(document, offset, start))
        {
            return FlowPlace.Find(document.Text, start, offset, Mark);
        }
        return cursor.Slot switch
        {
            CursorSlot.Key => BlockPlace.Find(document, line, cursor, Mark),
            CursorSlot.Value => BlockPlace.FindValue(document.Text, start, cursor),
            _ => null,
        };
    }

    /// <summary>Another reading of a place whose content below fits nothing that could be put in: a neighbour of that content.</summary>
    public static CursorPlace? FindBeside(ManifestDocument document, int offset, CursorLine cursor) =>
        BlockPlace.FindBeside(document, document.Lines.LineOf(offset), cursor, Mark);

    /// <summary>A key's place read as that of one more item of the list around it.</summary>
    public static CursorPlace? FindItem(ManifestDocument document, int offset, CursorLine cursor) =>
        BlockPlace.FindItem(document, document.Lines.LineOf(offset), cursor, Mark);

    /// <summary>A collection in braces that opened on an earlier line goes by its own rules.</summary>
    private static bool IsInFlow(ManifestDocument document, int offset, int lineStart)
    {
        if (document.Text.AsSpan(0, lineStart).IndexOfAny('{', '[') < 0 || document.Root is not { } root)
        {
            return false;
        }
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true }
                && node.Span.Start < lineStart && node.Span.Start < offset && offset < node.Span.End)
            {
                return true;
            }
        }
        return false;
    }
}
