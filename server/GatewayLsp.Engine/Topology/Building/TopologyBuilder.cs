using GatewayLsp.Engine.Diagnostics;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Topology.Building;

/// <summary>
/// Puts down as a graph what resolution and routing know. Nothing is decided here that they do not decide. Services and
/// workloads are in it as far as traffic leads to them.
/// </summary>
internal static class TopologyBuilder
{
    private static readonly string[] RouteKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    public static TopologyGraph Build(Analysis analysis, CancellationToken cancel)
    {
        var draft = new GraphDraft(analysis.Workspace);
        Resolver resolver = draft.Resolver;
        var gateways = new GatewayNodes(draft);
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
        var backends = new BackendNodes(draft);
        var routes = new RouteNodes(draft, gateways, backends);
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
        Findings(analysis, draft, cancel);
        return draft.Complete();
    }

    private static void Findings(Analysis analysis, GraphDraft draft, CancellationToken cancel)
    {
        foreach (string path in draft.Files())
        {
            foreach (FileDiagnostic found in analysis.Diagnose(path, cancel))
            {
                Diagnostic diagnostic = found.Diagnostic;
                if (diagnostic.Severity <= DiagnosticSeverity.Warning && draft.OwnerOf(found.Slot.Document, diagnostic.Span) is { } id)
                {
                    draft.Mark(id, diagnostic.Severity == DiagnosticSeverity.Error ? TopologyState.Error : TopologyState.Warning, diagnostic.Code, diagnostic.Message);
                }
            }
        }
    }
}
