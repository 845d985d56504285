using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Routing;
using GatewayLsp.Engine.Syntax;
using Route = GatewayLsp.Engine.Model.Route;

namespace GatewayLsp.Engine.Diagnostics.Rules.Routing;

/// <summary>A backend without a weight beside such whose weights look like percent.</summary>
internal sealed class WeightLeftOutRule : SemanticRule
{
    /// <summary>Smaller weights are read as parts, beside which 1 is a part, too.</summary>
    private const int LeastPercent = 10;

    /// <summary>More is rejected.</summary>
    private const int MaxWeight = 1_000_000;

    public override string Code => "weight-left-out";

    public override string Title => "Backend without a weight beside such with weights";

    public override SubjectKinds Kinds => SubjectKinds.Routes;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A backend has no `weight`, and others of the rule have weights that look like percent.",
        "A weight that is left out counts as 1, not as the rest: beside a weight of 90 the backend gets 1 of 91 requests.",
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
              weight: 90
            - name: checkout-v2
              port: 80
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
              weight: 90
            - name: checkout-v2
              port: 80
              weight: 10
        """,
        "There is no fix: which share is meant only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Route route)
        {
            return;
        }
        foreach (RouteRule rule in route.Rules)
        {
            int total = 0, largest = 0;
            bool isOpen = rule.HasOpenBackends;
            foreach (BackendRef backend in rule.BackendRefs)
            {
                isOpen |= backend.IsTemplated || backend.Weight > MaxWeight;
                total += backend.Weight;
                largest = Math.Max(largest, backend.Weight);
            }
            // Where all together is a round number, the 1 is meant.
            if (isOpen || largest < LeastPercent || total is 100 or 1000 || view.Object.Document.IsTemplate)
            {
                continue;
            }
            foreach (BackendRef backend in rule.BackendRefs)
            {
                if (backend.Node.Resolved() is YamlMapping mapping && mapping.Find("weight") is null)
                {
                    context.Report(this, backend, ["name"],
                        $"`weight` is left out, which counts as 1: `{backend.Name}` gets {Share.OfWeights([backend.Weight, total - backend.Weight])[0].Percent} of the requests. Write the weight that is meant.");
                }
            }
        }
    }
}
