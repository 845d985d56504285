namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class TabIndentationRule : SyntaxRule
{
    public override string Code => "tab-indentation";

    public override string Title => "Tab in the indentation";

    public override RuleDoc Doc => new(
        "A line is indented with a tab.",
        "YAML forbids tabs in indentation, since nobody can know how wide they are meant. No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        "apiVersion: v1\nkind: ConfigMap\nmetadata:\n\tname: settings\n",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        """,
        "Replaces each tab by two spaces, in this line and those with tabs right below it. Look at the lines if their neighbours are indented by another width.");
}
