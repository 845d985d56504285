namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Says what the signs mean, of those that occur.</summary>
internal static class Legend
{
    public const double Height = 34;

    private const double Sample = 30;
    private const double Gap = 24;

    public static List<(string Text, string Look)> Of(TopologyGraph graph)
    {
        var found = new List<(string, string)>();
        Add(graph.Edges.Any(edge => edge.Kind == TopologyEdgeKind.Sends && edge.Share is { } share && share.Value is > 0 and < 1), "share of the requests", "share");
        Add(graph.Edges.Any(edge => edge.Kind == TopologyEdgeKind.Mirrors), "copy of requests", "line dash");
        Add(graph.Edges.Any(edge => edge.Kind == TopologyEdgeKind.Redirects), "redirect", "line dash");
        Add(graph.Edges.Any(edge => edge.Kind == TopologyEdgeKind.Asks), "authorization", "line dash");
        bool hasMarks = false;
        foreach ((TopologyMark mark, string sign) in ((TopologyMark, string)[])[(TopologyMark.Added, "+"), (TopologyMark.Removed, "−"), (TopologyMark.Changed, "~")])
        {
            bool has = graph.Nodes.Any(node => node.Mark == mark) || graph.Edges.Any(edge => edge.Mark == mark);
            hasMarks |= has;
            Add(has, mark.ToString().ToLowerInvariant(), sign + "m-" + mark.ToString().ToLowerInvariant());
        }
        Add(graph.Nodes.Any(node => node.State == TopologyState.Error), "error", "!p-error");
        Add(graph.Nodes.Any(node => node.State == TopologyState.Warning), "warning", "!p-warning");
        Add(graph.Nodes.Any(node => node.State == TopologyState.Unknown), "not known from these files", "?p-unknown");
        return found;

        void Add(bool occurs, string text, string look)
        {
            if (occurs)
            {
                found.Add((text, look));
            }
        }
    }

    public static double WidthOf(List<(string Text, string Look)> legend) =>
        legend.Sum(item => SampleOf(item.Look) + TextWidth.Of(item.Text, Metrics.SmallSize) + Gap) + (2 * Metrics.Margin);

    public static void Draw(SvgWriter svg, List<(string Text, string Look)> legend, double top)
    {
        double x = Metrics.Margin;
        double y = top + (Height / 2);
        foreach ((string text, string look) in legend)
        {
            double sample = SampleOf(look);
            if (look == "share")
            {
                svg.Raw("<path class=\"line\" stroke-width=\"3\" d=\"M").Number(x).Raw(" ").Number(y).Raw("h11\"/><path class=\"line\" stroke-width=\"1.4\" d=\"M")
                    .Number(x + 13).Raw(" ").Number(y).Raw("h11\"/>");
            }
            else if (look.StartsWith("line", StringComparison.Ordinal))
            {
                svg.Raw("<path class=\"").Raw(look).Raw("\" stroke-width=\"1.4\" d=\"M").Number(x).Raw(" ").Number(y).Raw("h24\"/>");
            }
            else
            {
                BoxDrawer.Sign(svg, x + 7, y, look[..1], look[1..]);
            }
            svg.Text(x + sample, y + 4, "note-text", text).Raw("\n");
            x += sample + TextWidth.Of(text, Metrics.SmallSize) + Gap;
        }
    }

    private static double SampleOf(string look) => look == "share" || look.StartsWith("line", StringComparison.Ordinal) ? Sample : 20;
}
