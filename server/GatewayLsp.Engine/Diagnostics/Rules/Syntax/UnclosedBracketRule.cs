namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class UnclosedBracketRule : SyntaxRule
{
    public override string Code => "unclosed-bracket";

    public override string Title => "Bracket without its partner";

    public override RuleDoc Doc => new(
        "A `[` or `{` is never closed, or a `]` or `}` closes nothing.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames: [store.example.com
          parentRefs:
          - name: edge
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          hostnames: [store.example.com]
          parentRefs:
          - name: edge
        """,
        "Closes the bracket at the end of its line. Look at it when the brackets span several lines.");
}
