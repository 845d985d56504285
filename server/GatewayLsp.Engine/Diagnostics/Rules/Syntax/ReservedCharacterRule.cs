namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class ReservedCharacterRule : SyntaxRule
{
    public override string Code => "reserved-character";

    public override string Title => "Character that no plain text may start with";

    public override RuleDoc Doc => new(
        "A value without quotes starts with `@` or a backtick, which YAML keeps for later, or with `%`. Or it has a placeholder such as `${NAME}` in brackets, where its brace opens a mapping.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          owner: @team
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          owner: "@team"
        """,
        "Puts the value in quotes. Safe, but for placeholders: what they stand for may be a number, which in quotes is a text.");
}
