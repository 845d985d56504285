using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Text;

namespace GatewayLsp.Engine.Diagnostics.Rules.Features;

/// <summary>Two Gateways that their implementation takes for one, because it knows Gateways by name alone.</summary>
internal sealed class SharedGatewayNameRule : SemanticRule
{
    public override string Code => "shared-gateway-name";

    public override string Title => "Gateways that share one service network";

    public override SubjectKinds Kinds => SubjectKinds.Gateway;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Information;

    public override RuleDoc Doc => new(
        "Two Gateways of AWS VPC Lattice in different namespaces have the same name.",
        "The name of a Gateway is the name of its service network, without the namespace: routes of both Gateways, in all clusters of the account, end up in the same one. That may be meant.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: blue
        spec:
          gatewayClassName: amazon-vpc-lattice
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop
          namespace: green
        spec:
          gatewayClassName: amazon-vpc-lattice
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop-blue
          namespace: blue
        spec:
          gatewayClassName: amazon-vpc-lattice
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: shop-green
          namespace: green
        spec:
          gatewayClassName: amazon-vpc-lattice
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: a new name makes a new service network.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is not Gateway gateway || context.Resolver.ImplementationOf(gateway.ClassName) is not { Table.IgnoresNamespaces: true }
            || gateway.Object.At("metadata") is not { } metadata)
        {
            return;
        }
        foreach (string ns in context.Resolver.NamespacesOf(ApiGroups.Gateway, "Gateway", gateway.Name))
        {
            if (ns != gateway.Namespace && context.Resolver.Find<Gateway>(new ObjectKey(ApiGroups.Gateway, "Gateway", ns, gateway.Name)) is { } other
                && context.Resolver.ImplementationOf(other.ClassName) is { Table.IgnoresNamespaces: true })
            {
                (TextSpan span, string field) = SemanticContext.Place(metadata, ["name"], gateway.Object.Node);
                context.Report(this, span, field, $"Gateway `{other.FullName}` has the same name, so both are the same service network of VPC Lattice.",
                    related: context.Related(other, other, ["metadata"], "the other Gateway"));
                return;
            }
        }
    }
}
