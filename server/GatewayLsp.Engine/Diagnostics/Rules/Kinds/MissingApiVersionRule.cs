using System.Collections.Immutable;
using GatewayLsp.Engine.Diagnostics.Repairs;
using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Kinds;

internal sealed class MissingApiVersionRule : ObjectRule
{
    public override string Code => "missing-api-version";

    public override string Title => "apiVersion is missing";

    public override RuleDoc Doc => new(
        "The document has the kind and the metadata of an object that Gateway LSP knows, but no `apiVersion`.",
        "kubectl refuses the file. Nothing else about the object can be checked: the version decides which fields it has.",
        """
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
        "Inserts the version that is preferred in the chosen channel. Other projects have kinds of the same name (Istio has a Gateway, too), so it is not applied unseen. Where the key is there in other capitals (`apiversion`), it is renamed, which is safe.");

    public override void Check(ObjectContext context)
    {
        YamlMapping node = context.Object.Node;
        YamlEntry? entry = node.Find("apiVersion");
        if (context.Object.Kind.Length == 0 || (entry is null && context.Object.ApiVersion.Length > 0) || (entry is not null && (entry.IsUnfinished || !entry.Value.IsNull())) || context.IsPartial
            || context.Document.IsTemplate || ObjectContext.HasMerge(node) || node.Get("metadata") is not YamlMapping || DamagedRegion.Holds(context.Document, node))
        {
            return;
        }
        if (entry is null && MisspeltHead.Report(this, "apiVersion", context))
        {
            return;
        }
        ResourceKind? use = null;
        foreach (ResourceKind kind in context.Catalog.KindsNamed(context.Object.Kind))
        {
            use ??= kind.Origin == KindOrigin.Custom ? null : context.Catalog.Preferred(kind.Group, kind.Kind, context.Channel);
        }
        if (use is null)
        {
            return;
        }
        ImmutableArray<Fix> fixes = new YamlEdits(context.Document).Insert(node, entry, "apiVersion", JsonValue.Of(use.Gvk.ApiVersion),
            context.Catalog.Find(use.Gvk, context.Channel)) is { } insertion
            ? [new Fix($"Add `apiVersion: {use.Gvk.ApiVersion}`", [insertion], IsPreferred: false)]
            : [];
        context.Report(this, (entry ?? node.Find("kind") ?? node.Entries[0]).Key.Span, "apiVersion",
            $"`apiVersion` is missing; {Words.WithArticle(context.Object.Kind)} of today has `{use.Gvk.ApiVersion}`.", fixes);
    }
}
