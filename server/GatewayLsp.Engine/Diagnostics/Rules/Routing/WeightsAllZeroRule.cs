using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A rule all of whose backends have the weight 0.</summary>
internal sealed class WeightsAllZeroRule : SemanticRule
{
    public override string Code => "weights-all-zero";

    public override string Title => "All backends of a rule have the weight 0";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "Every backend of a rule has the weight 0.",
        "No backend takes a request, and the rule still takes them from others: every one of them gets 500, or UNAVAILABLE for a GRPCRoute; a connection is refused. It happens when a canary is rolled back twice.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout-v1
              port: 80
              weight: 0
            - name: checkout-v2
              port: 80
              weight: 0
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: shop
        spec:
          rules:
          - backendRefs:
            - name: checkout-v1
              port: 80
              weight: 100
            - name: checkout-v2
              port: 80
              weight: 0
        """,
        "There is no fix: which backend should take the requests only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        // A weight that is refused is not what is meant.
        if (!context.IsSound || view is not Route route)
        {
            return;
        }
        foreach (RouteRule rule in route.Rules)
        {
            if (rule is { BackendRefs.IsEmpty: false, HasOpenBackends: false } && rule.BackendRefs.All(backend => backend is { Weight: 0, IsTemplated: false }))
            {
                context.Report(this, rule.BackendRefs[0], ["weight"], $"All backends of this rule have the weight 0: {RoutingRules.Failure(route)}.");
            }
        }
    }
}
