using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class MissingPortNameRule : CoreRule
{
    public override string Code => "missing-port-name";

    public override string Title => "Port without a name";

    public override RuleDoc Doc => new(
        "A Service has several ports and one of them has no `name`.",
        "The API server rejects the object. With one port the name may be left out.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          ports:
          - name: http
            port: 80
          - port: 443
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          ports:
          - name: http
            port: 80
          - name: https
            port: 443
        """,
        "There is no fix: the name is yours to choose.");

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "", "Service") || context.Object.At("spec", "ports") is not YamlSequence { Items.Length: > 1 } ports)
        {
            return;
        }
        foreach ((YamlMapping port, string field) in Items(ports, "spec.ports"))
        {
            if (Lacks(port, "name") || port.At("name").Text() is "")
            {
                Report(context, port, FieldPath.Child(field, "name"), "With several ports each needs a `name`.", CauseReason.Required);
            }
        }
    }
}
