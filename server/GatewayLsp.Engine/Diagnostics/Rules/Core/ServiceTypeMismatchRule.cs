using System.Globalization;
using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class ServiceTypeMismatchRule : CoreRule
{
    public override string Code => "service-type-mismatch";

    public override string Title => "Service fields that do not fit its type";

    public override RuleDoc Doc => new(
        "A Service has fields that its `type` has no use for, or lacks one that it needs: `externalName` for `ExternalName`, no `nodePort` for `ClusterIP`, no `clusterIP: None` for `NodePort` and `LoadBalancer`, node ports from 30000 to 32767.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          type: ClusterIP
          ports:
          - port: 80
            nodePort: 30080
        """,
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          type: NodePort
          ports:
          - port: 80
            nodePort: 30080
        """,
        "There is no fix: either the type or the field is what is meant.");

    private const int FirstNodePort = 30000;
    private const int LastNodePort = 32767;

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "", "Service") || context.Object.At("spec") is not YamlMapping spec || ObjectContext.HasMerge(spec) || spec.At("type") is YamlScalar { IsOpaque: true })
        {
            return;
        }
        string type = spec.At("type").Text() ?? "ClusterIP";
        if (type == "ExternalName" && (Lacks(spec, "externalName") || spec.At("externalName").Text() is ""))
        {
            Report(context, spec.At("type")!, "spec.externalName", "A Service of type `ExternalName` needs `externalName`, the DNS name that it points to.", CauseReason.Required);
        }
        if (spec.At("clusterIP") is { } address && address.Text() is { Length: > 0 } ip && (type == "ExternalName" || (ip == "None" && type is "NodePort" or "LoadBalancer")))
        {
            string problem = type == "ExternalName" ? "has no `clusterIP`" : "can't be headless (`clusterIP: None`)";
            Report(context, address, "spec.clusterIPs[0]", $"A Service of type `{type}` {problem}.");
        }
        foreach ((YamlMapping port, string field) in Items(spec.At("ports"), "spec.ports"))
        {
            if (port.At("nodePort") is not { } node || node.Text() is not { } text || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
            {
                continue;
            }
            if (type is "ClusterIP" or "ExternalName")
            {
                Report(context, node, FieldPath.Child(field, "nodePort"), $"A Service of type `{type}` opens no port on nodes: leave `nodePort` out, or use `type: NodePort`.", CauseReason.Forbidden);
            }
            else if (number is < FirstNodePort or > LastNodePort and <= 65535)
            {
                Report(context, node, FieldPath.Child(field, "nodePort"), $"Node ports lie from {FirstNodePort} to {LastNodePort}, unless the cluster is set up otherwise.");
            }
        }
    }
}
