using GatewayLsp.Engine.Schemas;
using GatewayLsp.Engine.Syntax;

namespace GatewayLsp.Engine.Diagnostics.Rules.Metadata;

internal sealed class InvalidLabelRule : ObjectRule
{
    public override string Code => "invalid-label";

    public override string Title => "Label that is not allowed";

    public override RuleDoc Doc => new(
        "A key or value under `metadata.labels` does not have the form of labels: a key is `name` or `prefix/name`, a value has at most 63 letters, digits, `-`, `_` and `.`.",
        "The API server rejects the object. Free text belongs into annotations.",
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          labels:
            owner: web team
        spec: {}
        """,
        """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: store
          labels:
            owner: web-team
        spec: {}
        """,
        "There is no fix: selectors elsewhere may ask for the label.");

    public override void Check(ObjectContext context)
    {
        if (context.Kind is null || context.Object.At("metadata", "labels") is not YamlMapping labels)
        {
            return;
        }
        foreach (YamlEntry entry in labels.Entries)
        {
            if (entry.Key is not YamlScalar { IsOpaque: false } key || entry.IsMerge || MergeDirectives.Is(entry.Name) || entry.IsUnfinished || context.Document.IsDamaged(entry.Span))
            {
                continue;
            }
            if (NameSyntax.QualifiedName(key.Value) is { } wanted)
            {
                context.Report(this, key.Span, "metadata.labels", $"{Words.Shown(key.Value)} can't be the key of a label; it must be {wanted}.");
            }
            else if (entry.Value.Resolved() is YamlScalar { IsOpaque: false } value && ScalarResolver.KindOf(value) == ScalarKind.String
                && NameSyntax.LabelValue(value.Value) is { } form)
            {
                context.Report(this, entry.Value.Span, "metadata.labels",
                    $"{Words.Shown(value.Value)} can't be the value of the label {Words.Shown(key.Value)}; it must be {form}.");
            }
        }
    }
}
