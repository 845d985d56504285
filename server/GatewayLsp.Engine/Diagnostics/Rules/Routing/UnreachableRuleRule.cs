using System.Collections.Immutable;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A rule that earlier rules of its route leave no requests for.</summary>
internal sealed class UnreachableRuleRule : SemanticRule
{
    public override string Code => "unreachable-rule";

    public override string Title => "Rule that gets no requests";

    public override SubjectKinds Kinds => SubjectKinds.HttpRoute | SubjectKinds.GrpcRoute;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "Everything that a rule matches is taken by earlier rules of the same route.",
        "Of matches that are equally specific the first of the route wins, always; the backends of this rule never get a request. It happens when a rule is copied and its match is not changed.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
            backendRefs:
            - name: cart-v1
              port: 80
          - matches:
            - path:
                type: PathPrefix
                value: /cart/
            backendRefs:
            - name: cart-v2
              port: 80
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
            backendRefs:
            - name: cart-v1
              port: 80
          - matches:
            - path:
                type: PathPrefix
                value: /cart/v2
            backendRefs:
            - name: cart-v2
              port: 80
        """,
        "There is no fix: whether the rule should go or its match is wrong only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (!context.IsSound || view is not Route route)
        {
            return;
        }
        ImmutableArray<Shadow> shadows = RoutingRules.WithinRoute(route, context);
        if (shadows.IsEmpty)
        {
            return;
        }
        foreach (RoutingRule rule in RoutingRules.Unreachable(shadows))
        {
            RouteEntry winner = shadows.First(one => ReferenceEquals(one.Entry.Rule, rule)).By;
            context.Report(this, route.Rules[rule.Index], rule.Name is null ? ["matches"] : ["name"],
                $"Rule {rule.Index + 1} gets no requests: rule {winner.Rule.Index + 1} of this route takes {(rule.Matches.Length == 1 ? $"all of them ({winner.Match})" : "them")} first.",
                related: context.Related(route, RoutingRules.At(route, winner), RoutingRules.KeysOf(winner), $"Rule {winner.Rule.Index + 1} is here."));
        }
    }
}
