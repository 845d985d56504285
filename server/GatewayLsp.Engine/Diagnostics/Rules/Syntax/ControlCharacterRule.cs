namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class ControlCharacterRule : SyntaxRule
{
    public override string Code => "control-character";

    public override string Title => "Control character in the text";

    public override RuleDoc Doc => new(
        "The file holds a character that can't be seen and that YAML does not allow, such as NUL or BEL. They mostly come from copying out of a terminal. Or it has no-break spaces, as web pages and chats do, where YAML wants plain ones.",
        "Most tools reject the file, and nobody sees why.",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  mode: fa\u0007st\n",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: fast
        """,
        "No-break spaces are replaced with plain ones. Safe. Otherwise there is no fix: delete the character at the marked place.");
}
