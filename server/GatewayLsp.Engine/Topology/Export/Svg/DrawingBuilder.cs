namespace GatewayLsp.Engine.Topology.Export.Svg;

/// <summary>Decides what is drawn and in which column: the way of a request from left to right.</summary>
internal static class DrawingBuilder
{
    private const int ImportColumn = 6;
    private const int BackendColumn = 7;
    private const int LastColumn = 8;

    private static readonly string[] Headings =
        ["Clients", "Gateways", "Listener sets", "Listeners", "Routes", "Rules", "Service imports", "Backends", "Workloads"];

    public static Drawing Build(TopologyGraph graph)
    {
        bool hasExports = graph.Edges.Any(edge => edge.Kind == TopologyEdgeKind.Exports && graph.Node(edge.To)!.Kind == TopologyNodeKind.Service);
        var parents = graph.Edges.Where(edge => edge.Kind == TopologyEdgeKind.Attaches).Select(edge => edge.From).ToHashSet(StringComparer.Ordinal);
        // A Service of a mesh leads on to that of another cluster, as an import does.
        var leadingOn = graph.Edges.Where(edge => edge.Kind == TopologyEdgeKind.Exports).Select(edge => edge.From).ToHashSet(StringComparer.Ordinal);
        var columnOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (TopologyNode node in graph.Nodes)
        {
            // A class is told of in its Gateways' boxes.
            if (node.Kind != TopologyNodeKind.GatewayClass)
            {
                columnOf[node.Id] = node.Kind == TopologyNodeKind.Other && parents.Contains(node.Id) ? 1
                    : node.Kind == TopologyNodeKind.Service && leadingOn.Contains(node.Id) ? ImportColumn : ColumnOf(node, hasExports);
            }
        }
        int[] used = [.. columnOf.Values.Distinct().Order()];
        var drawing = new Drawing();
        foreach (int column in used)
        {
            drawing.Columns.Add([]);
            drawing.Headings.Add(HeadingOf(graph, column));
        }
        if (graph.Edges.Any(edge => columnOf.TryGetValue(edge.From, out int from) && columnOf.TryGetValue(edge.To, out int to) && from >= to) && Array.IndexOf(used, BackendColumn) < 0)
        {
            used = [.. used, BackendColumn];
            Array.Sort(used);
            drawing.Columns.Add([]);
            drawing.Headings.Insert(Array.IndexOf(used, BackendColumn), Headings[BackendColumn]);
        }
        var frames = new Dictionary<(string, string), Frame>();
        var boxes = new Dictionary<string, Box>(StringComparer.Ordinal);
        foreach (TopologyNode node in graph.Nodes)
        {
            if (columnOf.TryGetValue(node.Id, out int column))
            {
                boxes[node.Id] = Add(drawing, new Box(Array.IndexOf(used, column), FrameOf(drawing, frames, node)) { Node = node });
            }
        }
        foreach (TopologyEdge edge in graph.Edges)
        {
            if (boxes.TryGetValue(edge.From, out Box? from) && boxes.TryGetValue(edge.To, out Box? to))
            {
                // A line against the stream would cross everything: a box of its own says where the redirect leads.
                Connect(drawing, edge, from, to.Column > from.Column ? to : Note(drawing, graph, edge, from, Array.IndexOf(used, BackendColumn)));
            }
        }
        return drawing;
    }

    private static int ColumnOf(TopologyNode node, bool hasExports) => node.Kind switch
    {
        // Pods come straight to the front of a Service.
        TopologyNodeKind.Client => node.Id.StartsWith(TopologyIds.MeshClients(""), StringComparison.Ordinal) ? 1 : 0,
        TopologyNodeKind.Gateway => 1,
        TopologyNodeKind.ListenerSet => 2,
        TopologyNodeKind.Listener or TopologyNodeKind.Frontend => 3,
        TopologyNodeKind.Route => 4,
        TopologyNodeKind.Rule => 5,
        TopologyNodeKind.ServiceImport => hasExports ? ImportColumn : BackendColumn,
        TopologyNodeKind.Workload or TopologyNodeKind.Cluster => LastColumn,
        _ => BackendColumn,
    };

    private static string HeadingOf(TopologyGraph graph, int column) => column switch
    {
        1 when !graph.Nodes.Any(node => node.Kind == TopologyNodeKind.Gateway) => "Clients",
        3 when !graph.Nodes.Any(node => node.Kind == TopologyNodeKind.Listener) => "Mesh services",
        ImportColumn when !graph.Nodes.Any(node => node.Kind == TopologyNodeKind.ServiceImport) => "Services",
        LastColumn when !graph.Nodes.Any(node => node.Kind == TopologyNodeKind.Workload) => "Clusters",
        _ => Headings[column],
    };

    private static Box Add(Drawing drawing, Box box)
    {
        drawing.Columns[box.Column].Add(box);
        box.Frame.Boxes.Add(box);
        return box;
    }

    private static Frame FrameOf(Drawing drawing, Dictionary<(string, string), Frame> frames, TopologyNode node)
    {
        if (node.Namespace.Length == 0)
        {
            return Alone(drawing, node.Kind == TopologyNodeKind.Cluster ? "" : node.Cluster);
        }
        if (!frames.TryGetValue((node.Cluster, node.Namespace), out Frame? frame))
        {
            frames[(node.Cluster, node.Namespace)] = frame = new Frame(node.Cluster, node.Namespace);
            drawing.Frames.Add(frame);
        }
        return frame;
    }

    private static Frame Alone(Drawing drawing, string cluster)
    {
        var frame = new Frame(cluster, "");
        drawing.Frames.Add(frame);
        return frame;
    }

    private static Box Note(Drawing drawing, TopologyGraph graph, TopologyEdge edge, Box from, int column)
    {
        TopologyNode target = graph.Node(edge.To)!;
        string owner = target.Parent is { } parent && graph.Node(parent) is { } gateway ? gateway.Label + " / " : "";
        return Add(drawing, new Box(Math.Max(column, from.Column + 1), from.Frame) { Label = "↩ " + owner + target.Label });
    }

    /// <summary>One line for each pair of neighbouring columns, through waypoints in between.</summary>
    private static void Connect(Drawing drawing, TopologyEdge edge, Box from, Box to)
    {
        var boxes = new List<Box> { from };
        for (int column = from.Column + 1; column < to.Column; column++)
        {
            bool isInside = from.Frame.IsVisible && ReferenceEquals(from.Frame, to.Frame);
            boxes.Add(Add(drawing, new Box(column, isInside ? from.Frame : Alone(drawing, to.Frame.Cluster))));
        }
        boxes.Add(to);
        for (int i = 1; i < boxes.Count; i++)
        {
            var line = new Line(boxes[i - 1], boxes[i], edge);
            line.From.Out.Add(line);
            line.To.In.Add(line);
        }
        drawing.Edges.Add((edge, boxes));
    }
}
