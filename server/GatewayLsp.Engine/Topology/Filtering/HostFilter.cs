using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology.Filtering;

/// <summary>The part of a graph that requests for some hosts can come to.</summary>
internal static class HostFilter
{
    public static TopologyGraph Apply(TopologyGraph graph, ImmutableArray<string> hosts)
    {
        var edges = new HashSet<string>(StringComparer.Ordinal);
        var from = new HashSet<string>(StringComparer.Ordinal);
        var to = new HashSet<string>(StringComparer.Ordinal);
        foreach (TopologyEdge edge in graph.Edges)
        {
            if (edge.Kind == TopologyEdgeKind.Attaches && hosts.Any(host => Takes(graph, edge, host.ToLowerInvariant())))
            {
                edges.Add(edge.Id);
                from.Add(edge.From);
                to.Add(edge.To);
            }
        }
        HashSet<string> kept = Reach.Follow(graph, from, forward: false);
        kept.UnionWith(Reach.Follow(graph, to, forward: true));
        Reach.AddRedirectTargets(graph, kept);
        return graph.Where(node => kept.Contains(node.Id), edge => edge.Kind != TopologyEdgeKind.Attaches || edges.Contains(edge.Id));
    }

    /// <summary>By the hostnames of the attachment, else those of the route, else that of the listener; without any, every host.</summary>
    private static bool Takes(TopologyGraph graph, TopologyEdge edge, string host)
    {
        TopologyNode source = graph.Node(edge.From)!;
        if (source.Kind == TopologyNodeKind.Frontend)
        {
            string name = $"{source.Label}.{source.Namespace}";
            return host == source.Label || host == name || host.StartsWith(name + ".", StringComparison.Ordinal);
        }
        string[] names = [.. edge.Facts.Where(fact => fact.Name == "hostname").Select(fact => fact.Value)];
        names = names.Length > 0 ? names : [.. graph.Node(edge.To)!.FactsNamed("hostname")];
        names = names.Length > 0 ? names : [.. source.FactsNamed("hostname")];
        return names.Length == 0 || names.Any(name => HostnameMatch.Covers(name, host));
    }
}
