using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Clusters;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>The graph of a cluster, or of a workspace without clusters.</summary>
internal sealed class ClusterGraph
{
    private static readonly string[] RouteKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    private readonly GraphDraft _draft;

    public ClusterGraph(Workspace world, CancellationToken cancel)
    {
        _draft = new GraphDraft(world);
        Resolver resolver = _draft.Resolver;
        var gateways = new GatewayNodes(_draft);
        foreach (GatewayClass one in resolver.All<GatewayClass>(ApiGroups.Gateway, "GatewayClass"))
        {
            gateways.Add(one);
        }
        foreach (Gateway gateway in resolver.All<Gateway>(ApiGroups.Gateway, "Gateway"))
        {
            cancel.ThrowIfCancellationRequested();
            gateways.Add(gateway);
        }
        foreach ((string group, string kind) in ((string, string)[])[(ApiGroups.Gateway, "ListenerSet"), (ApiGroups.GatewayExperimental, "XListenerSet")])
        {
            foreach (ListenerSet set in resolver.All<ListenerSet>(group, kind))
            {
                gateways.Add(set);
            }
        }
        var backends = new BackendNodes(_draft);
        var routes = new RouteNodes(_draft, gateways, backends);
        foreach (string kind in RouteKinds)
        {
            foreach (Route route in resolver.All<Route>(ApiGroups.Gateway, kind))
            {
                cancel.ThrowIfCancellationRequested();
                routes.Add(route);
            }
        }
        foreach (BackendTlsPolicy policy in resolver.All<BackendTlsPolicy>(ApiGroups.Gateway, "BackendTLSPolicy"))
        {
            backends.Add(policy);
        }
    }

    /// <summary>The Services and imports that are in it.</summary>
    public IEnumerable<(string Id, ObjectKey Key)> Backends() =>
        [.. _draft.Nodes.Where(node => node.Kind is TopologyNodeKind.Service or TopologyNodeKind.ServiceImport && node.Object is not null).Select(node => (node.Id, node.Object!.Value))];

    /// <summary>The other clusters that serve a Service or import, by name.</summary>
    public IEnumerable<string> Elsewhere(ObjectKey key)
    {
        var snapshot = new Dependencies(_draft.Resolver);
        return (key.Kind == "ServiceImport" ? ClusterBackends.OfImport(snapshot, key) : ClusterBackends.OfService(snapshot, key))
            .Where(one => one.Reach is ClusterReach.Exported or ClusterReach.Mesh && one.Service is not null && one.Name != _draft.Resolver.Cluster).Select(one => one.Name);
    }

    /// <summary>Adds a Service that nothing in the cluster leads to, with what is behind it.</summary>
    public void Add(ObjectKey service)
    {
        if (_draft.Resolver.Find<Service>(service) is { } found)
        {
            new EndpointNodes(_draft).Add(found);
        }
    }

    public TopologyGraph Complete(Analysis analysis, CancellationToken cancel)
    {
        foreach (string path in _draft.Files())
        {
            foreach (FileDiagnostic found in analysis.Diagnose(path, cancel))
            {
                Diagnostic diagnostic = found.Diagnostic;
                if (diagnostic.Severity <= DiagnosticSeverity.Warning && (diagnostic.Clusters.IsEmpty || diagnostic.Clusters.Contains(_draft.Workspace.Cluster ?? ""))
                    && _draft.OwnerOf(found.Slot.Document, diagnostic.Span) is { } id)
                {
                    _draft.Mark(id, diagnostic.Severity == DiagnosticSeverity.Error ? TopologyState.Error : TopologyState.Warning, diagnostic.Code, diagnostic.Message);
                }
            }
        }
        return _draft.Complete();
    }
}
