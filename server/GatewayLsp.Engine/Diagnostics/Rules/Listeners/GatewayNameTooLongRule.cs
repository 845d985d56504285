using GatewayLsp.Engine.Model;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>A Gateway whose name does not fit into a label (GEP-1762: the label <c>gateway.networking.k8s.io/gateway-name</c>).</summary>
internal sealed class GatewayNameTooLongRule : SemanticRule
{
    /// <summary>Characters of a label's value, and of a Service's name.</summary>
    private const int MaxLength = 63;

    public override string Code => "gateway-name-too-long";

    public override string Title => "Gateway name that does not fit into a label";

    public override SubjectKinds Kinds => SubjectKinds.Gateway;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "The name of a Gateway has more than 63 characters.",
        "The API server takes names of up to 253 characters. But implementations put the name of the Gateway into a label of all that they create for it, and name a Service after it: both end at 63. Such a Gateway is accepted and never gets an address.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop-and-checkout-and-payments-of-all-regions-production-gateway
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop-production
        spec:
          gatewayClassName: istio
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: routes refer to the name.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is Gateway { Name.Length: > MaxLength } gateway && gateway.Object.At("metadata", "name") is { } name)
        {
            context.Report(this, name.Span, "metadata.name",
                $"The name has {gateway.Name.Length} characters; labels and Services that implementations make of it take {MaxLength} at most.");
        }
    }
}
