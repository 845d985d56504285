using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidOwnerRule : ObjectRule
{
    private static readonly string[] Needed = ["apiVersion", "kind", "name", "uid"];

    public override string Code => "invalid-owner";

    public override string Title => "Owner reference that is not allowed";

    public override RuleDoc Doc => new(
        "An entry of `metadata.ownerReferences` lacks its `apiVersion`, `kind`, `name` or `uid`, has an `apiVersion` of another form than `version` or `group/version`, names an Event, or a second entry claims to be the controller.",
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

    /// <summary>What is wrong with a field of an owner; null for nothing.</summary>
    private static string? Wrong(string name, string text) =>
        text.Length == 0 ? $"`{name}` of an owner must not be empty."
        : name == "apiVersion" && !IsApiVersion(text) ? $"{Words.Shown(text)} is not an `apiVersion`; write `version` or `group/version`."
        : null;

    private static bool IsApiVersion(string text) => text.Count('/') is 0 or 1 && !text.EndsWith('/');

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
                if (owner.Find(name) is { } entry && entry.Value.Text() is { } text && Wrong(name, text) is { } wrong)
                {
                    context.Report(this, entry.Value.Span, "metadata.ownerReferences." + name, wrong);
                }
            }
            if (owner.At("apiVersion").Text() is "v1" or "/v1" && owner.At("kind").Text() is "Event")
            {
                context.Report(this, owner.Find("kind")!.Value.Span, "metadata.ownerReferences", "An Event can't own anything.");
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
