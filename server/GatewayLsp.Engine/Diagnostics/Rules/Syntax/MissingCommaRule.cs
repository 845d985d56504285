namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class MissingCommaRule : SyntaxRule
{
    public override string Code => "missing-comma";

    public override string Title => "No comma between two entries";

    public override RuleDoc Doc => new(
        "Two entries in `[ ]` or `{ }` have no comma between them.",
        "No tool can read the file: kubectl stops at the line. Entries in brackets are separated by commas alone; a line break is not enough, as it is in a block. Gateway LSP reads on as if the comma were there.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {mode: "fast" level: "high"}
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {mode: "fast", level: "high"}
        """,
        "Puts in the comma. Safe.");
}
