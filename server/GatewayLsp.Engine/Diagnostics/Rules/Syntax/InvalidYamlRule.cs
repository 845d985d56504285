namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class InvalidYamlRule : SyntaxRule
{
    public override string Code => "invalid-yaml";

    public override string Title => "Not YAML";

    public override RuleDoc Doc => new(
        "The line can't be read as YAML, for a reason that has no code of its own: a list on the line of its key, text behind a closing quote, the markers that a merge of Git left behind.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          modes: - fast
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          modes: fast
        """,
        "A comma too many is removed. Otherwise there is no fix; the message says what the reader stumbled over.");
}
