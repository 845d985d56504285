using System.Globalization;

namespace GatewayLsp.Engine.Topology.Diff;

/// <summary>
/// Rules without a name are known by their place, so that one put in ahead gives all others the name of their neighbour.
/// For a comparison the earlier graph's rules take the identifiers of the rules that they have become.
/// </summary>
internal static class RuleAlignment
{
    public static TopologyGraph Run(TopologyGraph before, TopologyGraph after)
    {
        ILookup<string, TopologyNode> later = Unnamed(after);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string, TopologyNode> rules in Unnamed(before))
        {
            Align([.. rules], [.. later[rules.Key]], names);
        }
        if (names.All(name => name.Key == name.Value))
        {
            return before;
        }
        foreach (TopologyNode node in before.Nodes)
        {
            // A backend that is known to its rule alone.
            int end = node.Id.LastIndexOf('#');
            if (end > 0 && names.TryGetValue(node.Id[..end], out string? rule))
            {
                names.TryAdd(node.Id, rule + node.Id[end..]);
            }
        }
        return TopologyGraph.Of(
            before.Nodes.Select(node => names.TryGetValue(node.Id, out string? id) ? node with { Id = id } : node),
            before.Edges.Select(edge => Renamed(edge, before, names)));
    }

    /// <summary>Those that look the same, in order; then those in the same place; the rest is gone.</summary>
    private static void Align(List<TopologyNode> before, List<TopologyNode> after, Dictionary<string, string> names)
    {
        foreach (Func<TopologyNode, TopologyNode, bool> fits in (Func<TopologyNode, TopologyNode, bool>[])[(a, b) => a.Label == b.Label && a.Detail == b.Detail, (a, b) => a.Label == b.Label, (a, b) => a.Id == b.Id])
        {
            for (int i = 0; i < before.Count; i++)
            {
                int found = after.FindIndex(rule => fits(before[i], rule));
                if (found >= 0)
                {
                    names[before[i].Id] = after[found].Id;
                    after.RemoveAt(found);
                    before.RemoveAt(i--);
                }
            }
        }
        foreach (TopologyNode rule in before)
        {
            names[rule.Id] = rule.Id + "~before";
        }
    }

    private static ILookup<string, TopologyNode> Unnamed(TopologyGraph graph) => graph.Nodes
        .Where(node => node.Kind == TopologyNodeKind.Rule && node.Parent is not null && node.Id.EndsWith("#rule:" + node.Index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        .ToLookup(node => node.Parent!, StringComparer.Ordinal);

    private static TopologyEdge Renamed(TopologyEdge edge, TopologyGraph graph, Dictionary<string, string> names)
    {
        string from = names.GetValueOrDefault(edge.From, edge.From);
        string to = names.GetValueOrDefault(edge.To, edge.To);
        if (from == edge.From && to == edge.To)
        {
            return edge;
        }
        // An edge within a cluster has its name once, ahead; one between clusters has that of both ends.
        string cluster = graph.Node(edge.From)?.Cluster is { Length: > 0 } name && edge.Id.StartsWith($"@{name}:", StringComparison.Ordinal) ? $"@{name}:" : "";
        string known = NameOf(edge.From, edge.To);
        if (!edge.Id.StartsWith(known, StringComparison.Ordinal))
        {
            cluster = "";
            known = NameOf(edge.From, edge.To);
        }
        string detail = edge.Id.StartsWith(known, StringComparison.Ordinal) ? edge.Id[known.Length..] : "";
        return edge with { Id = NameOf(from, to) + detail, From = from, To = to };

        string NameOf(string first, string second) => cluster + TopologyIds.Edge(Within(first), edge.Kind, Within(second));

        string Within(string id) => cluster.Length > 0 && id.StartsWith(cluster, StringComparison.Ordinal) ? id[cluster.Length..] : id;
    }
}
