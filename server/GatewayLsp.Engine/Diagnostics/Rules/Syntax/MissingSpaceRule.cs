namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class MissingSpaceRule : SyntaxRule
{
    public override string Code => "missing-space";

    public override string Title => "No space after a colon or dash";

    public override RuleDoc Doc => new(
        "A colon in a mapping has no space behind it, which makes the line a plain text instead of a key and a value; or a dash has none, so that it starts no item of a list.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: fast
          level:high
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: fast
          level: high
        """,
        "Puts in the space. Safe.");
}
