using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Boxes: what stands in them, how large that makes them, and how they look.</summary>
internal static class BoxDrawer
{
    private const double Bar = 4;
    private const double SignRadius = 7;

    /// <summary>Fills in the texts and sizes.</summary>
    public static void Measure(Box box)
    {
        if (box.IsWaypoint)
        {
            box.Height = Metrics.WaypointHeight;
            return;
        }
        if (box.Node is not { } node)
        {
            box.Label = TextWidth.Cut(box.Label, Metrics.SmallSize, false, Metrics.MaxBoxWidth);
            box.Width = TextWidth.Of(box.Label, Metrics.SmallSize) + 22;
            box.Height = 24;
            return;
        }
        const double Room = Metrics.MaxBoxWidth - Metrics.TextPadding - 12;
        double sign = SignOf(node) is null ? 0 : (2 * SignRadius) + 4;
        string kind = node.Kind switch
        {
            TopologyNodeKind.Route when node.Object is { Kind: not "HTTPRoute" } key => key.Kind,
            TopologyNodeKind.ServiceImport or TopologyNodeKind.Frontend => Words.Of(node),
            _ => "",
        };
        string detail = kind.Length == 0 ? node.Detail : node.Detail.Length == 0 ? kind : $"{kind} · {node.Detail}";
        box.Label = TextWidth.Cut(node.Label, Metrics.LabelSize, true, Room - sign);
        box.Detail = TextWidth.Cut(detail, Metrics.SmallSize, false, Room);
        box.Problem = TextWidth.Cut(ProblemOf(node), Metrics.SmallSize, true, Room);
        double text = Math.Max(TextWidth.Of(box.Label, Metrics.LabelSize, true) + sign, Math.Max(TextWidth.Of(box.Detail, Metrics.SmallSize), TextWidth.Of(box.Problem, Metrics.SmallSize, true)));
        box.Width = Math.Clamp(Math.Ceiling(text) + Metrics.TextPadding + 12, Metrics.MinBoxWidth, Metrics.MaxBoxWidth);
        int lines = 1 + (box.Detail.Length > 0 ? 1 : 0) + (box.Problem.Length > 0 ? 1 : 0);
        box.Height = (2 * Metrics.BoxPadding) + (lines * Metrics.LineHeight);
    }

    public static void Draw(SvgWriter svg, Box box)
    {
        if (box.IsWaypoint)
        {
            return;
        }
        if (box.Node is not { } node)
        {
            svg.Raw("<g class=\"node\">").Rectangle(box.X, box.Y, box.Width, box.Height, box.Height / 2, "note")
                .Text(box.X + 11, box.Center + 4, "note-text", box.Label).Raw("</g>\n");
            return;
        }
        svg.Raw("<g class=\"node").Raw(ClassesOf(node)).Raw("\"><title>").Escaped(Words.Tell(node)).Raw("</title>");
        svg.Rectangle(box.X, box.Y, box.Width, box.Height, 6, "box");
        svg.Rectangle(box.X + 5, box.Y + 6, Bar, box.Height - 12, 2, "k-" + node.Kind.ToString().ToLowerInvariant());
        double x = box.X + Metrics.TextPadding + 2;
        double y = box.Y + Metrics.BoxPadding + 11.5;
        svg.Text(x, y, "label", box.Label);
        if (box.Detail.Length > 0)
        {
            svg.Text(x, y += Metrics.LineHeight, "detail", box.Detail);
        }
        if (box.Problem.Length > 0)
        {
            svg.Text(x, y + Metrics.LineHeight, "problem", box.Problem);
        }
        if (SignOf(node) is var (sign, classes))
        {
            Sign(svg, box.X + box.Width - SignRadius - 6, box.Y + SignRadius + 6, sign, classes);
        }
        svg.Raw("</g>\n");
    }

    public static void Sign(SvgWriter svg, double x, double y, string sign, string classes) =>
        svg.Circle(x, y, SignRadius, classes).Text(x, y + 3.6, "sign", sign);

    private static (string Sign, string Classes)? SignOf(TopologyNode node) => (node.Mark, node.State) switch
    {
        (TopologyMark.Added, _) => ("+", "m-added"),
        (TopologyMark.Removed, _) => ("−", "m-removed"),
        (TopologyMark.Changed, _) => ("~", "m-changed"),
        (_, TopologyState.Error) => ("!", "p-error"),
        (_, TopologyState.Warning) => ("!", "p-warning"),
        (_, TopologyState.Unknown) => ("?", "p-unknown"),
        _ => null,
    };

    private static string ProblemOf(TopologyNode node) => node switch
    {
        { Presence: Presence.Absent } => "does not exist",
        { Presence: Presence.Unknown } => "not in these files",
        { Reasons: { Count: > 0 } reasons } => reasons[0].Code,
        _ => "",
    };

    private static string ClassesOf(TopologyNode node) =>
        (node.State == TopologyState.Ok ? "" : " " + Words.Of(node.State)) + (node.Presence == Presence.Present ? "" : " ghost")
        + (node.Mark == TopologyMark.None ? "" : " " + node.Mark.ToString().ToLowerInvariant());
}
