using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Topology.Export;

/// <summary>A graph in the DOT language of Graphviz.</summary>
public static class DotExporter
{
    public static string Write(TopologyGraph graph)
    {
        var text = new StringBuilder(
            """
            digraph topology {
              rankdir=LR
              graph [fontname="Helvetica", fontsize=11, color="#8c959f", style="rounded"]
              node [fontname="Helvetica", fontsize=11, shape=box, style="rounded,filled", fillcolor="#ffffff", color="#57606a"]
              edge [fontname="Helvetica", fontsize=10, color="#57606a", arrowsize=0.7]

            """);
        int groups = 0;
        foreach (IGrouping<string, NamespaceGroup> cluster in TopologyGroups.Of(graph))
        {
            string indent = "  ";
            if (cluster.Key.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  subgraph cluster_{groups++} {{\n    label={Quote("cluster " + cluster.Key)}\n");
                indent = "    ";
            }
            foreach (NamespaceGroup group in cluster)
            {
                bool isBox = group.Namespace.Length > 0;
                if (isBox)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{groups++} {{\n{indent}  label={Quote("namespace " + group.Namespace)}\n");
                }
                foreach (TopologyNode node in group.Nodes)
                {
                    text.Append(isBox ? indent + "  " : indent).Append(Quote(node.Id)).Append(" [").Append(Attributes(node)).Append("]\n");
                }
                if (isBox)
                {
                    text.Append(indent).Append("}\n");
                }
            }
            if (cluster.Key.Length > 0)
            {
                text.Append("  }\n");
            }
        }
        foreach (TopologyEdge edge in graph.Edges)
        {
            text.Append("  ").Append(Quote(edge.From)).Append(" -> ").Append(Quote(edge.To)).Append(" [").Append(Attributes(edge)).Append("]\n");
        }
        return text.Append("}\n").ToString();
    }

    private static string Attributes(TopologyNode node)
    {
        string label = $"{Words.Of(node)}\n{node.Label}" + (node.Detail.Length == 0 ? "" : "\n" + node.Detail);
        string shape = node.Kind switch
        {
            TopologyNodeKind.Client or TopologyNodeKind.ExternalHost => "ellipse",
            TopologyNodeKind.Gateway => "hexagon",
            TopologyNodeKind.Service or TopologyNodeKind.ServiceImport => "component",
            _ => "box",
        };
        return $"label={Quote(label)}, shape={shape}, tooltip={Quote(Words.Tell(node))}{Colors(node.Mark, node.State, isNode: true)}";
    }

    private static string Attributes(TopologyEdge edge)
    {
        string label = EdgeText.Of(edge);
        // What leads back must not turn the ranks around.
        return $"label={Quote(label)}" + (EdgeText.IsDashed(edge) ? ", style=dashed" : "") + (edge.Kind == TopologyEdgeKind.Redirects ? ", constraint=false" : "")
            + Colors(edge.Mark, edge.State, isNode: false);
    }

    private static string Colors(TopologyMark mark, TopologyState state, bool isNode) => (mark, state) switch
    {
        (TopologyMark.Added, _) => ", color=\"#1a7f37\"" + (isNode ? ", fillcolor=\"#dafbe1\"" : ""),
        (TopologyMark.Removed, _) => ", color=\"#cf222e\"" + (isNode ? ", fillcolor=\"#ffebe9\", style=\"rounded,filled,dashed\"" : ""),
        (TopologyMark.Changed, _) => ", color=\"#9a6700\"" + (isNode ? ", fillcolor=\"#fff8c5\"" : ""),
        (_, TopologyState.Error) => ", color=\"#cf222e\"" + (isNode ? ", penwidth=2" : ""),
        (_, TopologyState.Warning) => ", color=\"#9a6700\"" + (isNode ? ", penwidth=2" : ""),
        (_, TopologyState.Unknown) when isNode => ", style=\"rounded,filled,dashed\"",
        _ => "",
    };

    private static string Quote(string text)
    {
        var safe = new StringBuilder("\"", text.Length + 2);
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                safe.Append('\\').Append(c);
            }
            else if (c == '\n')
            {
                safe.Append("\\n");
            }
            else if (!char.IsControl(c))
            {
                safe.Append(c);
            }
        }
        return safe.Append('"').ToString();
    }
}
