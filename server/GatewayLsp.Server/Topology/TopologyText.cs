using GatewayLsp.Engine.Topology;
using GatewayLsp.Engine.Topology.Export;
using GatewayLsp.Server.Cli.Report;

namespace GatewayLsp.Server.Topology;

/// <summary>A graph as a drawing, or as the text of one.</summary>
internal static class TopologyText
{
    /// <param name="format"><c>mermaid</c>, <c>dot</c> or <c>svg</c>.</param>
    public static string Of(TopologyGraph graph, string format) => Printable.WellFormed(format switch
    {
        "dot" => DotExporter.Write(graph),
        "svg" => SvgExporter.Write(graph),
        _ => MermaidExporter.Write(graph),
    });
}
