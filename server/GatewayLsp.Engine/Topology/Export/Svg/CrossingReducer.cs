namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>
/// Orders the boxes of each column so that few lines cross (K. Sugiyama and others: barycentres, in sweeps to and fro).
/// Boxes of a frame stay together, frames have the same order in all columns, and the parts of an object the order in
/// which they are written.
/// </summary>
internal static class CrossingReducer
{
    private const int Sweeps = 8;

    public static void Run(Drawing drawing)
    {
        Start(drawing);
        long best = Crossings(drawing);
        List<Box[]> kept = Take(drawing);
        for (int sweep = 0; sweep < Sweeps && best > 0; sweep++)
        {
            RankFrames(drawing);
            bool forward = sweep % 2 == 0;
            for (int i = 1; i < drawing.Columns.Count; i++)
            {
                Sort(drawing.Columns[forward ? i : drawing.Columns.Count - 1 - i], forward);
            }
            // Parts are moved by what they are parts of, never by what they lead to.
            for (int i = 1; i < drawing.Columns.Count && !forward; i++)
            {
                if (drawing.Columns[i].Exists(IsPart))
                {
                    Sort(drawing.Columns[i], forward: true);
                }
            }
            long crossings = Crossings(drawing);
            if (crossings < best)
            {
                best = crossings;
                kept = Take(drawing);
            }
        }
        for (int i = 0; i < kept.Count; i++)
        {
            drawing.Columns[i].Clear();
            drawing.Columns[i].AddRange(kept[i]);
            Number(drawing.Columns[i]);
        }
        OrderFrames(drawing);
    }

    /// <summary>In the order of a walk along the lines: trees are free of crossings at once.</summary>
    private static void Start(Drawing drawing)
    {
        var order = new Dictionary<Box, int>(ReferenceEqualityComparer.Instance);
        int frames = 0;
        var open = new Stack<Box>();
        var seenFrames = new HashSet<Frame>(ReferenceEqualityComparer.Instance);
        foreach (List<Box> column in drawing.Columns)
        {
            foreach (Box root in column)
            {
                open.Push(root);
                while (open.TryPop(out Box? box))
                {
                    if (!order.TryAdd(box, order.Count))
                    {
                        continue;
                    }
                    if (seenFrames.Add(box.Frame))
                    {
                        box.Frame.Rank = frames++;
                    }
                    for (int i = box.Out.Count - 1; i >= 0; i--)
                    {
                        open.Push(box.Out[i].To);
                    }
                }
            }
        }
        foreach (List<Box> column in drawing.Columns)
        {
            column.Sort((a, b) => a.Frame.Rank.CompareTo(b.Frame.Rank) is not 0 and var byFrame ? byFrame : order[a].CompareTo(order[b]));
            Number(column);
        }
    }

    private static void Sort(List<Box> column, bool forward)
    {
        var keys = new Dictionary<Box, double>(ReferenceEqualityComparer.Instance);
        foreach (Box box in column)
        {
            List<Line> lines = forward ? box.In : box.Out;
            double sum = 0;
            foreach (Line line in lines)
            {
                sum += forward ? line.From.Order : line.To.Order;
            }
            keys[box] = lines.Count == 0 ? box.Order : sum / lines.Count;
        }
        var sorted = column.OrderBy(box => box.Frame.Rank).ThenBy(box => keys[box]).ThenBy(box => IsPart(box) ? box.Node!.Index : 0).ThenBy(box => box.Order).ToList();
        column.Clear();
        column.AddRange(sorted);
        Number(column);
    }

    private static bool IsPart(Box box) => box.Node is { Kind: TopologyNodeKind.Listener or TopologyNodeKind.Rule };

    /// <summary>Frames by where their boxes' neighbours in other frames stand, as a part of the columns' lengths.</summary>
    private static void RankFrames(Drawing drawing)
    {
        var ranks = new Dictionary<Frame, double>(ReferenceEqualityComparer.Instance);
        foreach (Frame frame in drawing.Frames)
        {
            double sum = 0;
            int count = 0;
            foreach (Box box in frame.Boxes)
            {
                foreach (Line line in box.In)
                {
                    Add(line.From);
                }
                foreach (Line line in box.Out)
                {
                    Add(line.To);
                }
            }
            ranks[frame] = count == 0 ? Mean(drawing, frame) : sum / count;

            void Add(Box other)
            {
                if (!ReferenceEquals(other.Frame, frame))
                {
                    sum += (other.Order + 0.5) / drawing.Columns[other.Column].Count;
                    count++;
                }
            }
        }
        int rank = 0;
        foreach (Frame frame in drawing.Frames.OrderBy(frame => frame.Cluster, StringComparer.Ordinal).ThenBy(frame => ranks[frame]).ThenBy(frame => frame.Rank).ToList())
        {
            frame.Rank = rank++;
        }
    }

    /// <summary>The ranks that belong to the order that was kept.</summary>
    private static void OrderFrames(Drawing drawing)
    {
        var mean = drawing.Frames.ToDictionary(frame => frame, frame => Mean(drawing, frame));
        int rank = 0;
        foreach (Frame frame in drawing.Frames.OrderBy(frame => frame.Cluster, StringComparer.Ordinal).ThenBy(frame => mean[frame]).ThenBy(frame => frame.Rank).ToList())
        {
            frame.Rank = rank++;
        }
    }

    private static double Mean(Drawing drawing, Frame frame) => frame.Boxes.Count == 0 ? 0 : frame.Boxes.Average(box => (box.Order + 0.5) / drawing.Columns[box.Column].Count);

    private static void Number(List<Box> column)
    {
        for (int i = 0; i < column.Count; i++)
        {
            column[i].Order = i;
        }
    }

    private static List<Box[]> Take(Drawing drawing) => drawing.Columns.ConvertAll(column => column.ToArray());

    /// <summary>Pairs of lines between neighbouring columns that cross: inversions, counted with a Fenwick tree.</summary>
    private static long Crossings(Drawing drawing)
    {
        long count = 0;
        for (int i = 0; i + 1 < drawing.Columns.Count; i++)
        {
            int[] tree = new int[drawing.Columns[i + 1].Count + 1];
            int total = 0;
            foreach (Box box in drawing.Columns[i])
            {
                foreach (Line line in box.Out)
                {
                    int below = 0;
                    for (int at = line.To.Order + 1; at > 0; at -= at & -at)
                    {
                        below += tree[at];
                    }
                    count += total - below;
                }
                foreach (Line line in box.Out)
                {
                    for (int at = line.To.Order + 1; at < tree.Length; at += at & -at)
                    {
                        tree[at]++;
                    }
                    total++;
                }
            }
        }
        return count;
    }
}
