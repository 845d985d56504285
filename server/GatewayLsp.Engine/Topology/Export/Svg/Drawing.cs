namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>A box of the drawing, or (without a node and text) a place where a long line goes through a column. Pixels.</summary>
internal sealed class Box(int column, Frame frame)
{
    public TopologyNode? Node { get; init; }

    /// <summary>First line; of boxes that stand for no node, their whole text.</summary>
    public string Label { get; set; } = "";

    public string Detail { get; set; } = "";

    /// <summary>What is not well, in a word.</summary>
    public string Problem { get; set; } = "";

    public int Column => column;

    public Frame Frame => frame;

    /// <summary>Place in its column, from the top.</summary>
    public int Order { get; set; }

    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    public double Center => Y + (Height / 2);

    public bool IsWaypoint => Node is null && Label.Length == 0;

    public List<Line> In { get; } = [];

    public List<Line> Out { get; } = [];
}

/// <summary>A piece of an edge between boxes of neighbouring columns.</summary>
internal sealed record Line(Box From, Box To, TopologyEdge Edge);

/// <summary>A namespace as a rectangle around its boxes; without a name, a box by itself and no rectangle.</summary>
internal sealed class Frame(string cluster, string ns)
{
    public string Cluster => cluster;

    public string Namespace => ns;

    public bool IsVisible => ns.Length > 0;

    public List<Box> Boxes { get; } = [];

    /// <summary>Place among the frames, from the top.</summary>
    public double Rank { get; set; }

    /// <summary>Of its boxes, without the space around them.</summary>
    public double Y { get; set; }

    public double Height { get; set; }

    public int FirstColumn { get; set; }

    public int LastColumn { get; set; }

    public double PaddingTop => IsVisible ? Metrics.FrameTop : 0;

    public double PaddingBottom => IsVisible ? Metrics.FramePadding : 0;

    public double Top => Y - PaddingTop;

    public double Bottom => Y + Height + PaddingBottom;

    public bool SharesColumns(Frame other) => FirstColumn <= other.LastColumn && other.FirstColumn <= LastColumn;
}

/// <summary>Everything that is drawn, with its place.</summary>
internal sealed class Drawing
{
    /// <summary>From left to right.</summary>
    public List<List<Box>> Columns { get; } = [];

    public List<string> Headings { get; } = [];

    public List<Frame> Frames { get; } = [];

    /// <summary>The boxes that an edge goes through, from its source to its target.</summary>
    public List<(TopologyEdge Edge, List<Box> Boxes)> Edges { get; } = [];

    public double Width { get; set; }

    public double Height { get; set; }
}

/// <summary>Sizes of the drawing, in pixels.</summary>
internal static class Metrics
{
    public const double Margin = 28;
    public const double LabelSize = 13;
    public const double SmallSize = 11;
    public const double TinySize = 10.5;
    public const double TextPadding = 14;
    public const double MinBoxWidth = 112;
    public const double MaxBoxWidth = 264;
    public const double LineHeight = 15;
    public const double BoxPadding = 9;
    public const double BoxGap = 12;
    public const double WaypointHeight = 8;
    public const double FrameGap = 22;
    public const double FramePadding = 14;
    public const double FrameTop = 30;
    public const double MinColumnGap = 66;
    public const double MaxLabelWidth = 190;
    public const double Heading = 36;
    public const double Title = 50;
    public const double ClusterTop = 26;
    public const double ClusterPadding = 12;
    public const double ClusterGap = 30;
}
