using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class WrongKindCaseRule : ObjectRule
{
    public override string Code => "wrong-kind-case";

    public override string Title => "Kind in the wrong case";

    public override RuleDoc Doc => new(
        "The kind is known, but written with other capitals or in the plural.",
        "Kinds are compared letter by letter. kubectl finds no match for the kind and applies nothing.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: httproute
        metadata:
          name: store
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec: {}
        """,
        "Writes the kind as it is spelt. Safe: no other kind can be meant.");

    public override void Check(ObjectContext context)
    {
        if (context.Verdict.Availability is not (KindAvailability.UnknownKind or KindAvailability.Unknown) || context.Object.Node.Get("kind") is not YamlScalar scalar)
        {
            return;
        }
        if (Spelt(context) is { } kind)
        {
            context.Report(this, scalar.Span, "kind", $"The kind is spelt `{kind}`, not {Words.Shown(scalar.Value)}.",
                [new Fix($"Change to `{kind}`", scalar.Span, YamlText.Like(scalar, kind))]);
        }
    }

    /// <summary>The right spelling of the object's kind; null when it is no matter of case.</summary>
    public static string? Spelt(ObjectContext context)
    {
        string written = context.Object.Kind;
        foreach (ResourceKind kind in context.Catalog.Kinds)
        {
            if (kind.Group == context.Object.Gvk.Group
                && (kind.Kind.Equals(written, StringComparison.OrdinalIgnoreCase) || kind.Plural.Equals(written, StringComparison.OrdinalIgnoreCase)))
            {
                return kind.Kind == written ? null : kind.Kind;
            }
        }
        return null;
    }
}
