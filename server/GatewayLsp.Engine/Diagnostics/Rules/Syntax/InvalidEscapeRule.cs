namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class InvalidEscapeRule : SyntaxRule
{
    public override string Code => "invalid-escape";

    public override string Title => "Escape that YAML does not know";

    public override RuleDoc Doc => new(
        "A text in double quotes has a backslash followed by something that means nothing: a letter that is no escape, too few digits, half of a character, or a number beyond the last character.",
        "No tool can read the file: kubectl stops at the line. Regular expressions and Windows paths belong in single quotes, where a backslash is a backslash. JSON allows `\\/` and characters written as two surrogates; YAML does not.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          path: "/items/\d+"
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          path: '/items/\d+'
        """,
        "Doubles the backslash, or writes the escape in the way that YAML has for it. Safe: it keeps what is written.");
}
