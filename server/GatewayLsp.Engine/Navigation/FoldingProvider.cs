using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/foldingRange. At most one fold begins on a line, the largest; made once per document.</summary>
internal static class FoldingProvider
{
    public static ImmutableArray<FoldingItem> Fold(Workspace workspace, string path, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        var folds = ImmutableArray.CreateBuilder<FoldingItem>();
        foreach (DocumentSlot slot in file.Manifest.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            ManifestDocument document = slot.Document;
            foreach (FoldingItem item in document.Memo.Get(typeof(FoldingProvider), () => new DocumentFolds(Of(document))).Items)
            {
                folds.Add(slot.StartLine == 0 ? item : item with { StartLine = item.StartLine + slot.StartLine, EndLine = item.EndLine + slot.StartLine });
            }
        }
        return folds.DrainToImmutable();
    }

    private static ImmutableArray<FoldingItem> Of(ManifestDocument document)
    {
        var endByStart = new SortedDictionary<int, FoldingItem>();
        if (document.Root is { Span.IsEmpty: false } root)
        {
            // A document folds at its marker, so that what it is stays in sight when it has one.
            int start = document.Text.StartsWith("---", StringComparison.Ordinal) ? 0 : root.Span.Start;
            Add(endByStart, document, start, root);
            foreach (YamlNode node in root.DescendantsAndSelf())
            {
                AddParts(endByStart, document, node);
            }
        }
        AddComments(endByStart, document);
        return [.. endByStart.Values];
    }

    private static void AddParts(SortedDictionary<int, FoldingItem> folds, ManifestDocument document, YamlNode node)
    {
        if (node is YamlMapping mapping)
        {
            foreach (YamlEntry entry in mapping.Entries)
            {
                Add(folds, document, entry.Key.Span.Start, entry.Value);
            }
        }
        else if (node is YamlSequence sequence)
        {
            for (int i = 0; i < sequence.Items.Length; i++)
            {
                Add(folds, document, sequence.IsFlow ? sequence.Items[i].Span.Start : sequence.Dashes[i], sequence.Items[i]);
            }
        }
    }

    private static void Add(SortedDictionary<int, FoldingItem> folds, ManifestDocument document, int start, YamlNode until)
    {
        int first = document.Lines.LineOf(start);
        int last = document.Lines.LineOf(Math.Max(start, until.Span.End - 1));
        // A closing bracket alone on its line stays in sight.
        if (until is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } && document.Lines.Line(last).Trim() is "]" or "}" or "]," or "},")
        {
            last--;
        }
        if (last > first && (!folds.TryGetValue(first, out FoldingItem? known) || known.EndLine < last))
        {
            folds[first] = new FoldingItem(first, last, IsComment: false);
        }
    }

    /// <summary>Comments on lines of their own, two and more in a row.</summary>
    private static void AddComments(SortedDictionary<int, FoldingItem> folds, ManifestDocument document)
    {
        int first = -1;
        int last = -2;
        foreach (TextSpan comment in document.Comments)
        {
            int line = document.Lines.LineOf(comment.Start);
            if (!document.Text.AsSpan(document.Lines.LineStart(line), comment.Start - document.Lines.LineStart(line)).IsWhiteSpace())
            {
                continue;
            }
            if (line != last + 1)
            {
                AddComment(folds, first, last);
                first = line;
            }
            last = line;
        }
        AddComment(folds, first, last);
    }

    private static void AddComment(SortedDictionary<int, FoldingItem> folds, int first, int last)
    {
        if (first >= 0 && last > first)
        {
            folds.TryAdd(first, new FoldingItem(first, last, IsComment: true));
        }
    }

    private sealed record DocumentFolds(ImmutableArray<FoldingItem> Items);
}
