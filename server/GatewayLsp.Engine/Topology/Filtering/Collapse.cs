using System.Globalization;

namespace GatewayLsp.Engine.Topology.Filtering;

/// <summary>Simpler graphs: without rules, without workloads. What was not well with the parts is told of what stays.</summary>
internal static class Collapse
{
    private const int MaxLabel = 28;

    /// <summary>Routes lead to backends; several rules that lead to the same one become one edge.</summary>
    public static TopologyGraph Rules(TopologyGraph graph)
    {
        var owners = new Dictionary<string, TopologyNode>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var nodes = graph.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (TopologyNode rule in graph.Nodes)
        {
            if (rule.Kind == TopologyNodeKind.Rule && rule.Parent is { } parent && nodes.TryGetValue(parent, out TopologyNode? route))
            {
                owners[rule.Id] = rule;
                counts[parent] = counts.GetValueOrDefault(parent) + 1;
                nodes[parent] = Absorb(route, rule);
                nodes.Remove(rule.Id);
            }
        }
        var edges = new Dictionary<string, TopologyEdge>(StringComparer.Ordinal);
        var merged = new Dictionary<string, int>(StringComparer.Ordinal);
        var places = new Dictionary<(string, TopologyEdgeKind), int>();
        // In the order of the rules: edges are ordered by identifiers.
        foreach (TopologyEdge edge in graph.Edges.OrderBy(edge => owners.TryGetValue(edge.From, out TopologyNode? from) ? from.Index : -1))
        {
            if (edge.Kind == TopologyEdgeKind.Matches && owners.ContainsKey(edge.To))
            {
                continue;
            }
            if (!owners.TryGetValue(edge.From, out TopologyNode? rule))
            {
                edges[edge.Id] = edge;
                continue;
            }
            string id = TopologyIds.Edge(rule.Parent!, edge.Kind, edge.To);
            if (!edges.TryGetValue(id, out TopologyEdge? known))
            {
                bool isOnly = counts[rule.Parent!] == 1;
                string label = isOnly ? edge.Label : Cut(edge.Label.Length == 0 ? rule.Label : $"{rule.Label} {edge.Label}");
                int place = places.GetValueOrDefault((rule.Parent!, edge.Kind));
                places[(rule.Parent!, edge.Kind)] = place + 1;
                edges[id] = edge with { Id = id, From = rule.Parent!, Index = place, Label = label, Share = isOnly ? edge.Share : null, Facts = [.. rule.FactsNamed("match").Select(match => new TopologyFact("match", match)), .. edge.Facts] };
                merged[id] = 1;
                continue;
            }
            merged[id]++;
            edges[id] = known with
            {
                Label = string.Create(CultureInfo.InvariantCulture, $"{merged[id]} rules"), Share = null, State = Heavier(known.State, edge.State),
                Reasons = Joined(known.Reasons, edge.Reasons), Mark = known.Mark == edge.Mark ? known.Mark : TopologyMark.Changed,
                Facts = [.. known.Facts, .. rule.FactsNamed("match").Select(match => new TopologyFact("match", match))],
            };
        }
        return TopologyGraph.Of(nodes.Values, edges.Values);
    }

    public static TopologyGraph Workloads(TopologyGraph graph)
    {
        var nodes = graph.Nodes.Where(node => node.Kind != TopologyNodeKind.Workload).ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (IGrouping<string, TopologyEdge> edges in graph.Edges.Where(edge => edge.Kind == TopologyEdgeKind.Selects).GroupBy(edge => edge.From, StringComparer.Ordinal))
        {
            if (!nodes.TryGetValue(edges.Key, out TopologyNode? service))
            {
                continue;
            }
            TopologyNode[] workloads = [.. edges.Select(edge => graph.Node(edge.To)!)];
            foreach (TopologyNode workload in workloads)
            {
                service = Absorb(service, workload);
            }
            string count = workloads.Length == 1 ? workloads[0].Detail.Split(" ·")[0] + " " + workloads[0].Label : string.Create(CultureInfo.InvariantCulture, $"{workloads.Length} workloads");
            nodes[service.Id] = service with
            {
                Detail = service.Detail.Length == 0 ? count : $"{service.Detail} · {count}",
                Facts = [.. service.Facts, .. workloads.Select(workload => new TopologyFact("workload", workload.Label))],
            };
        }
        return TopologyGraph.Of(nodes.Values, graph.Edges.Where(edge => nodes.ContainsKey(edge.From) && nodes.ContainsKey(edge.To)));
    }

    private static TopologyNode Absorb(TopologyNode into, TopologyNode part) => into with
    {
        State = Heavier(into.State, part.State), Reasons = Joined(into.Reasons, part.Reasons),
        Mark = into.Mark == TopologyMark.None && part.Mark != TopologyMark.None ? TopologyMark.Changed : into.Mark,
    };

    private static EquatableArray<TopologyReason> Joined(EquatableArray<TopologyReason> a, EquatableArray<TopologyReason> b) =>
        b.Count == 0 ? a : [.. a.Concat(b).Distinct().OrderByDescending(reason => reason.State)];

    private static TopologyState Heavier(TopologyState a, TopologyState b) => a > b ? a : b;

    private static string Cut(string label) => label.Length <= MaxLabel ? label : label[..(MaxLabel - 1)] + "…";
}
