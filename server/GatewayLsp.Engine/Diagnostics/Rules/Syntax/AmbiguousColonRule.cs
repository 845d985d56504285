namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class AmbiguousColonRule : SyntaxRule
{
    public override string Code => "ambiguous-colon";

    public override string Title => "Second colon in a line";

    public override RuleDoc Doc => new(
        "A plain value contains a colon and a space, so it could be a mapping inside of the line.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          note: deploy: on Monday
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          note: "deploy: on Monday"
        """,
        "Puts the value in quotes. Safe where a text is meant; for a nested object, put the inner key on a line of its own.");
}
