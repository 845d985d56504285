namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class UnknownAliasRule : SyntaxRule
{
    public override string Code => "unknown-alias";

    public override string Title => "Alias without an anchor";

    public override RuleDoc Doc => new(
        "An alias (`*name`) has no anchor (`&name`) above it in the same document, or stands inside of what it repeats.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: *default
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          fallback: &default fast
          mode: *default
        """,
        "There is no fix: only you know where the anchor belongs.");
}
