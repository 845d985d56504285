using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class UnknownKindRule : ObjectRule
{
    public override string Code => "unknown-kind";

    public override string Title => "No such kind in this API group";

    public override RuleDoc Doc => new(
        "The API group is one that Gateway LSP knows wholly, and it has no kind of this name. Often the kind belongs to another group, which is named then. Groups that are not known are never reported, unless they are plainly one of Gateway API misspelt.",
        "kubectl finds no match for the kind and applies nothing.",
        """
        apiVersion: networking.k8s.io/v1
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
        "Puts in the `apiVersion` to which the kind belongs, or the kind of nearly the same name. Both are safe.");

    public override void Check(ObjectContext context)
    {
        string group = context.Object.Gvk.Group;
        if (context.Verdict.Availability is not (KindAvailability.UnknownKind or KindAvailability.Unknown)
            || context.Object.Node.Get("kind") is not YamlScalar kind || context.Object.Node.Get("apiVersion") is not YamlScalar apiVersion)
        {
            return;
        }
        ResourceKind? meant = MisspeltGroups.Meant(context.Catalog, context.Object.Gvk, context.Channel);
        if (meant is null && (!KnownGroups.IsOurs(context.Catalog, group, orBuiltIn: true) || WrongKindCaseRule.Spelt(context) is not null))
        {
            return;
        }
        string head = $"{Words.Shown(context.Object.ApiVersion)} has no kind {Words.Shown(context.Object.Kind)}";
        if ((meant ?? Elsewhere(context)) is { } use)
        {
            context.Report(this, apiVersion.Span, "apiVersion", $"{head}; it belongs to `{use.Gvk.ApiVersion}`.",
                [new Fix($"Change to `{use.Gvk.ApiVersion}`", apiVersion.Span, YamlText.Like(apiVersion, use.Gvk.ApiVersion))]);
        }
        else if (KnownGroups.IsOurs(context.Catalog, group, orBuiltIn: false))
        {
            string? nearest = NearestName.Of(context.Object.Kind, KnownGroups.Kinds(context.Catalog, group, context.Channel));
            context.Report(this, kind.Span, "kind", nearest is null ? head + "." : $"{head}; did you mean `{nearest}`?",
                nearest is null ? [] : [new Fix($"Change to `{nearest}`", kind.Span, YamlText.Like(kind, nearest))]);
        }
    }

    /// <summary>Where a kind of exactly this name is at home; null when there is none, or only in the same group (then the version is wrong).</summary>
    private static ResourceKind? Elsewhere(ObjectContext context)
    {
        ResourceKind? found = null;
        foreach (ResourceKind candidate in context.Catalog.KindsNamed(context.Object.Kind))
        {
            if (candidate.Group == context.Object.Gvk.Group)
            {
                return null;
            }
            found ??= candidate.Origin is KindOrigin.GatewayApi or KindOrigin.Kubernetes
                ? context.Catalog.Preferred(candidate.Group, candidate.Kind, context.Channel)
                : null;
        }
        return found;
    }
}
