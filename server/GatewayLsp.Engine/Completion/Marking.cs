using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Completion;

/// <summary>A copy of a document with a marked key at the cursor, and where the mark ended up in its tree.</summary>
/// <param name="Entry">The marked entry; null when the mark became something else.</param>
/// <param name="IsInText">The mark is part of a block scalar or a quoted text.</param>
/// <param name="Fits">The tree took the mark where it was put, and nothing around it broke.</param>
internal sealed record Marking(ManifestDocument Document, YamlEntry? Entry, bool IsInText, bool Fits)
{
    public static int ColumnOf(ManifestDocument document, int offset) => document.Lines.PositionOf(offset).Character;

    /// <summary>Looks the mark up in a copy in which it was put at that offset.</summary>
    /// <param name="tolerated">Errors that the document has without the line at the cursor.</param>
    public static Marking? Find(ManifestDocument copy, string mark, int offset, Func<int> tolerated)
    {
        foreach (YamlNode node in copy.Root?.DescendantsAndSelf() ?? [])
        {
            if (node is not YamlScalar scalar || !scalar.Value.Contains(mark, StringComparison.Ordinal))
            {
                continue;
            }
            return scalar.Entry is { } entry && ReferenceEquals(entry.Key, scalar)
                ? new Marking(copy, entry, IsInText: false, IsSound(copy, entry, offset, tolerated))
                : new Marking(copy, null, scalar.IsQuoted, Fits: false);
        }
        return null;
    }

    private static bool IsSound(ManifestDocument copy, YamlEntry marked, int offset, Func<int> tolerated)
    {
        int column = ColumnOf(copy, offset);
        foreach (YamlEntry other in marked.Mapping.Entries)
        {
            if (!ReferenceEquals(other, marked) && ColumnOf(copy, other.Key.Span.Start) != column)
            {
                return false;
            }
        }
        return HaveOneColumn(copy, marked.Mapping.Owner as YamlSequence)
            && HaveOneColumn(copy, marked.Value as YamlSequence)
            && (copy.Errors.IsEmpty || copy.Errors.Length <= tolerated());
    }

    private static bool HaveOneColumn(ManifestDocument copy, YamlSequence? list)
    {
        if (list is null or { IsFlow: true })
        {
            return true;
        }
        int first = ColumnOf(copy, list.Dashes[0]);
        foreach (int dash in list.Dashes)
        {
            if (ColumnOf(copy, dash) != first)
            {
                return false;
            }
        }
        return true;
    }
}
