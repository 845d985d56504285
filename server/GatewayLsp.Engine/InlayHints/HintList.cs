using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.InlayHints;

/// <summary>Gathers the hints of one document that lie in the lines asked for.</summary>
internal sealed class HintList(DocumentSlot slot, LineRange range, ImmutableArray<InlayHintItem>.Builder hints)
{
    public ManifestDocument Document => slot.Document;

    /// <summary>False for what lies wholly outside of the lines asked for.</summary>
    public bool IsWanted(TextSpan span) => slot.RangeOf(span).Overlaps(range);

    public void Add(int offset, string label, string? tooltip)
    {
        LinePosition position = slot.ToFile(Document.Lines.PositionOf(offset));
        if (range.Contains(position))
        {
            hints.Add(new InlayHintItem(position, label, tooltip));
        }
    }

    /// <summary>True when template expressions stand in the text of the node: parts of it may come and go.</summary>
    public bool IsTemplated(YamlNode node) =>
        Document.IsTemplate && Placeholders.IsIn(Document.Text.AsSpan(node.Span.Start, node.Span.Length));
}
