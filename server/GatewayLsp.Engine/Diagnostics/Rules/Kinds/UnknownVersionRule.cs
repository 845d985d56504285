using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class UnknownVersionRule : ObjectRule
{
    public override string Code => "unknown-version";

    public override string Title => "No such version of the kind";

    public override RuleDoc Doc => new(
        "The kind exists in this group, but never had the version that `apiVersion` names.",
        "kubectl finds no match for the kind and applies nothing.",
        """
        apiVersion: gateway.networking.k8s.io/v2
        kind: HTTPRoute
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
        "Puts in the version that the release serves. Safe: the object can't be applied as it stands.");

    public override void Check(ObjectContext context)
    {
        if (context.Verdict.Availability != KindAvailability.UnknownVersion || context.Object.Node.Get("apiVersion") is not YamlScalar scalar
            || !context.Catalog.KnowsVersions(context.Object.Gvk.Group, context.Object.Kind))
        {
            return;
        }
        context.Report(this, scalar.Span, "apiVersion", context.Verdict.Reason!, context.Verdict.Use is { } use && use.IsServed(context.Channel)
            ? [new Fix($"Change to `{use.Gvk.ApiVersion}`", scalar.Span, YamlText.Like(scalar, use.Gvk.ApiVersion))]
            : []);
    }
}
