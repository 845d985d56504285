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
        "None of the route's `hostnames` is among those of the listeners that a `parentRef` leads to and that take routes from its namespace.",
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
            if (!parent.Refusing.IsEmpty)
            {
                ReportRefused(route, parent, context);
                continue;
            }
            Listener first = parent.Candidates[0].Listener;
            string[] served = [.. parent.Candidates.Select(one => one.Listener.Hostname).OfType<string>().Distinct(StringComparer.Ordinal).Select(name => $"`{name}`")];
            context.Report(this, route.Hostnames[0].Node.Span, "spec.hostnames",
                $"{Naming.Of(parent.Ref)} serves {Naming.List(served)} and none of this route's hostnames, so that the route is not attached to it.",
                related: context.Related(first.Owner, first, ["hostname", "name"], $"Listener `{first.Name}` is here."));
        }
    }

    /// <summary>Nothing is wrong with the hostname: the listener that serves it does not let the route in.</summary>
    private void ReportRefused(Route route, ResolvedParent parent, SemanticContext context)
    {
        Listener first = parent.Refusing[0].Listener;
        if (NotAllowedByListenersRule.MayBeLetIn(route, first, context))
        {
            return;
        }
        string target = Naming.Of(parent.Ref);
        string listeners = Naming.List([.. parent.Refusing.Select(one => $"`{one.Name}`")]);
        context.Report(this, parent.Ref, ["name"],
            parent.Refusing.Length == 1
                ? $"Listener {listeners} of {target} serves hostnames of this route, but takes no routes from namespace {route.Namespace}; the listener's `allowedRoutes.namespaces` must allow it."
                : $"Listeners {listeners} of {target} serve hostnames of this route, but take no routes from namespace {route.Namespace}; the listener's `allowedRoutes.namespaces` must allow it.",
            related: context.Related(first.Owner, first, ["allowedRoutes", "name"], $"Listener `{first.Name}` ({first.Protocol}) is here."));
    }
}
