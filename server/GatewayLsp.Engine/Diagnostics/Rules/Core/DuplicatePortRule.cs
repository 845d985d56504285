using GatewayLsp.Engine.Syntax;
using GatewayLsp.Engine.Verdict;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class DuplicatePortRule : CoreRule
{
    public override string Code => "duplicate-port";

    public override string Title => "Duplicate port";

    public override RuleDoc Doc => new(
        "Two ports of a Service have the same name or the same `nodePort`.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          ports:
          - name: http
            port: 80
          - name: http
            port: 8080
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
          - name: web
            port: 8080
        """,
        "There is no fix: which of the two is another one is for you to say.");

    protected override void CheckWhole(ObjectContext context)
    {
        if (!Is(context, "", "Service"))
        {
            return;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        var nodePorts = new HashSet<string>(StringComparer.Ordinal);
        foreach ((YamlMapping port, string field) in Items(context.Object.At("spec", "ports"), "spec.ports"))
        {
            string protocol = port.At("protocol").Text() ?? "TCP";
            if (port.At("name") is { } name && name.Text() is { Length: > 0 } text && !names.Add(text))
            {
                Report(context, name, FieldPath.Child(field, "name"), $"Another port is called {Words.Shown(text)} already.", CauseReason.Duplicate);
            }
            if (port.At("nodePort") is { } node && node.Text() is { Length: > 0 } and not "0" and var nodePort && !nodePorts.Add(nodePort + "/" + protocol))
            {
                Report(context, node, FieldPath.Child(field, "nodePort"), $"Node port {Words.Shown(nodePort)} is already used for {protocol}.", CauseReason.Duplicate);
            }
        }
    }
}
