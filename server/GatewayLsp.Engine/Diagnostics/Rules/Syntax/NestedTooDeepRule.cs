namespace GatewayLsp.Engine.Diagnostics.Rules.Syntax;

internal sealed class NestedTooDeepRule : SyntaxRule
{
    public override string Code => "nested-too-deep";

    public override string Title => "Nesting beyond any use";

    public override RuleDoc Doc => new(
        "Lists and mappings are nested more than a hundred levels deep.",
        "No manifest needs that, and tools may run out of memory over it. What lies deeper is not looked at.",
        $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  annotations: {new string('[', 110)}{new string(']', 110)}\n",
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
        """,
        "There is no fix.");
}
