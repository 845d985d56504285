using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Repairs;

/// <summary>What to underline: always the smallest token that is to blame.</summary>
internal static class Spans
{
    private const int MaxFlow = 80;

    /// <summary>A bad value: the scalar or short flow collection itself; for a block the key that leads to it or its first key.</summary>
    public static TextSpan OfValue(YamlNode node, ManifestDocument document)
    {
        if (node is YamlScalar { IsMissing: false } scalar)
        {
            return FirstLine(scalar.Span, document);
        }
        if (node is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } && node.Span.Length <= MaxFlow && !node.Span.IsEmpty)
        {
            return FirstLine(node.Span, document);
        }
        return OfHead(node, document);
    }

    /// <summary>A whole object or list: the key that leads to it; of a list item the first key, or the dash when there is none.</summary>
    public static TextSpan OfHead(YamlNode node, ManifestDocument document)
    {
        switch (node.Owner)
        {
            case YamlEntry entry when !ReferenceEquals(entry.Key, node):
                return entry.Key.Span;
            case YamlSequence { IsFlow: false } sequence when FirstKey(node) is null:
                int index = sequence.Items.IndexOf(node);
                return index >= 0 && index < sequence.Dashes.Length ? new TextSpan(sequence.Dashes[index], 1) : node.Span;
            default:
                return FirstKey(node) ?? FirstLine(node.Span, document);
        }
    }

    private static TextSpan? FirstKey(YamlNode node) =>
        node is YamlMapping { IsFlow: false, Entries: [var first, ..] } ? first.Key.Span : null;

    private static TextSpan FirstLine(TextSpan span, ManifestDocument document)
    {
        int end = document.Lines.LineEnd(document.Lines.LineOf(span.Start));
        return span.End > end && end > span.Start ? TextSpan.FromBounds(span.Start, end) : span;
    }
}
