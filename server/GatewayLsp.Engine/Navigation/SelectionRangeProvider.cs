using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/selectionRange: from the word outwards to the whole document, each range holding the one before.</summary>
internal static class SelectionRangeProvider
{
    public static ImmutableArray<LineRange> Ranges(Workspace workspace, string path, LinePosition position)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        DocumentSlot slot = file.Manifest.At(position);
        ManifestDocument document = slot.Document;
        int offset = slot.OffsetOf(position);
        var spans = new List<TextSpan>();
        AddComment(spans, document, offset);
        AddNodes(spans, document, offset);
        Add(spans, new TextSpan(0, document.Text.Length));
        var ranges = ImmutableArray.CreateBuilder<LineRange>(spans.Count + 1);
        foreach (TextSpan span in spans)
        {
            ranges.Add(slot.RangeOf(span));
        }
        DocumentSlot last = file.Manifest.Documents[^1];
        var whole = new LineRange(new LinePosition(0, 0), last.RangeOf(new TextSpan(last.Document.Text.Length, 0)).End);
        if (ranges[^1] != whole)
        {
            ranges.Add(whole);
        }
        return ranges.DrainToImmutable();
    }

    /// <summary>The comment's text, the comment, and the block of comments that it is a line of.</summary>
    private static void AddComment(List<TextSpan> spans, ManifestDocument document, int offset)
    {
        ImmutableArray<TextSpan> comments = document.Comments;
        for (int i = 0; i < comments.Length; i++)
        {
            if (!comments[i].Touches(offset))
            {
                continue;
            }
            AddWord(spans, document.Text, comments[i], offset);
            int text = comments[i].Start;
            while (text < comments[i].End && document.Text[text] is '#' or ' ')
            {
                text++;
            }
            Add(spans, offset >= text ? TextSpan.FromBounds(text, comments[i].End) : new TextSpan(offset, 0));
            Add(spans, comments[i]);
            int first = i;
            int last = i;
            while (first > 0 && document.Lines.LineOf(comments[first - 1].Start) == document.Lines.LineOf(comments[first].Start) - 1)
            {
                first--;
            }
            while (last + 1 < comments.Length && document.Lines.LineOf(comments[last + 1].Start) == document.Lines.LineOf(comments[last].Start) + 1)
            {
                last++;
            }
            Add(spans, TextSpan.FromBounds(comments[first].Start, comments[last].End));
            return;
        }
    }

    private static void AddNodes(List<TextSpan> spans, ManifestDocument document, int offset)
    {
        List<YamlNode> chain = NodeFinder.Chain(document.Root, offset);
        for (int i = chain.Count - 1; i >= 0; i--)
        {
            YamlNode node = chain[i];
            if (node is YamlScalar scalar)
            {
                AddScalar(spans, document.Text, scalar, offset);
            }
            else if (node is YamlMapping mapping)
            {
                foreach (YamlEntry entry in mapping.Entries)
                {
                    if (entry.Span.Touches(offset))
                    {
                        Add(spans, entry.Span);
                    }
                }
            }
            Add(spans, node.Span);
            if (node.Owner is YamlSequence { IsFlow: false } list)
            {
                Add(spans, TextSpan.FromBounds(list.Dashes[node.ItemIndex()], node.Span.End));
            }
        }
    }

    private static void AddScalar(List<TextSpan> spans, string text, YamlScalar scalar, int offset)
    {
        if (scalar.Span.IsEmpty)
        {
            return;
        }
        AddWord(spans, text, scalar.Span, offset);
        TextSpan inner = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && scalar.Span.Length >= 2
            ? new TextSpan(scalar.Span.Start + 1, scalar.Span.Length - 2)
            : scalar.Span;
        if (inner.Touches(offset))
        {
            Add(spans, inner);
        }
    }

    private static void AddWord(List<TextSpan> spans, string text, TextSpan within, int offset)
    {
        int start = offset;
        int end = offset;
        while (start > within.Start && IsWord(text[start - 1]))
        {
            start--;
        }
        while (end < within.End && IsWord(text[end]))
        {
            end++;
        }
        if (end > start)
        {
            Add(spans, TextSpan.FromBounds(start, end));
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>Only what holds the range before and is larger gets in.</summary>
    private static void Add(List<TextSpan> spans, TextSpan span)
    {
        if (spans.Count == 0 || (span != spans[^1] && span.Contains(spans[^1])))
        {
            spans.Add(span);
        }
    }
}
