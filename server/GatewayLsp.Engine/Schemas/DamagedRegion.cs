using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Schemas;

/// <summary>
/// Where a collection might have gone on, had a syntax error not cut it short: up to the next thing that stands outside of it.
/// In there nothing can be called missing.
/// </summary>
internal static class DamagedRegion
{
    public static bool Holds(ManifestDocument document, YamlNode node)
    {
        TextSpan region = TextSpan.FromBounds(node.Span.Start, End(document, node));
        return document.IsDamaged(region);
    }

    private static int End(ManifestDocument document, YamlNode node)
    {
        for (YamlNode? at = node; at is not null; at = at.Parent)
        {
            switch (at.Owner)
            {
                case YamlEntry entry:
                    int index = entry.Mapping.Entries.IndexOf(entry);
                    if (index + 1 < entry.Mapping.Entries.Length)
                    {
                        return entry.Mapping.Entries[index + 1].Key.Span.Start - 1;
                    }
                    break;
                case YamlSequence sequence:
                    int item = sequence.Items.IndexOf(at);
                    if (item + 1 < sequence.Items.Length)
                    {
                        return sequence.Items[item + 1].Span.Start - 1;
                    }
                    break;
            }
        }
        return document.Text.Length;
    }
}
