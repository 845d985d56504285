using System.Collections.Immutable;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Navigation;

/// <summary>Finds the nodes at an offset. Goes down by binary search, so long lists cost no more than short ones.</summary>
internal static class NodeFinder
{
    /// <summary>The nodes that hold the offset, outermost first, keys as well as values; a cursor behind the last letter counts.</summary>
    public static List<YamlNode> Chain(YamlNode? root, int offset)
    {
        var chain = new List<YamlNode>();
        for (YamlNode? node = root is not null && root.Span.Touches(offset) ? root : null; node is not null; node = Child(node, offset))
        {
            chain.Add(node);
        }
        return chain;
    }

    /// <summary>The innermost node at the offset; null in blanks and comments outside of everything.</summary>
    public static YamlNode? At(YamlNode? root, int offset)
    {
        YamlNode? found = null;
        for (YamlNode? node = root is not null && root.Span.Touches(offset) ? root : null; node is not null; node = Child(node, offset))
        {
            found = node;
        }
        return found;
    }

    /// <summary>The item whose dash the offset touches; -1 when there is none.</summary>
    public static int DashAt(YamlSequence sequence, int offset)
    {
        int index = LastAtOrBefore(sequence.Dashes.Length, i => sequence.Dashes[i], offset);
        return index >= 0 && offset <= sequence.Dashes[index] + 1 ? index : -1;
    }

    private static YamlNode? Child(YamlNode node, int offset)
    {
        switch (node)
        {
            case YamlMapping mapping:
                int entry = LastAtOrBefore(mapping.Entries.Length, i => mapping.Entries[i].Key.Span.Start, offset);
                return entry < 0 ? null : Of(mapping.Entries[entry], offset) ?? (entry > 0 ? Of(mapping.Entries[entry - 1], offset) : null);
            case YamlSequence sequence:
                int item = LastAtOrBefore(sequence.Items.Length, i => sequence.Items[i].Span.Start, offset);
                return item < 0 ? null : Touched(sequence.Items[item], offset) ?? (item > 0 ? Touched(sequence.Items[item - 1], offset) : null);
            default:
                return null;
        }
    }

    private static YamlNode? Of(YamlEntry entry, int offset) =>
        entry.Key.Span.Touches(offset) ? entry.Key : Touched(entry.Value, offset);

    private static YamlNode? Touched(YamlNode node, int offset) =>
        !node.Span.IsEmpty && node.Span.Touches(offset) ? node : null;

    private static int LastAtOrBefore(int count, Func<int, int> startOf, int offset)
    {
        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (startOf(middle) <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low - 1;
    }
}
