using System.Globalization;
using System.Text;

namespace GatewayLsp.Engine.Topology.Export;

/// <summary>A graph as a Mermaid flowchart (mermaid.js.org, flowchart syntax), as GitHub, GitLab and editors draw it.</summary>
public static class MermaidExporter
{
    public static string Write(TopologyGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (TopologyNode node in graph.Nodes)
        {
            names[node.Id] = string.Create(CultureInfo.InvariantCulture, $"n{names.Count}");
        }
        int groups = 0;
        foreach (IGrouping<string, NamespaceGroup> cluster in TopologyGroups.Of(graph))
        {
            string indent = "  ";
            if (cluster.Key.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"  subgraph g{groups++}[\"cluster {Escape(cluster.Key)}\"]\n");
                indent = "    ";
            }
            foreach (NamespaceGroup group in cluster)
            {
                bool isBox = group.Namespace.Length > 0;
                if (isBox)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph g{groups++}[\"namespace {Escape(group.Namespace)}\"]\n");
                }
                foreach (TopologyNode node in group.Nodes)
                {
                    Node(text.Append(isBox ? indent + "  " : indent), names[node.Id], node);
                }
                if (isBox)
                {
                    text.Append(indent).Append("end\n");
                }
            }
            if (cluster.Key.Length > 0)
            {
                text.Append("  end\n");
            }
        }
        Edges(text, graph, names);
        Classes(text, graph, names);
        return text.ToString();
    }

    private static void Node(StringBuilder text, string name, TopologyNode node)
    {
        (string open, string close) = node.Kind switch
        {
            TopologyNodeKind.Client or TopologyNodeKind.ExternalHost => ("([", "])"),
            TopologyNodeKind.Gateway => ("{{", "}}"),
            TopologyNodeKind.Listener or TopologyNodeKind.Frontend => (">", "]"),
            TopologyNodeKind.Rule => ("(", ")"),
            TopologyNodeKind.Service or TopologyNodeKind.ServiceImport => ("[[", "]]"),
            _ => ("[", "]"),
        };
        string kind = Words.Of(node);
        string label = $"{Escape(kind)}<br/><b>{Escape(node.Label)}</b>" + (node.Detail.Length == 0 ? "" : "<br/>" + Escape(node.Detail));
        text.Append(name).Append(open).Append('"').Append(label).Append('"').Append(close).Append('\n');
    }

    private static void Edges(StringBuilder text, TopologyGraph graph, Dictionary<string, string> names)
    {
        var styles = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Edges.Length; i++)
        {
            TopologyEdge edge = graph.Edges[i];
            string arrow = EdgeText.IsDashed(edge) ? "-.->" : edge.Kind == TopologyEdgeKind.Exports ? "==>" : edge.Kind == TopologyEdgeKind.Attaches && edge.State == TopologyState.Error ? "--x" : "-->";
            string label = Escape(EdgeText.Of(edge));
            text.Append("  ").Append(names[edge.From]).Append(' ').Append(arrow);
            if (label.Length > 0)
            {
                text.Append("|\"").Append(label).Append("\"|");
            }
            text.Append(' ').Append(names[edge.To]).Append('\n');
            if (StyleOf(edge) is { } style)
            {
                if (!styles.TryGetValue(style, out List<int>? list))
                {
                    styles[style] = list = [];
                }
                list.Add(i);
            }
        }
        foreach ((string style, List<int> edges) in styles)
        {
            text.Append("  linkStyle ").AppendJoin(',', edges).Append(' ').Append(style).Append('\n');
        }
    }

    private static string? StyleOf(TopologyEdge edge) => (edge.Mark, edge.State) switch
    {
        (TopologyMark.Added, _) => "stroke:#1a7f37",
        (TopologyMark.Removed, _) => "stroke:#cf222e",
        (TopologyMark.Changed, _) => "stroke:#9a6700",
        (_, TopologyState.Error) => "stroke:#cf222e",
        (_, TopologyState.Warning) => "stroke:#9a6700",
        _ => null,
    };

    private static void Classes(StringBuilder text, TopologyGraph graph, Dictionary<string, string> names)
    {
        foreach ((string name, string style, Func<TopologyNode, bool> has) in ((string, string, Func<TopologyNode, bool>)[])
        [
            ("stateError", "stroke:#cf222e,stroke-width:2px", node => node.State == TopologyState.Error),
            ("stateWarning", "stroke:#9a6700,stroke-width:2px", node => node.State == TopologyState.Warning),
            ("stateUnknown", "stroke-dasharray:4 3", node => node.State == TopologyState.Unknown),
            ("markAdded", "fill:#dafbe1,stroke:#1a7f37,color:#1f2328", node => node.Mark == TopologyMark.Added),
            ("markRemoved", "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:4 3", node => node.Mark == TopologyMark.Removed),
            ("markChanged", "fill:#fff8c5,stroke:#9a6700,color:#1f2328", node => node.Mark == TopologyMark.Changed),
        ])
        {
            string[] nodes = [.. graph.Nodes.Where(has).Select(node => names[node.Id])];
            if (nodes.Length > 0)
            {
                text.Append("  classDef ").Append(name).Append(' ').Append(style).Append("\n  class ").AppendJoin(',', nodes).Append(' ').Append(name).Append('\n');
            }
        }
    }

    /// <summary>Inside of quotes nearly everything is text, save what Mermaid or the HTML of its labels would read.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c is '"' or '#' or '<' or '>' or '&' or '`' or '\\' or '%' or '{' or '}' or '[' or ']' or '|' or ';' or '*' or '_' or '~')
            {
                safe.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            }
            else if (!char.IsControl(c) && c is not ('\u2028' or '\u2029'))
            {
                safe.Append(c);
            }
        }
        return safe.ToString();
    }
}
