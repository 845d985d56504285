using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>A copy of a document with a marked key at the cursor, and where the mark ended up in its tree.</summary>
internal sealed record Marking(ManifestDocument Document, YamlEntry? Entry, bool IsInText, bool Fits)
{
    /// <summary>Puts <paramref name="prefix"/> and the mark in place of the word at the cursor, at that column. Null when the tree lost the mark.</summary>
    public static Marking? At(string text, int lineStart, CursorLine cursor, string prefix, int column, string mark)
    {
        int quotes = cursor.Quote == '\0' ? 0 : 1;
        int from = lineStart + cursor.WordStart - quotes;
        int to = lineStart + cursor.WordEnd + (cursor.IsQuoteClosed ? 1 : 0);
        string head = column == cursor.WordStart ? text[..from] : text[..lineStart] + new string(' ', column);
        string blank = cursor.NeedsBlank ? " " : "";
        string colon = cursor.HasColon ? "" : ":";
        var document = new ManifestDocument(string.Concat(head, blank, prefix, string.Concat(mark, colon, text.AsSpan(to))));
        int offset = head.Length + blank.Length + prefix.Length;
        if (document.Root is not { } root)
        {
            return null;
        }
        foreach (YamlNode node in root.DescendantsAndSelf())
        {
            if (node is not YamlScalar scalar || !scalar.Value.Contains(mark, StringComparison.Ordinal))
            {
                continue;
            }
            if (scalar.Entry is { } entry && ReferenceEquals(entry.Key, scalar))
            {
                return new Marking(document, entry, IsInText: false, IsSound(document, entry, offset));
            }
            return new Marking(document, null, scalar.IsQuoted, Fits: false);
        }
        return null;
    }

    public static int ColumnOf(ManifestDocument document, int offset) => document.Lines.PositionOf(offset).Character;

    /// <summary>True when the mark's column is that of its neighbours, and no repair was needed on its line to get there.</summary>
    private static bool IsSound(ManifestDocument document, YamlEntry marked, int offset)
    {
        int line = document.Lines.LineOf(offset);
        int column = offset - document.Lines.LineStart(line);
        foreach (SyntaxError error in document.Errors)
        {
            if (error.Code is "bad-indentation" or "invalid-yaml" && document.Lines.LineOf(error.Span.Start) == line)
            {
                return false;
            }
        }
        foreach (YamlEntry other in marked.Mapping.Entries)
        {
            if (!ReferenceEquals(other, marked))
            {
                // A key behind a dash or on the line of another one says where the others belong as well as any.
                return ColumnOf(document, other.Key.Span.Start) == column && IsSoundItem(document, marked.Mapping);
            }
        }
        return IsSoundItem(document, marked.Mapping);
    }

    /// <summary>Dashes of one list stand in one column.</summary>
    private static bool IsSoundItem(ManifestDocument document, YamlMapping mapping)
    {
        if (mapping.Owner is not YamlSequence { IsFlow: false } list)
        {
            return true;
        }
        int first = ColumnOf(document, list.Dashes[0]);
        foreach (int dash in list.Dashes)
        {
            if (ColumnOf(document, dash) != first)
            {
                return false;
            }
        }
        return true;
    }
}
