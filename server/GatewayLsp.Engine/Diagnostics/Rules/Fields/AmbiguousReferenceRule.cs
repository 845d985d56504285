using GatewayLsp.Engine.Model;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Fields;

internal sealed class AmbiguousReferenceRule : FieldsRule
{
    public override string Code => "ambiguous-reference";

    public override string Title => "References that can't be told apart";

    public override RuleDoc Doc => new(
        "Two references name the same object and do not differ in `sectionName` (in the experimental channel, `sectionName` or `port`), or only one of them has it.",
        "The API server rejects the object.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          parentRefs:
          - name: edge
          - name: edge
            sectionName: https
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec:
          parentRefs:
          - name: edge
            sectionName: http
          - name: edge
            sectionName: https
        """,
        "There is no fix: which section the other one means is for you to say.");

    protected override IEnumerable<YamlNode> Culprits(BrokenRule broken)
    {
        bool isUnique = broken.Rule.Expression.Contains("exists_one", StringComparison.Ordinal);
        return Repeated(Items(broken.Value), r => Target(r) + (isUnique ? $" {KeyOf(r, "sectionName")} {Port(broken, r)}" : ""), r => NodeOf(r, "name"));
    }

    private static string Target(PlainMap reference) => $"{KeyOf(reference, "group")} {KeyOf(reference, "kind")} {KeyOf(reference, "namespace")} {KeyOf(reference, "name")}";

    private static string Port(BrokenRule broken, PlainMap reference) =>
        broken.Rule.Expression.Contains("port", StringComparison.Ordinal) ? KeyOf(reference, "port") : "";
}
