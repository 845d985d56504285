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
            before.Edges.Select(edge => Renamed(edge, names, before.Node(edge.From)?.Cluster)));
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

    /// <param name="cluster">That of the edge's beginning: identifiers of edges have it once, ahead of all.</param>
    private static TopologyEdge Renamed(TopologyEdge edge, Dictionary<string, string> names, string? cluster)
    {
        string from = names.GetValueOrDefault(edge.From, edge.From);
        string to = names.GetValueOrDefault(edge.To, edge.To);
        if (from == edge.From && to == edge.To)
        {
            return edge;
        }
        string prefix = cluster is { Length: > 0 } ? $"@{cluster}:" : "";
        string Bare(string id) => id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;
        string known = prefix + TopologyIds.Edge(Bare(edge.From), edge.Kind, Bare(edge.To));
        string rest = edge.Id.StartsWith(known, StringComparison.Ordinal) ? edge.Id[known.Length..] : "";
        return edge with { Id = prefix + TopologyIds.Edge(Bare(from), edge.Kind, Bare(to)) + rest, From = from, To = to };
    }
}
