using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Attachment;

/// <summary>A route none of whose hostnames a listener serves (reason <c>NoMatchingListenerHostname</c>).</summary>
internal sealed class NoMatchingListenerHostnameRule : SemanticRule
{
    public override string Code => "no-matching-listener-hostname";

    public override string Title => "Route for hostnames that no listener serves";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override RuleDoc Doc => new(
        "None of the route's `hostnames` is among those of the listeners that a `parentRef` leads to.",
        "The controller sets `Accepted: False` with the reason `NoMatchingListenerHostname`, and the route takes no requests. `*.example.com` stands for every name below `example.com`, and not for `example.com` itself.",
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
            hostname: "*.example.com"
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.org
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
            hostname: "*.example.com"
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          hostnames:
          - shop.example.com
        """,
        "There is no fix: which of the two hostnames is meant only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (ResolvedParent parent in context.Resolver.Route(route).Parents)
        {
            if (parent.Outcome != AttachOutcome.NoMatchingListenerHostname || parent.Candidates.IsEmpty || !context.IsSettled(parent))
            {
                continue;
            }
            Listener first = parent.Candidates[0].Listener;
            string[] served = [.. parent.Candidates.Select(one => one.Listener.Hostname).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => $"`{name}`")];
            context.Report(this, route.Hostnames[0].Node.Span, "spec.hostnames",
                $"{Naming.Of(parent.Ref)} serves {Naming.List(served)} and none of this route's hostnames, so that the route is not attached to it.",
                related: context.Related(first.Owner, first, ["hostname", "name"], $"Listener `{first.Name}` is here."));
        }
    }
}
