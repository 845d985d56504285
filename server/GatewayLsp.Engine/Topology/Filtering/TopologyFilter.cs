using System.Collections.Immutable;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;

namespace GatewayLsp.Engine.Topology.Filtering;

/// <summary>What of a graph to show. Of several filters all must hold; within one, any value.</summary>
public sealed record TopologyFilter
{
    public static readonly TopologyFilter None = new();

    /// <summary>Nodes of these namespaces, with the way to them and on from them.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Routes that requests for one of these hosts can come to.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    public ImmutableArray<ObjectName> Gateways { get; init; } = [];

    public ImmutableArray<string> Clusters { get; init; } = [];

    /// <summary>Nodes whose text stands in one of these files; null for all.</summary>
    public IReadOnlySet<string>? Paths { get; init; }

    /// <summary>This object and its parts; null for all.</summary>
    public ObjectKey? Object { get; init; }

    /// <summary>These objects and their parts; null for all.</summary>
    public IReadOnlySet<ObjectKey>? Objects { get; init; }

    /// <summary>Leave out rules: routes lead to backends.</summary>
    public bool CollapseRules { get; init; }

    /// <summary>Leave out workloads: Services tell their number.</summary>
    public bool CollapseWorkloads { get; init; }

    public TopologyGraph Apply(TopologyGraph graph)
    {
        if (!Gateways.IsEmpty)
        {
            graph = Reach.Around(graph, node => node.Kind == TopologyNodeKind.Gateway && node.Object is { } key && Gateways.Contains(new ObjectName(key.Namespace, key.Name)));
        }
        if (!Namespaces.IsEmpty)
        {
            graph = Reach.Around(graph, node => Namespaces.Contains(node.Namespace));
        }
        if (!Clusters.IsEmpty)
        {
            graph = Reach.Around(graph, node => Clusters.Contains(node.Cluster));
        }
        if (Paths is { } paths)
        {
            graph = Reach.Around(graph, node => node.Place is { } place && paths.Contains(place.Path));
        }
        if (Object is { } one)
        {
            graph = Reach.Around(graph, node => node.Object == one);
        }
        if (Objects is { } some)
        {
            graph = Reach.Around(graph, node => node.Object is { } key && some.Contains(key));
        }
        if (!Hosts.IsEmpty)
        {
            graph = HostFilter.Apply(graph, Hosts);
        }
        graph = CollapseRules ? Collapse.Rules(graph) : graph;
        return CollapseWorkloads ? Collapse.Workloads(graph) : graph;
    }
}
