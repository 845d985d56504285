using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

/// <summary>Istio has a kind Gateway of its own, which was there before that of Gateway API.</summary>
internal sealed class ForeignGatewayRule : ObjectRule
{
    private const string Istio = "networking.istio.io/v1";

    public override string Code => "foreign-gateway";

    public override string Title => "Gateway of Istio in the group of Gateway API";

    public override RuleDoc Doc => new(
        "The object is a Gateway of Gateway API by its `apiVersion`, but has `servers`, a field of the kind Gateway that belongs to Istio.",
        "The API server rejects the object: the two kinds have only their name in common.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          selector:
            istio: ingressgateway
          servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
            - shop.example.com
        """,
        """
        apiVersion: networking.istio.io/v1
        kind: Gateway
        metadata:
          name: edge
        spec:
          selector:
            istio: ingressgateway
          servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
            - shop.example.com
        """,
        "Puts in the `apiVersion` of Istio. It is never applied unseen: a Gateway of Gateway API, with `gatewayClassName` and `listeners`, may be what is wanted.");

    public override void Check(ObjectContext context)
    {
        if (IsForeign(context.Object) && context.Object.Node.Get("apiVersion") is YamlScalar scalar)
        {
            context.Report(this, scalar.Span, "apiVersion", $"This is a Gateway of Istio, which belongs to `{Istio}`; a Gateway of `{context.Object.ApiVersion}` has `gatewayClassName` and `listeners`.",
                [new Fix($"Change to `{Istio}`", scalar.Span, YamlText.Like(scalar, Istio), isPreferred: false)]);
        }
    }

    public static bool IsForeign(ManifestObject one) =>
        one is { Kind: "Gateway", Gvk.Group: ApiGroups.Gateway } && one.At("spec", "servers") is YamlSequence
        && one.At("spec", "listeners") is null && one.At("spec", "gatewayClassName") is null;
}
