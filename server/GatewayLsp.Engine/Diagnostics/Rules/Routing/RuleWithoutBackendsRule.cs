using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A rule of a route of Gateways that nothing answers the requests of.</summary>
internal sealed class RuleWithoutBackendsRule : SemanticRule
{
    public override string Code => "rule-without-backends";

    public override string Title => "Rule without backends";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A rule of a route that is attached to Gateways has no `backendRefs`, and no filter that answers in their place: a redirect, or an extension, of which only the implementation knows what it does. A rule with a URL rewrite is left alone, too: that is how sketches show one.",
        "The API server takes it, and the rule takes its requests from others, but there is nobody to send them to: every one of them gets 500, or UNAVAILABLE for a GRPCRoute. In a mesh it is different: there the requests go on to the Service that the route is attached to.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          parentRefs:
          - name: front
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
            backendRefs:
            - name: cart
              port: 80
        """,
        "There is no fix: which backend should take the requests only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route route || view.Object.Document.IsTemplate || route.ParentRefs.IsEmpty
            || route.ParentRefs.Any(static parent => !parent.IsGateway && !parent.IsListenerSet) || context.IsChanged(route, "spec.rules"))
        {
            return;
        }
        // A route that lists no rules has one that the API server puts in; it is hardly finished.
        foreach (RouteRule rule in route.Rules)
        {
            if (rule is { BackendRefs.IsEmpty: true, HasOpenBackends: false, HasOpenFilters: false } && !rule.Filters.Any(MayAnswer) && rule.Node.Owner is YamlSequence)
            {
                context.Report(this, rule, ["backendRefs", "name", "matches"], $"This rule has no backends and no filter that answers: {RoutingRules.Failure(route)}.");
            }
        }
    }

    /// <summary>A rewrite answers nothing, but sketches like those of the documentation show it without the backends.</summary>
    private static bool MayAnswer(RouteFilter filter) =>
        filter.Type is RouteFilterType.RequestRedirect or RouteFilterType.UrlRewrite or RouteFilterType.ExternalAuth or RouteFilterType.ExtensionRef or RouteFilterType.Unknown;
}
