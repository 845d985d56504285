using GatewayLsp.Engine.Diagnostics.Rules.Metadata;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Core;

internal sealed class InvalidPortNameRule : CoreRule
{
    public override string Code => "invalid-port-name";

    public override string Title => "Name of a port that is not allowed";

    public override RuleDoc Doc => new(
        "The name of a port is too long or has other characters than lower-case letters, digits and `-`. Ports of a Service take 63 characters; those of containers, and references to them, 15 with at least one letter.",
        "The API server rejects the object.",
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: store
        spec:
          ports:
          - name: HTTP
            port: 80
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
        """,
        "There is no fix: others may refer to the port by its name.");

    private const int MaxServiceName = 15;

    protected override void CheckWhole(ObjectContext context)
    {
        if (Is(context, "", "Service"))
        {
            foreach ((YamlMapping port, string field) in Items(context.Object.At("spec", "ports"), "spec.ports"))
            {
                Check(context, port.At("name"), FieldPath.Child(field, "name"), NameSyntax.Label);
                Check(context, port.At("targetPort"), FieldPath.Child(field, "targetPort"), ServiceName);
            }
        }
        foreach ((YamlMapping pod, string at) in Pods(context))
        {
            foreach ((YamlMapping container, string place) in Items(pod.At("containers"), at + ".containers"))
            {
                foreach ((YamlMapping port, string field) in Items(container.At("ports"), place + ".ports"))
                {
                    Check(context, port.At("name"), FieldPath.Child(field, "name"), ServiceName);
                }
            }
        }
    }

    private void Check(ObjectContext context, YamlNode? node, string field, Func<string, string?> check)
    {
        if (node is YamlScalar { IsOpaque: false, Value.Length: > 0 } scalar && ScalarResolver.KindOf(scalar) == ScalarKind.String && check(scalar.Value) is { } wanted)
        {
            Report(context, scalar, field, $"{Words.Shown(scalar.Value)} can't be the name of a port; it must be {wanted}.");
        }
    }

    /// <summary>RFC 6335: a label of at most 15 characters with a letter in it and no two dashes together.</summary>
    private static string? ServiceName(string name) =>
        name.Length > MaxServiceName ? $"at most {MaxServiceName} characters long"
        : NameSyntax.Label(name) ?? (!name.Any(char.IsAsciiLetterLower) ? "more than digits: at least one letter"
        : name.Contains("--", StringComparison.Ordinal) ? "without two `-` in a row" : null);
}
