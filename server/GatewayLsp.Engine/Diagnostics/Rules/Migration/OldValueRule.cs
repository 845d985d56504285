using GatewayLsp.Engine.Migration;

namespace GatewayLsp.Engine.Diagnostics.Rules.Migration;

internal sealed class OldValueRule : MigrationRule
{
    public override string Code => "old-value";

    public override string Title => "Value of an early version";

    public override RuleDoc Doc => new(
        "The field is right, but its value is one of an early version of Gateway API, or of another API that articles mix with it. The message says how it is called today.",
        "The API server rejects the object, or nothing understands the value.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - path:
                type: Prefix
                value: /cart
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          rules:
          - matches:
            - path:
                type: PathPrefix
                value: /cart
        """,
        "Puts in the value of today. It is part of \"fix all\" unless something is left for a human to decide. `gateway-lsp migrate` does it for whole files and folders.");

    public override bool IsFor(MigrationNote note) => note.IsValue;
}
