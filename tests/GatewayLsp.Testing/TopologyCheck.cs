using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Topology;

namespace GatewayLsp.Testing;

/// <summary>Tells a graph in lines: nodes, then edges, each in the order of the graph.</summary>
public static class TopologyCheck
{
    public static TopologyGraph Graph(string fixture, bool isComplete = false) =>
        WorkspaceFixture.Parse(fixture, new Engine.WorkspaceSettings { IsComplete = isComplete }).Analysis.Topology();

    /// <summary><c>id "label" "detail" (state) absent CODE</c>, what is usual left out.</summary>
    public static string Line(TopologyNode node) => Join(
        node.Id, $"\"{node.Label}\"", node.Detail.Length == 0 ? "" : $"\"{node.Detail}\"", node.State == TopologyState.Ok ? "" : $"({node.State})",
        node.Presence == Presence.Present ? "" : node.Presence.ToString().ToLowerInvariant(), string.Join(' ', node.Reasons.Select(reason => reason.Code)),
        node.Mark == TopologyMark.None ? "" : $"[{node.Mark}]");

    /// <summary><c>from Kind to "label" share (state) CODE</c>.</summary>
    public static string Line(TopologyEdge edge) => Join(
        $"{edge.From} {edge.Kind} {edge.To}", edge.Label.Length == 0 ? "" : $"\"{edge.Label}\"", edge.Share?.ToString() ?? "", edge.Tls is { } tls ? $"tls:{tls}" : "",
        edge.State == TopologyState.Ok ? "" : $"({edge.State})", string.Join(' ', edge.Reasons.Select(reason => reason.Code)),
        edge.Mark == TopologyMark.None ? "" : $"[{edge.Mark}]", edge.LabelBefore is { } before ? $"was \"{before}\"" : "");

    public static string[] Nodes(TopologyGraph graph) => [.. graph.Nodes.Select(Line)];

    public static string[] Edges(TopologyGraph graph, params TopologyEdgeKind[] kinds) => [.. graph.Edges.Where(edge => kinds.Length == 0 || kinds.Contains(edge.Kind)).Select(Line)];

    private static string Join(params string[] words) => string.Join(' ', words.Where(word => word.Length > 0));
}
