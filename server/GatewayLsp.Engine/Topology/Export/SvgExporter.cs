using System.Globalization;
using GatewayLsp.Engine.Topology.Export.Svg;

namespace GatewayLsp.Engine.Topology.Export;

/// <summary>
/// A graph as a drawing (SVG 1.1 with CSS, no scripts, nothing from elsewhere): columns in the order that a request takes, a
/// rectangle for each namespace, light and dark as the viewer's system is.
/// </summary>
public static class SvgExporter
{
    private const string Name = "Traffic topology";

    public static string Write(TopologyGraph graph)
    {
        Drawing drawing = DrawingBuilder.Build(graph);
        foreach (List<Box> column in drawing.Columns)
        {
            column.ForEach(BoxDrawer.Measure);
        }
        CrossingReducer.Run(drawing);
        PlaceAssigner.Run(drawing);
        List<(string Text, string Look)> legend = Legend.Of(graph);
        string counts = Counts(graph);
        double width = Math.Ceiling(Math.Max(Math.Max(drawing.Width, Legend.WidthOf(legend)), TextWidth.Of(counts, 12) + (2 * Metrics.Margin)));
        double bottom = Math.Max(drawing.Height, Metrics.Title) + ClusterBottom(drawing) + 18;
        double height = Math.Ceiling(bottom + (legend.Count > 0 ? Legend.Height : 0) + 10);

        var svg = new SvgWriter();
        svg.Raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").Number(width).Raw("\" height=\"").Number(height).Raw("\" viewBox=\"0 0 ").Number(width).Raw(" ").Number(height)
            .Raw("\" role=\"img\" aria-labelledby=\"topology-title topology-desc\">\n<title id=\"topology-title\">").Escaped(Name).Raw("</title>\n<desc id=\"topology-desc\">")
            .Escaped(Describe(graph, counts)).Raw("</desc>\n<style>\n").Raw(SvgStyle.Css).Raw("</style>\n");
        svg.Rectangle(0, 0, width, height, 0, "page").Raw("\n");
        svg.Text(Metrics.Margin, 32, "title", Name).Text(Metrics.Margin, 50, "sub", counts).Raw("\n");
        Clusters(svg, drawing);
        foreach (Frame frame in drawing.Frames)
        {
            DrawFrame(svg, drawing, frame);
        }
        for (int i = 0; i < drawing.Columns.Count; i++)
        {
            if (drawing.Columns[i].Count > 0)
            {
                svg.Text(drawing.Columns[i][0].X, Metrics.Title + 24, "head", drawing.Headings[i].ToUpperInvariant()).Raw("\n");
            }
        }
        foreach ((TopologyEdge edge, List<Box> boxes) in drawing.Edges)
        {
            LineDrawer.Draw(svg, edge, boxes);
        }
        foreach (List<Box> column in drawing.Columns)
        {
            column.ForEach(box => BoxDrawer.Draw(svg, box));
        }
        foreach ((TopologyEdge edge, List<Box> boxes) in drawing.Edges)
        {
            LineDrawer.DrawLabel(svg, edge, boxes);
        }
        Legend.Draw(svg, legend, bottom);
        return svg.Raw("</svg>\n").ToString();
    }

    private static void DrawFrame(SvgWriter svg, Drawing drawing, Frame frame)
    {
        if (!frame.IsVisible || frame.Boxes.Count == 0)
        {
            return;
        }
        (double left, double right) = Sides(drawing, [frame]);
        string name = TextWidth.Cut("namespace " + frame.Namespace, Metrics.SmallSize, false, right - left - 16);
        svg.Rectangle(left, frame.Top, right - left, frame.Bottom - frame.Top, 10, "frame").Text(left + 12, frame.Top + 19, "frame-name", name).Raw("\n");
    }

    private static void Clusters(SvgWriter svg, Drawing drawing)
    {
        foreach (IGrouping<string, Frame> cluster in drawing.Frames.Where(frame => frame is { IsVisible: true, Cluster.Length: > 0, Boxes.Count: > 0 }).GroupBy(frame => frame.Cluster, StringComparer.Ordinal))
        {
            (double left, double right) = Sides(drawing, cluster);
            double top = cluster.Min(frame => frame.Top) - Metrics.ClusterTop;
            double bottom = cluster.Max(frame => frame.Bottom) + Metrics.ClusterPadding;
            svg.Rectangle(left - Metrics.ClusterPadding, top, right - left + (2 * Metrics.ClusterPadding), bottom - top, 14, "cluster")
                .Text(left, top + 17, "cluster-name", "cluster " + cluster.Key).Raw("\n");
        }
    }

    private static double ClusterBottom(Drawing drawing) => drawing.Frames.Exists(frame => frame is { IsVisible: true, Cluster.Length: > 0 }) ? Metrics.ClusterPadding : 0;

    private static (double Left, double Right) Sides(Drawing drawing, IEnumerable<Frame> frames)
    {
        int first = frames.Min(frame => frame.FirstColumn);
        int last = frames.Max(frame => frame.LastColumn);
        double right = drawing.Columns[last].Max(box => box.X + box.Width);
        return (drawing.Columns[first][0].X - Metrics.FramePadding, right + Metrics.FramePadding);
    }

    private static string Counts(TopologyGraph graph)
    {
        var parts = new List<string>();
        Add(graph.Nodes.Count(node => node.Kind == TopologyNodeKind.Gateway), "Gateway", "Gateways");
        Add(graph.Nodes.Count(node => node.Kind == TopologyNodeKind.Route), "route", "routes");
        Add(graph.Nodes.Count(node => node.Kind is TopologyNodeKind.Service or TopologyNodeKind.ServiceImport or TopologyNodeKind.Other), "backend", "backends");
        if (graph.Nodes.Any(node => node.Mark != TopologyMark.None) || graph.Edges.Any(edge => edge.Mark != TopologyMark.None))
        {
            Add(Marked(TopologyMark.Added), "added", "added");
            Add(Marked(TopologyMark.Removed), "removed", "removed");
            Add(Marked(TopologyMark.Changed), "changed", "changed");
        }
        Add(graph.Nodes.Count(node => node.State == TopologyState.Error), "with an error", "with errors");
        Add(graph.Nodes.Count(node => node.State == TopologyState.Warning), "with a warning", "with warnings");
        return parts.Count == 0 ? "There is no Gateway and no route." : string.Join(" · ", parts);

        int Marked(TopologyMark mark) => graph.Nodes.Count(node => node.Mark == mark) + graph.Edges.Count(edge => edge.Mark == mark);

        void Add(int count, string one, string many)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}"));
            }
        }
    }

    /// <summary>For those who hear it: the counts, then what is not well.</summary>
    private static string Describe(TopologyGraph graph, string counts)
    {
        const int Told = 20;
        IEnumerable<string> problems = graph.Nodes.Where(node => node.State is TopologyState.Error or TopologyState.Warning).Take(Told)
            .Select(node => $"{Words.Of(node)} {node.Label}: {(node.Reasons.Count > 0 ? node.Reasons[0].Message : "does not exist.")}");
        return string.Join(" ", ["From clients on the left to workloads on the right.", counts + ".", .. problems]);
    }
}
