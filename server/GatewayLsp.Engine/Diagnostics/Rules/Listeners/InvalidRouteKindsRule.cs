using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>Kinds of routes that the protocol of a listener can't carry (reason <c>InvalidRouteKinds</c>).</summary>
internal sealed class InvalidRouteKindsRule : SemanticRule
{
    public override string Code => "invalid-route-kinds";

    public override string Title => "Kind of route that the protocol can't carry";

    public override SubjectKinds Kinds => SubjectKinds.Gateway | SubjectKinds.ListenerSet;

    public override RuleDoc Doc => new(
        "A listener's `allowedRoutes.kinds` names a kind that does not exist, or that its protocol can't carry.",
        "The controller sets `ResolvedRefs: False` with the reason `InvalidRouteKinds`; routes of that kind are never attached. HTTP and HTTPS carry HTTPRoute and GRPCRoute, TLS carries TLSRoute, TCP carries TCPRoute, UDP carries UDPRoute.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            allowedRoutes:
              kinds:
              - kind: TCPRoute
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
            allowedRoutes:
              kinds:
              - kind: HTTPRoute
        """,
        "There is no fix: either the protocol or the kind is not what was meant.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        foreach (ResolvedListener listener in ListenerRules.Of(view, context))
        {
            foreach (RouteGroupKind kind in listener.InvalidKinds)
            {
                string[] fitting = [.. ListenerProtocols.RouteKinds(listener.Listener).Select(one => one.Kind)];
                string name = kind.Group == ApiGroups.Gateway ? kind.Kind : Naming.Kind(kind.Group, kind.Kind);
                context.Report(this, kind, ["kind", "group"],
                    $"Listener `{listener.Name}` can't take routes of kind {name} over {listener.Listener.Protocol}{(fitting.Length == 0 ? "." : $"; it can take {Naming.List(fitting)}.")}");
            }
        }
    }
}
