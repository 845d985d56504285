namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class DuplicateKeyRule : SyntaxRule
{
    public override string Code => "duplicate-key";

    public override string Title => "Key that stands twice";

    public override RuleDoc Doc => new(
        "A mapping has the same key twice.",
        "Only one of the two can count. Strict decoding, which kubectl asks for, rejects the object; tools that are not strict keep the last one and drop the first silently.",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: fast
          mode: slow
        """,
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        data:
          mode: slow
        """,
        "Where whole objects stand below each other, `---` is put between them. Otherwise there is no fix: only you know which of the two is meant.");
}
