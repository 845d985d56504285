namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>
/// Pulls parts of a frame together that no line connects: alignment keeps each of them in shape and leaves gaps between them.
/// </summary>
internal static class Compaction
{
    /// <param name="columns">The boxes of the frame by column, from the top.</param>
    public static void Run(Box[][] columns, Frame frame)
    {
        var parts = new Parts(frame.Boxes);
        foreach (Box box in frame.Boxes)
        {
            foreach (Line line in box.Out)
            {
                if (ReferenceEquals(line.To.Frame, frame))
                {
                    parts.Join(box, line.To);
                }
            }
        }
        while (JoinInterlaced(columns, parts))
        {
        }
        var bottoms = new double[columns.Length];
        Array.Fill(bottoms, double.NegativeInfinity);
        foreach (List<(Box Box, int Column)> part in InOrder(columns, parts))
        {
            double shift = part.Max(at => bottoms[at.Column] - at.Box.Y);
            // Columns where nothing stands above do not hold it, but no part rises over the frame's top.
            shift = double.IsNegativeInfinity(shift) ? -part.Min(at => at.Box.Y) : Math.Max(shift, -part.Min(at => at.Box.Y));
            foreach ((Box box, int column) in part)
            {
                box.Y += shift;
            }
            foreach ((Box box, int column) in part)
            {
                bottoms[column] = Math.Max(bottoms[column], box.Y + box.Height + Metrics.BoxGap);
            }
        }
    }

    /// <summary>Parts of which one stands both above and below another in some column move together.</summary>
    private static bool JoinInterlaced(Box[][] columns, Parts parts)
    {
        bool joined = false;
        var last = new Dictionary<Box, int>(ReferenceEqualityComparer.Instance);
        foreach (Box[] column in columns)
        {
            last.Clear();
            for (int i = 0; i < column.Length; i++)
            {
                last[parts.Of(column[i])] = i;
            }
            for (int i = 0; i < column.Length; i++)
            {
                Box part = parts.Of(column[i]);
                int end = last.GetValueOrDefault(part, i);
                for (int j = i + 1; j < end; j++)
                {
                    joined |= parts.Join(column[i], column[j]);
                }
                i = Math.Max(i, end);
            }
        }
        return joined;
    }

    /// <summary>From the top, by what stands above what.</summary>
    private static IEnumerable<List<(Box Box, int Column)>> InOrder(Box[][] columns, Parts parts)
    {
        var members = new Dictionary<Box, List<(Box, int)>>(ReferenceEqualityComparer.Instance);
        var below = new Dictionary<Box, HashSet<Box>>(ReferenceEqualityComparer.Instance);
        var waiting = new Dictionary<Box, int>(ReferenceEqualityComparer.Instance);
        for (int column = 0; column < columns.Length; column++)
        {
            for (int i = 0; i < columns[column].Length; i++)
            {
                Box part = parts.Of(columns[column][i]);
                if (!members.TryGetValue(part, out List<(Box, int)>? list))
                {
                    members[part] = list = [];
                    below[part] = new HashSet<Box>(ReferenceEqualityComparer.Instance);
                    waiting[part] = 0;
                }
                list.Add((columns[column][i], column));
            }
        }
        for (int column = 0; column < columns.Length; column++)
        {
            for (int i = 1; i < columns[column].Length; i++)
            {
                Box above = parts.Of(columns[column][i - 1]);
                Box part = parts.Of(columns[column][i]);
                if (!ReferenceEquals(above, part) && below[above].Add(part))
                {
                    waiting[part]++;
                }
            }
        }
        var open = new Queue<Box>(members.Keys.Where(part => waiting[part] == 0));
        while (open.TryDequeue(out Box? part))
        {
            yield return members[part];
            members.Remove(part);
            foreach (Box next in below[part])
            {
                if (--waiting[next] == 0)
                {
                    open.Enqueue(next);
                }
            }
        }
        // Two that stand above each other in different columns: as they are.
        foreach (List<(Box, int)> rest in members.Values)
        {
            yield return rest;
        }
    }

    /// <summary>Disjoint sets.</summary>
    private sealed class Parts(IEnumerable<Box> boxes)
    {
        private readonly Dictionary<Box, Box> _parents = boxes.ToDictionary(box => box, box => box, (IEqualityComparer<Box>)ReferenceEqualityComparer.Instance);

        public Box Of(Box box)
        {
            while (!ReferenceEquals(_parents[box], box))
            {
                _parents[box] = _parents[_parents[box]];
                box = _parents[box];
            }
            return box;
        }

        public bool Join(Box a, Box b)
        {
            Box one = Of(a);
            Box other = Of(b);
            _parents[one] = other;
            return !ReferenceEquals(one, other);
        }
    }
}
