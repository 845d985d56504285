namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class UnclosedQuoteRule : SyntaxRule
{
    public override string Code => "unclosed-quote";

    public override string Title => "Quote that is not closed";

    public override RuleDoc Doc => new(
        "A text was opened with a quote that does not close on its line.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served. A quote that stays open swallows the lines below.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: "fast
          level: high
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: "fast"
          level: high
        """,
        "Closes the quote at the end of the line, in front of a comment. Safe where the text was meant to end there, which is nearly always.");
}
