namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class UnfinishedKeyRule : SyntaxRule
{
    public override string Code => "unfinished-key";

    public override string Title => "Key without a colon";

    public override RuleDoc Doc => new(
        "A line holds a single word where a `key: value` belongs, or a key and its value with nothing but a space between them.",
        "No tool can read the file: kubectl stops at the line. Gateway LSP reads on behind it, so that the rest of the file is still served.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data: {}
        """,
        "Puts in the colon behind the key. Safe where the object has such a field; look at it where a longer text may be meant.");
}
