namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Edges: smooth curves from column to column, a tip at the end, the label where it collides least.</summary>
internal static class LineDrawer
{
    private const double Tip = 7;
    private const double MaxSpread = 13;

    public static void Draw(SvgWriter svg, TopologyEdge edge, List<Box> boxes)
    {
        Box first = boxes[0];
        Box last = boxes[^1];
        string state = StateOf(edge);
        bool isInFrame = first.Frame.IsVisible && ReferenceEquals(first.Frame, last.Frame);
        svg.Raw(isInFrame ? "<g class=\"edge on-frame\">" : "<g class=\"edge\">");
        if (EdgeText.Tell(edge) is { Length: > 0 } told)
        {
            svg.Raw("<title>").Escaped(told).Raw("</title>");
        }
        double x = first.X + first.Width;
        double y = first.Center;
        svg.Raw("<path class=\"line").Raw(state).Raw(EdgeText.IsDashed(edge) ? " dash\"" : "\"");
        // What gets more is drawn stronger.
        svg.Raw(" stroke-width=\"").Number(edge is { Kind: TopologyEdgeKind.Sends, Share: { } share } ? 1.2 + (2 * share.Value) : 1.4).Raw("\" d=\"M").Number(x).Raw(" ").Number(y);
        for (int i = 1; i < boxes.Count; i++)
        {
            Box box = boxes[i];
            bool isLast = i == boxes.Count - 1;
            double toX = isLast ? box.X - Tip + 1 : box.X;
            double toY = isLast ? Arrival(box, edge) : box.Center;
            double bend = (toX - x) / 2;
            svg.Raw("C").Number(x + bend).Raw(" ").Number(y).Raw(" ").Number(toX - bend).Raw(" ").Number(toY).Raw(" ").Number(toX).Raw(" ").Number(toY);
            (x, y) = (toX, toY);
            if (!isLast)
            {
                x = box.X + box.Width;
                svg.Raw("H").Number(x);
            }
        }
        svg.Raw("\"/><path class=\"tip").Raw(state).Raw("\" d=\"M").Number(last.X - 1).Raw(" ").Number(y).Raw("l").Number(-Tip).Raw(" -3.6v7.2z\"/>");
        svg.Raw("</g>\n");
    }

    /// <summary>Labels come last, so that no line crosses them.</summary>
    public static void DrawLabel(SvgWriter svg, TopologyEdge edge, List<Box> boxes)
    {
        string text = TextWidth.Cut(EdgeText.Of(edge), Metrics.TinySize, false, Metrics.MaxLabelWidth);
        if (text.Length == 0)
        {
            return;
        }
        Box first = boxes[0];
        Box before = boxes[^2];
        Box last = boxes[^1];
        bool isInFrame = first.Frame.IsVisible && ReferenceEquals(first.Frame, last.Frame);
        svg.Raw(isInFrame ? "<g class=\"on-frame\">" : "<g>");
        string classes = "on-line" + Problem(edge);
        double arrival = Arrival(last, edge);
        if (last.In.Count == 1)
        {
            svg.Text(last.X - Tip - 5, arrival - 4 + Below(before, last), classes, text, "end");
        }
        else
        {
            // Where several arrive, on the line itself, which its halo interrupts.
            const double Along = 0.6;
            double left = before.X + before.Width;
            double right = last.X - Tip;
            double half = TextWidth.Of(text, Metrics.TinySize) / 2;
            double x = Math.Clamp(left + ((right - left) * Along), left + half + 4, Math.Max(left + half + 4, right - half - 4));
            double y = before.Center + ((arrival - before.Center) * HeightAt(right > left ? (x - left) / (right - left) : Along));
            svg.Text(x, y + 3.5, classes, text, "middle");
        }
        svg.Raw("</g>\n");
    }

    /// <summary>How much of its way up or down a curve has made after a part of its way to the right.</summary>
    private static double HeightAt(double across)
    {
        // Bézier with its control points at half of the way: x = 1.5 t - 1.5 t² + t³, y = 3 t² - 2 t³.
        double t = across;
        for (int i = 0; i < 4; i++)
        {
            t -= ((1.5 * t) - (1.5 * t * t) + (t * t * t) - across) / (1.5 - (3 * t) + (3 * t * t));
        }
        return t * t * (3 - (2 * t));
    }

    /// <summary>Labels are on the outside of the bend: below a line that comes down.</summary>
    private static double Below(Box from, Box at) => from.Center < at.Center - 18 ? 17 : 0;

    /// <summary>Lines that arrive at one box are spread in the order of their sources.</summary>
    private static double Arrival(Box box, TopologyEdge edge)
    {
        int count = box.In.Count;
        if (count < 2)
        {
            return box.Center;
        }
        Line[] sorted = [.. box.In.OrderBy(line => line.From.Center).ThenBy(line => line.Edge.Kind).ThenBy(line => line.Edge.Index).ThenBy(line => line.Edge.Id, StringComparer.Ordinal)];
        int place = Array.FindIndex(sorted, line => ReferenceEquals(line.Edge, edge));
        double step = Math.Min(MaxSpread, (box.Height - 12) / (count - 1));
        return box.Center + ((place - ((count - 1) / 2.0)) * step);
    }

    private static string StateOf(TopologyEdge edge) => edge.Mark != TopologyMark.None ? " " + edge.Mark.ToString().ToLowerInvariant()
        : edge.State == TopologyState.Ok ? "" : " " + Words.Of(edge.State);

    private static string Problem(TopologyEdge edge) => edge.Mark != TopologyMark.None ? " m-" + edge.Mark.ToString().ToLowerInvariant()
        : edge.State is TopologyState.Error or TopologyState.Warning ? " p-" + Words.Of(edge.State) : "";
}
