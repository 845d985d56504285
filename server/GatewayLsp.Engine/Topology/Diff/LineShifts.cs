using System.Collections.Immutable;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>
/// A line put in near the top of a file moves everything below it: told as one patch instead of one for each node.
/// </summary>
internal static class LineShifts
{
    /// <summary>For fewer than this, changes of the places are shorter.</summary>
    private const int MinMoved = 2;

    /// <summary>At most one for each file: the longest run up to its end that moved by the same number of lines.</summary>
    public static ImmutableArray<TopologyPatch.LinesShifted> Find(TopologyGraph before, TopologyGraph after)
    {
        var moves = new SortedDictionary<string, List<(int Line, int Delta)>>(StringComparer.Ordinal);
        foreach (TopologyNode node in before.Nodes)
        {
            Note(moves, node.Place, after.Node(node.Id)?.Place);
        }
        foreach (TopologyEdge edge in before.Edges)
        {
            Note(moves, edge.Place, after.Edge(edge.Id)?.Place);
        }
        var shifts = ImmutableArray.CreateBuilder<TopologyPatch.LinesShifted>();
        foreach ((string path, List<(int Line, int Delta)> of) in moves)
        {
            of.Sort();
            int delta = of[^1].Delta;
            if (delta == 0)
            {
                continue;
            }
            int first = of.Count;
            while (first > 0 && of[first - 1].Delta == delta)
            {
                first--;
            }
            // A line on which something stayed is not a moved one.
            while (first > 0 && first < of.Count && of[first].Line == of[first - 1].Line)
            {
                first++;
            }
            if (of.Count - first >= MinMoved)
            {
                shifts.Add(new TopologyPatch.LinesShifted(path, of[first].Line, delta));
            }
        }
        return shifts.DrainToImmutable();
    }

    public static TopologyPlace? Apply(TopologyPlace? place, ImmutableArray<TopologyPatch.LinesShifted> shifts)
    {
        if (place is { } at)
        {
            foreach (TopologyPatch.LinesShifted shift in shifts)
            {
                if (shift.Path == at.Path && at.Range.Start.Line >= shift.FromLine)
                {
                    return at with { Range = new LineRange(Moved(at.Range.Start, shift.Delta), Moved(at.Range.End, shift.Delta)) };
                }
            }
        }
        return place;
    }

    private static LinePosition Moved(LinePosition position, int delta) => position with { Line = position.Line + delta };

    private static void Note(SortedDictionary<string, List<(int, int)>> moves, TopologyPlace? before, TopologyPlace? after)
    {
        if (before is not { } from || after is not { } to || from.Path != to.Path)
        {
            return;
        }
        if (!moves.TryGetValue(from.Path, out List<(int, int)>? list))
        {
            moves[from.Path] = list = [];
        }
        list.Add((from.Range.Start.Line, to.Range.Start.Line - from.Range.Start.Line));
    }
}
