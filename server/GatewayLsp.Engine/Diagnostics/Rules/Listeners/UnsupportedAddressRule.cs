using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Resolution;

namespace GatewayLsp.Engine.Diagnostics.Rules.Listeners;

/// <summary>An address of a type that nobody is known to have (reason <c>UnsupportedAddress</c>).</summary>
internal sealed class UnsupportedAddressRule : SemanticRule
{
    public override string Code => "unsupported-address";

    public override string Title => "Address of a type that no implementation is known to have";

    public override SubjectKinds Kinds => SubjectKinds.Gateway;

    public override DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    public override RuleDoc Doc => new(
        "A Gateway asks for an address whose type is none of `IPAddress`, `Hostname` and `NamedAddress`.",
        "A controller that does not have the type sets `Accepted: False` with the reason `UnsupportedAddress`, and nothing of the Gateway is put in place. Types with a domain in front are left to implementations; none is known to have one.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          addresses:
          - type: example.com/Pool
            value: blue
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: front
        spec:
          gatewayClassName: istio
          addresses:
          - type: NamedAddress
            value: blue
          listeners:
          - name: web
            port: 80
            protocol: HTTP
        """,
        "There is no fix: which address is meant only you know.");

    public override void Check(ObjectView view, SemanticContext context)
    {
        if (view is Gateway gateway && context.Resolver.Gateway(Resolver.KeyOf(gateway)) is { UnsupportedAddress: { } address })
        {
            context.Report(this, address, ["type"],
                $"No implementation is known to have addresses of type `{address.Type}`; use `IPAddress`, `Hostname` or `NamedAddress`.");
        }
    }
}
