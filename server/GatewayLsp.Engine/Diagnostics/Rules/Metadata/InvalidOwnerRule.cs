using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidOwnerRule : ObjectRule
{
    private static readonly string[] Needed = ["apiVersion", "kind", "name", "uid"];

    public override string Code => "invalid-owner";

    public override string Title => "Owner reference that is not allowed";

    public override RuleDoc Doc => new(
        "An entry of `metadata.ownerReferences` lacks its `apiVersion`, `kind`, `name` or `uid`, names an Event, or a second entry claims to be the controller.",
        "The API server rejects the object. Owner references are written by controllers; a manifest that was exported from a cluster is better off without them.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          ownerReferences:
          - apiVersion: apps/v1
            kind: Deployment
            name: store
            uid: ""
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
        spec: {}
        """,
        "There is no fix: the uid is known to the cluster only.");

    public override void Check(ObjectContext context)
    {
        if (context.Kind is null || context.IsPartial || context.Document.IsTemplate || context.Object.At("metadata", "ownerReferences") is not YamlSequence owners)
        {
            return;
        }
        YamlNode? controller = null;
        for (int i = 0; i < owners.Items.Length; i++)
        {
            if (owners.Items[i].Resolved() is not YamlMapping owner || context.Document.IsDamaged(owner.Span) || ObjectContext.HasMerge(owner))
            {
                continue;
            }
            foreach (string name in Needed)
            {
                if (owner.Find(name) is { } entry && entry.Value.Text() is "")
                {
                    context.Report(this, entry.Value.Span, FieldPath.Child(FieldPath.Item("metadata.ownerReferences", i), name), $"`{name}` of an owner must not be empty.");
                }
            }
            if (owner.At("apiVersion").Text() is "v1" && owner.At("kind").Text() is "Event")
            {
                context.Report(this, owner.Find("kind")!.Value.Span, FieldPath.Item("metadata.ownerReferences", i), "An Event can't own anything.");
            }
            if (owner.At("controller").Text() is "true")
            {
                if (controller is not null)
                {
                    context.Report(this, owner.Find("controller")!.Key.Span, "metadata.ownerReferences", "Only one owner can be the `controller`, and another entry claims it already.");
                }
                controller = owner;
            }
        }
    }
}
