using System.Collections.Immutable;
using GatewayLsp.Engine.Navigation;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Tests.Navigation;

/// <summary>What editors demand of trees and ranges; they drop answers, or the whole extension, otherwise.</summary>
internal static class StructureInvariants
{
    public static void Hold(ImmutableArray<OutlineItem> items, LineRange? parent = null)
    {
        foreach (OutlineItem item in items)
        {
            Assert.False(string.IsNullOrWhiteSpace(item.Name));
            Assert.True(item.Range.Start <= item.Range.End);
            Assert.True(item.Range.Contains(item.Selection.Start) && item.Range.Contains(item.Selection.End), $"selection of {item.Name}");
            Assert.True(parent is not { } outer || (outer.Contains(item.Range.Start) && outer.Contains(item.Range.End)), $"{item.Name} outside of its parent");
            Hold(item.Children, item.Range);
        }
    }

    public static void Hold(ImmutableArray<LineRange> ranges, LinePosition position)
    {
        Assert.NotEmpty(ranges);
        Assert.True(ranges[0].Contains(position));
        for (int i = 1; i < ranges.Length; i++)
        {
            Assert.NotEqual(ranges[i - 1], ranges[i]);
            Assert.True(ranges[i].Contains(ranges[i - 1].Start) && ranges[i].Contains(ranges[i - 1].End), $"range {i} does not hold the one before");
        }
    }

    public static void Hold(ImmutableArray<FoldingItem> folds, int lines)
    {
        int last = -1;
        foreach (FoldingItem fold in folds)
        {
            Assert.True(fold.StartLine > last, "two folds on a line");
            Assert.True(fold.EndLine > fold.StartLine && fold.EndLine < lines);
            last = fold.StartLine;
        }
    }
}
