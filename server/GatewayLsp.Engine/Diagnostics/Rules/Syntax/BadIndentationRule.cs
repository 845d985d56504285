namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class BadIndentationRule : SyntaxRule
{
    public override string Code => "bad-indentation";

    public override string Title => "Indentation that fits no level";

    public override RuleDoc Doc => new(
        "A line is indented to a column where no list or mapping above it began.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served. To which level a line belongs is decided by its column alone.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
            mode: fast
          level: high
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
        "Indents the line like the level above that has such a field and lacks it; where the kind does not tell, like the nearest level that it can belong to. Look at it first, only you know to which level it belongs; indenting a value that stands at its key's column is safe.");
}
