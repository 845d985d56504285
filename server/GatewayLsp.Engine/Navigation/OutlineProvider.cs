using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Navigation;

/// <summary>textDocument/documentSymbol: one symbol an object, below it the parts that people look for. Made once per document.</summary>
internal static class OutlineProvider
{
    /// <summary>More symbols than anyone looks through, and some megabytes on the wire.</summary>
    private const int MaxItems = 20_000;

    private const int MaxDepth = 8;

    public static ImmutableArray<OutlineItem> Outline(Workspace workspace, string path, CancellationToken cancel)
    {
        if (workspace.File(path) is not { } file)
        {
            return [];
        }
        ImmutableArray<DocumentSlot> slots = file.Manifest.Documents;
        Span<int> counts = stackalloc int[MaxDepth];
        var outlines = new ImmutableArray<OutlineItem>[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            ManifestDocument document = slots[i].Document;
            outlines[i] = document.Memo.Get(typeof(OutlineProvider), () => new DocumentOutline(Of(document))).Items;
            Count(outlines[i], counts);
        }
        int depth = DepthFor(counts);
        var outline = ImmutableArray.CreateBuilder<OutlineItem>();
        for (int i = 0; i < slots.Length; i++)
        {
            foreach (OutlineItem item in outlines[i])
            {
                if (outline.Count == MaxItems)
                {
                    return outline.DrainToImmutable();
                }
                outline.Add(slots[i].StartLine == 0 && depth == MaxDepth ? item : Moved(item, slots[i], depth));
            }
        }
        return outline.DrainToImmutable();
    }

    /// <summary>How many levels there is room for: in a huge file all objects say more than all parts of some.</summary>
    private static int DepthFor(ReadOnlySpan<int> counts)
    {
        int total = 0;
        for (int depth = 0; depth < counts.Length; depth++)
        {
            total += counts[depth];
            if (total > MaxItems)
            {
                return Math.Max(1, depth);
            }
        }
        return MaxDepth;
    }

    private static void Count(ImmutableArray<OutlineItem> items, Span<int> counts)
    {
        if (items.IsEmpty || counts.IsEmpty)
        {
            return;
        }
        counts[0] += items.Length;
        foreach (OutlineItem item in items)
        {
            Count(item.Children, counts[1..]);
        }
    }

    /// <summary>The document's symbols, placed in the document.</summary>
    private static ImmutableArray<OutlineItem> Of(ManifestDocument document)
    {
        var items = ImmutableArray.CreateBuilder<OutlineItem>();
        foreach (ManifestObject one in ManifestObject.Of(document))
        {
            if (IsManifest(one))
            {
                TextSpan span = one.Node.Span;
                items.Add(new OutlineItem(
                    ObjectPlace.NameOf(one), OutlineParts.DetailOf(one), OutlineParts.KindOf(one), document.RangeOf(span),
                    document.RangeOf(ObjectPlace.HeadOf(one)), Placed(document, OutlineParts.Of(one), span)));
            }
        }
        return items.DrainToImmutable();
    }

    /// <summary>Much YAML has a <c>kind</c> or an <c>apiVersion</c> (a chart, a pipeline): an object has both, or metadata.</summary>
    private static bool IsManifest(ManifestObject one) =>
        (one.Kind.Length > 0 && one.ApiVersion.Length > 0) || one.Node.Get("metadata") is YamlMapping;

    /// <summary>Parts that stand elsewhere (behind an alias, pulled in by a repair) are left out: a child lies in its parent.</summary>
    private static ImmutableArray<OutlineItem> Placed(ManifestDocument document, ImmutableArray<OutlinePart> parts, TextSpan parent)
    {
        if (parts.IsEmpty)
        {
            return [];
        }
        var items = ImmutableArray.CreateBuilder<OutlineItem>(parts.Length);
        foreach (OutlinePart part in parts)
        {
            TextSpan span = part.Node.Entry?.Span ?? part.Node.Span;
            if (parent.Contains(span))
            {
                items.Add(new OutlineItem(
                    part.Name, part.Detail, part.Kind, document.RangeOf(span), document.RangeOf(FirstLine(document, part.Node.Span)),
                    Placed(document, part.Parts, span)));
            }
        }
        return items.DrainToImmutable();
    }

    private static TextSpan FirstLine(ManifestDocument document, TextSpan span)
    {
        int end = document.Lines.LineEnd(document.Lines.LineOf(span.Start));
        return TextSpan.FromBounds(span.Start, Math.Min(span.End, Math.Max(span.Start, end)));
    }

    private static OutlineItem Moved(OutlineItem item, DocumentSlot slot, int depth) => item with
    {
        Range = slot.ToFile(item.Range),
        Selection = slot.ToFile(item.Selection),
        Children = item.Children.IsEmpty || depth <= 1 ? [] : item.Children.Select(child => Moved(child, slot, depth - 1)).ToImmutableArray(),
    };

    private sealed record DocumentOutline(ImmutableArray<OutlineItem> Items);
}
