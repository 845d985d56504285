namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Gives everything its place: boxes within their frame as near to their neighbours as the order allows, then the frames.</summary>
internal static class PlaceAssigner
{
    private const int Rounds = 10;

    public static void Run(Drawing drawing)
    {
        Widths(drawing);
        foreach (Frame frame in drawing.Frames)
        {
            if (frame.Boxes.Count > 0)
            {
                Inside(frame);
            }
        }
        Frames(drawing);
        drawing.Height = drawing.Frames.Where(frame => frame.Boxes.Count > 0).Select(frame => frame.Bottom).DefaultIfEmpty(0).Max();
    }

    private static void Widths(Drawing drawing)
    {
        double x = Metrics.Margin;
        foreach (List<Box> column in drawing.Columns)
        {
            double width = column.Select(box => box.Width).DefaultIfEmpty(0).Max();
            double label = 0;
            foreach (Box box in column)
            {
                box.X = x;
                box.Width = box.Label.StartsWith('↩') ? box.Width : width;
                foreach (Line line in box.Out)
                {
                    label = Math.Max(label, Math.Min(Metrics.MaxLabelWidth, TextWidth.Of(EdgeText.Of(line.Edge), Metrics.TinySize)));
                }
            }
            x += width + Math.Max(Metrics.MinColumnGap, label == 0 ? 0 : label + 44);
            drawing.Width = column.Select(box => box.X + box.Width).DefaultIfEmpty(0).Max() + Metrics.Margin;
        }
    }

    private static void Inside(Frame frame)
    {
        frame.FirstColumn = frame.Boxes.Min(box => box.Column);
        frame.LastColumn = frame.Boxes.Max(box => box.Column);
        Box[][] columns = [.. frame.Boxes.GroupBy(box => box.Column).OrderBy(group => group.Key).Select(group => group.OrderBy(box => box.Order).ToArray())];
        foreach (Box[] column in columns)
        {
            double y = 0;
            foreach (Box box in column)
            {
                box.Y = y;
                y += box.Height + Metrics.BoxGap;
            }
        }
        for (int round = 0; round < Rounds && columns.Length > 1; round++)
        {
            for (int i = 1; i < columns.Length; i++)
            {
                Align(columns[i], frame, toLeft: true);
            }
            for (int i = columns.Length - 2; i >= 0; i--)
            {
                Align(columns[i], frame, toLeft: false);
            }
        }
        Compaction.Run(columns, frame);
        double top = frame.Boxes.Min(box => box.Y);
        foreach (Box box in frame.Boxes)
        {
            box.Y = Math.Round(box.Y - top);
        }
        frame.Height = frame.Boxes.Max(box => box.Y + box.Height);
    }

    /// <summary>
    /// Each box wants to be level with its neighbours. The nearest places to that which keep order and distance: isotonic
    /// regression by pooling adjacent violators.
    /// </summary>
    private static void Align(Box[] column, Frame frame, bool toLeft)
    {
        const double Indifferent = 0.01;
        int count = column.Length;
        var value = new double[count];
        var weight = new double[count];
        var size = new int[count];
        var offset = new double[count];
        int pools = 0;
        double distance = 0;
        for (int i = 0; i < count; i++)
        {
            Box box = column[i];
            offset[i] = distance;
            distance += box.Height + Metrics.BoxGap;
            double sum = 0;
            int lines = 0;
            foreach (Line line in toLeft ? box.In : box.Out)
            {
                Box other = toLeft ? line.From : line.To;
                if (ReferenceEquals(other.Frame, frame))
                {
                    sum += other.Center;
                    lines++;
                }
            }
            double wish = (lines == 0 ? box.Y : (sum / lines) - (box.Height / 2)) - offset[i];
            value[pools] = wish;
            weight[pools] = lines == 0 ? Indifferent : 1;
            size[pools] = 1;
            pools++;
            while (pools > 1 && value[pools - 2] > value[pools - 1])
            {
                double both = weight[pools - 2] + weight[pools - 1];
                value[pools - 2] = ((value[pools - 2] * weight[pools - 2]) + (value[pools - 1] * weight[pools - 1])) / both;
                weight[pools - 2] = both;
                size[pools - 2] += size[pools - 1];
                pools--;
            }
        }
        int at = 0;
        for (int pool = 0; pool < pools; pool++)
        {
            for (int i = 0; i < size[pool]; i++, at++)
            {
                column[at].Y = value[pool] + offset[at];
            }
        }
    }

    /// <summary>Frames from the top in their order, then each moved towards its neighbours as far as the others leave room. Clusters one below the other.</summary>
    private static void Frames(Drawing drawing)
    {
        Frame[] frames = [.. drawing.Frames.Where(frame => frame.Boxes.Count > 0).OrderBy(frame => frame.Rank)];
        string[] clusters = [.. frames.Select(frame => frame.Cluster).Distinct(StringComparer.Ordinal)];
        double start = Metrics.Title + Metrics.Heading;
        foreach (string cluster in clusters)
        {
            Frame[] of = Array.FindAll(frames, frame => frame.Cluster == cluster);
            double top = start + (cluster.Length > 0 ? Metrics.ClusterTop : 0);
            foreach (Frame frame in of)
            {
                double y = top;
                foreach (Frame above in of)
                {
                    if (ReferenceEquals(above, frame))
                    {
                        break;
                    }
                    y = above.SharesColumns(frame) ? Math.Max(y, above.Bottom + GapBetween(above, frame)) : y;
                }
                MoveTo(frame, y + frame.PaddingTop);
            }
            double bottom = of.Max(frame => frame.Bottom);
            for (int round = 0; round < Rounds; round++)
            {
                for (int i = of.Length - 1; i >= 0; i--)
                {
                    Level(of, i, top, bottom);
                }
                for (int i = 0; i < of.Length; i++)
                {
                    Level(of, i, top, bottom);
                }
            }
            start = of.Max(frame => frame.Bottom) + (cluster.Length > 0 ? Metrics.ClusterPadding : 0) + Metrics.ClusterGap;
        }
    }

    /// <summary>Moves a frame so that its lines to others are as level as the frames above and below allow.</summary>
    private static void Level(Frame[] frames, int index, double top, double bottom)
    {
        Frame frame = frames[index];
        double sum = 0;
        int count = 0;
        foreach (Box box in frame.Boxes)
        {
            foreach (Line line in box.In)
            {
                sum += ReferenceEquals(line.From.Frame, frame) ? 0 : line.From.Center - box.Center;
                count += ReferenceEquals(line.From.Frame, frame) ? 0 : 1;
            }
            foreach (Line line in box.Out)
            {
                sum += ReferenceEquals(line.To.Frame, frame) ? 0 : line.To.Center - box.Center;
                count += ReferenceEquals(line.To.Frame, frame) ? 0 : 1;
            }
        }
        if (count == 0)
        {
            return;
        }
        double least = top + frame.PaddingTop;
        double most = bottom - frame.PaddingBottom - frame.Height;
        for (int i = 0; i < frames.Length; i++)
        {
            if (i < index && frames[i].SharesColumns(frame))
            {
                least = Math.Max(least, frames[i].Bottom + GapBetween(frames[i], frame) + frame.PaddingTop);
            }
            else if (i > index && frames[i].SharesColumns(frame))
            {
                most = Math.Min(most, frames[i].Top - GapBetween(frame, frames[i]) - frame.PaddingBottom - frame.Height);
            }
        }
        if (most >= least)
        {
            MoveTo(frame, Math.Round(Math.Clamp(frame.Y + (sum / count), least, most)));
        }
    }

    private static void MoveTo(Frame frame, double y)
    {
        double delta = y - frame.Y;
        if (delta != 0)
        {
            frame.Y = y;
            foreach (Box box in frame.Boxes)
            {
                box.Y += delta;
            }
        }
    }

    private static double GapBetween(Frame above, Frame below) => above.IsVisible || below.IsVisible ? Metrics.FrameGap : Metrics.BoxGap;
}
