using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Resolution.Conditions;

namespace GatewayLsp.Engine.Diagnostics.Rules.Attachment;

/// <summary>A hostname of an attached route that none of its listeners serves.</summary>
internal sealed class UnservedHostnameRule : SemanticRule
{
    public override string Code => "unserved-hostname";

    public override string Title => "Hostname that no listener of the route serves";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The route is attached, but one of its `hostnames` is served by no listener that it is attached to.",
        "The hostname is ignored without a word in the status: requests for it get 404.",
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
          - example.com
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
          - www.example.com
        """,
        "There is no fix: add a listener for it, or take the hostname out.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route { Hostnames.Length: > 1 } route)
        {
            return;
        }
        ResolvedRoute resolved = context.Resolver.Route(route);
        // As long as one parent is not known, it may be the one that serves it.
        if (resolved.Parents.IsEmpty || !resolved.Parents.All(parent => parent.Outcome == AttachOutcome.Attached && parent.Target is not Service && context.IsSettled(parent)))
        {
            return;
        }
        foreach (RouteHostname hostname in route.Hostnames)
        {
            if (hostname.Value is { } name && !IsServed(resolved, name))
            {
                context.Report(this, hostname.Node.Span, FieldPathOf(hostname),
                    $"No listener that this route is attached to serves `{name}`: requests for it get 404.");
            }
        }
    }

    private static string FieldPathOf(RouteHostname hostname) => Engine.Syntax.FieldPath.Of(hostname.Node);

    private static bool IsServed(ResolvedRoute resolved, string name)
    {
        foreach (ResolvedParent parent in resolved.Parents)
        {
            foreach (AttachedListener at in parent.Listeners)
            {
                if (at.Listener.Listener.IsTemplated || HostnameMatch.TryIntersect(at.Listener.Listener.Hostname, name, out _))
                {
                    return true;
                }
            }
        }
        return false;
    }
}
