using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A TCPRoute or UDPRoute at listeners whose connections all go to another one.</summary>
internal sealed class ShadowedRouteRule : SemanticRule
{
    public override string Code => "shadowed-route";

    public override string Title => "Route that gets no connections";

    public override SubjectKinds Kinds => SubjectKinds.TcpRoute | SubjectKinds.UdpRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "At every listener that a TCPRoute or UDPRoute is attached to, another such route is attached that comes first.",
        "TCP and UDP have nothing to tell connections apart by: one route of a listener gets all of them, the oldest, then the first by namespace and name. The others may be accepted and get none.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: db
            port: 5432
            protocol: TCP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: orders
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: orders
              port: 5432
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: payments
        spec:
          parentRefs:
          - name: front
          rules:
          - backendRefs:
            - name: payments
              port: 5432
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: orders
            port: 5432
            protocol: TCP
          - name: payments
            port: 5433
            protocol: TCP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: orders
        spec:
          parentRefs:
          - name: front
            sectionName: orders
          rules:
          - backendRefs:
            - name: orders
              port: 5432
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: TCPRoute
        metadata:
          name: payments
        spec:
          parentRefs:
          - name: front
            sectionName: payments
          rules:
          - backendRefs:
            - name: payments
              port: 5432
        """,
        "There is no fix: which listener or route should change only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route { Type: RouteKind.Tcp or RouteKind.Udp } route)
        {
            return;
        }
        var own = new TracedRoute(route.Kind, route.Namespace, route.Name);
        (ResolvedParent Parent, ResolvedListener Listener, TracedRoute First)? shadow = null;
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
        {
            if (parent.Outcome is AttachOutcome.Unknown or AttachOutcome.ForeignParent || (parent.Outcome == AttachOutcome.Attached && parent.Gateway is null) || !context.IsSettled(parent))
            {
                return;
            }
            foreach (AttachedListener at in parent.Listeners)
            {
                TracedRoute? first = context.FirstStreamAt(at.Listener);
                if (first == own)
                {
                    return;
                }
                shadow ??= first is null ? null : (parent, at.Listener, first);
            }
        }
        if (shadow is not { } found || context.Resolver.Find<Route>(new ObjectKey(ApiGroups.Gateway, found.First.Kind, found.First.Namespace, found.First.Name)) is not { } winner)
        {
            return;
        }
        bool isOlder = winner.CreationTimestamp is not null && winner.CreationTimestamp != route.CreationTimestamp;
        context.Report(this, found.Parent.Ref, ["sectionName", "name"],
            $"Listener `{found.Listener.Name}` gives all connections to one route, {(isOlder ? "the oldest" : "the oldest, then the first by namespace and name")}: {found.First} gets them, and this route gets none.",
            context.Resolver.IsComplete || context.IsInSameFile(winner) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
            context.Related(winner, winner, ["metadata"], $"{found.First} is here."));
    }
}
